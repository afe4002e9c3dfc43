"""Deskcheck remembers here: tables, queries, migrations; commits nothing itself."""
