"""Migrations, forward only; run by `storage.migrate`."""
