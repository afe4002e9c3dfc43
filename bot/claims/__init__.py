"""From clean text to checkable claims and who is cited for them; pure functions."""
