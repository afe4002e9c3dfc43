"""Telegram: receive, route, word and deliver."""

import os

# python-telegram-bot gives pauses as timedelta only when asked, and warns at every one otherwise.
os.environ.setdefault("PTB_TIMEDELTA", "true")
