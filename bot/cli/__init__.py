"""The command line: `deskcheck COMMAND`, a module per command.

Exit codes: 0 done, 1 could not, 2 wrong usage.
"""

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from sqlalchemy.exc import DatabaseError, OperationalError

from bot.errors import FactcheckError, UsageProblem
from storage.migrate import SchemaTooNew

COMMANDS = {
    "run": "start the bot",
    "demo": "play a newsroom day on a sandbox, without Telegram",
    "extract": "read an article and print its claims and sources",
    "digest": "print the week's digest, or post it to the team",
    "export": "write the desk's claims and verdicts to files",
    "members": "list the team, add or invite somebody",
    "migrate": "bring the database to this program's schema",
    "doctor": "check the settings and the installation",
}

FULL = (
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EIO,
)  # no more can be written


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(
        prog="deskcheck", description="The fact-check desk inside a newsroom's Telegram."
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    chosen = next((word for word in words if not word.startswith("-")), None)
    modules: dict[str, ModuleType] = {}
    for name, about in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about.capitalize() + ".")
        if name == chosen:  # the others' libraries need not be loaded
            modules[name] = import_module(f"bot.cli.{name}")
            modules[name].add_arguments(command)
    parsed = parser.parse_args(words)
    return _outcome(modules[parsed.command], parsed)


def _outcome(module: ModuleType, parsed: argparse.Namespace) -> int:
    try:
        code = int(module.run(parsed))
        sys.stdout.flush()  # here, where a full disk can still be told
        return code
    except UsageProblem as problem:
        print(f"deskcheck: {problem}", file=sys.stderr)
        return 2
    except FactcheckError as problem:
        print(f"deskcheck: {_in_words(problem)}", file=sys.stderr)
        return 1
    except DatabaseError as problem:
        if type(problem) not in (OperationalError, DatabaseError):
            raise  # a statement of ours is wrong
        cause = str(problem.orig or problem).strip().splitlines()[0]
        print(f"deskcheck: the database does not answer: {cause}", file=sys.stderr)
        print("Check DATABASE_URL; `deskcheck doctor` looks further.", file=sys.stderr)
        return 1
    except SchemaTooNew as problem:
        print(f"deskcheck: the database {problem}. Install the newer program.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # as a shell expects it of Ctrl-C
    except BrokenPipeError:
        _give_up_output()
        return 1
    except OSError as problem:
        if problem.errno not in FULL:
            raise
        _give_up_output()
        print(f"deskcheck: cannot write: {os.strerror(problem.errno)}", file=sys.stderr)
        return 1


def _give_up_output() -> None:
    """What is still to be written would fail once more when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _in_words(problem: FactcheckError) -> str:
    from bot.texts.refusals import refusal, without_markup  # only when needed

    return without_markup(refusal(problem))
