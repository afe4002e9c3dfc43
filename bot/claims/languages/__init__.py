"""Claims and speakers in other languages than English, by rules and word lists alone."""
