"""Word and PDF files as articles."""
