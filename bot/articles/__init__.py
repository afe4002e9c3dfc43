"""From a page, a file or pasted text to clean text; no database, no Telegram."""
