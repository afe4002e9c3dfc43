"""`deskcheck demo`: a newsroom's week on a sandbox, printed as it happens."""

import argparse
import asyncio
import sys
from pathlib import Path

from bot.demo.playing import play
from bot.logs import start_logging


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The own article, and where the results go."""
    parser.add_argument(
        "--link", metavar="FILE|URL", help="your own article: an address, .html, .txt or .md"
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("deskcheck-demo"),
        help="folder for digest, chart, export and database (default: %(default)s)",
    )
    parser.add_argument(
        "--port", type=int, default=0, help="port of the page of chats (default: a free one)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Play; with a terminal stay open for playing on."""
    start_logging("ERROR", "text")
    stays_open = sys.stdin.isatty() and sys.stdout.isatty()
    return asyncio.run(
        play(arguments.out, link=arguments.link, stays_open=stays_open, port=arguments.port)
    )
