"""Calendar arithmetic: working time, slots, ISO weeks, and the settings that describe them."""
