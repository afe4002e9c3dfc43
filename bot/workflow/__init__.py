"""The desk's rules, a module per activity; knows no chat."""
