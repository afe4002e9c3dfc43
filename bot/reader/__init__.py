"""The one warm worker process that parses, runs the models and draws charts."""

from bot.reader.reader import Reader

__all__ = ["Reader"]
