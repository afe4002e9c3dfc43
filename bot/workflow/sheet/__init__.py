"""The claim sheet: what is on it, and everything an editor can do to it."""
