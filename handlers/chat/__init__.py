"""Telegram: receive, route, word and deliver."""
