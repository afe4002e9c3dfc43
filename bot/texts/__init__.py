"""Every sentence a person reads, by flow; used by the chat and the command line."""
