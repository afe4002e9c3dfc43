"""The house's own rules, where no linter holds them."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "storage")
MAX_LINES = 300
FUNCTION_LINES = 40
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
# Migrations and catalogues may be long.
HELD = [path for path in MODULES if "migrations/versions" not in path.as_posix()]
NAMED = re.compile(r"`((?:bot|handlers|storage)(?:\.\w+)+)`")


@pytest.mark.parametrize("path", HELD, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    tree = ast.parse(path.read_text())
    functions = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert len(path.read_text().splitlines()) <= MAX_LINES
    assert [f.name for f in functions if _body_lines(f) > FUNCTION_LINES] == []
    assert ast.get_docstring(tree)


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "helpers", "common", "const", "manager", "misc", "data", "info"}

    assert [str(path) for path in MODULES if path.stem in empty] == []


def test_the_walk_names_only_what_exists() -> None:
    names = NAMED.findall((ROOT / "docs" / "walk.md").read_text())

    assert len(names) > 20
    assert [name for name in names if not _exists(name)] == []


def test_everything_at_the_top_is_expected() -> None:
    expected = {
        "pyproject.toml", "README.md", ".env.example", "CHANGELOG.md", "LICENSE", "Makefile",
        "requirements.lock", ".ci", ".gitignore", "docs", "bot", "handlers", "storage", "tests",
        "bench",
    }  # fmt: skip
    ignored = {".git", ".venv", ".env", "build", "dist", "deskcheck-demo", "exports", "__pycache__"}
    found = {path.name for path in ROOT.iterdir()}

    assert {
        n for n in found - expected - ignored if not n.endswith(("_cache", ".db", ".db.lock"))
    } <= {".hypothesis"}


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[0]
    docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = function.body[1].lineno if docstring and len(function.body) > 1 else first.lineno
    return (function.end_lineno or start) - start + 1


def _exists(name: str) -> bool:
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: object = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[cut:]:
            if not hasattr(found, attribute):
                return False
            found = getattr(found, attribute)
        return True
    return False
