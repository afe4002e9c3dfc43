"""From what a reviewer says to a recorded verdict."""
