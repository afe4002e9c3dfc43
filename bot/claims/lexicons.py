"""The word lists of `lexicon/`, a file a language, which a newsroom can read and correct."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """`limit` says when the verb counts: "", "that", "quote", "document", "object" or "view"."""

    form: str
    limit: str
    finite: bool


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Whole words; beginnings of words, written with a * behind; endings, with a * before."""

    whole: frozenset[str]
    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()

    def holds(self, word: str) -> bool:
        """True for a lower-case word of the group."""
        return (
            word in self.whole
            or (bool(self.beginnings) and word.startswith(self.beginnings))
            or (bool(self.endings) and word.endswith(self.endings))
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists of one language, by the names they have in its file."""

    language: str
    verbs: Mapping[str, ReportingVerb]
    sources: Mapping[str, WordGroup]
    words: Mapping[str, frozenset[str]]
    signals: Mapping[str, WordGroup]


@cache
def lexicon_of(language: str) -> Lexicon:
    """The word lists that the English rules work with; read from disk once.

    Raises:
        FileNotFoundError: there is no file for the language.
    """
    lists = word_lists(language)
    return Lexicon(
        language=language,
        verbs=_verbs(lists["reporting"]["verbs"]),
        sources=groups_of(lists["sources"]),
        words={name: frozenset(_split(words)) for name, words in lists["words"].items()},
        signals=groups_of(lists["signals"]),
    )


@cache
def word_lists(language: str) -> dict[str, dict[str, str]]:
    """The lists of a language as they are written: section, name, words.

    Raises:
        FileNotFoundError: there is no file for the language.
    """
    file = files("bot.claims").joinpath("lexicon", f"{language}.toml")
    return tomllib.loads(file.read_text("utf-8"))


def groups_of(lists: Mapping[str, str]) -> dict[str, WordGroup]:
    """The lists of a section as groups that can be asked for a word."""
    return {name: _group(_split(words)) for name, words in lists.items()}


def _verbs(lines: str) -> dict[str, ReportingVerb]:
    """A verb a line: its forms, the participle in -ing last, and after | what limits it."""
    verbs: dict[str, ReportingVerb] = {}
    for line in lines.strip().splitlines():
        words, _, limit = (part.strip() for part in line.partition("|"))
        forms = _split(words)
        for index, form in enumerate(forms):
            verbs[form] = ReportingVerb(form, limit, finite=index < len(forms) - 1)
    return verbs


def _group(words: list[str]) -> WordGroup:
    return WordGroup(
        frozenset(word for word in words if "*" not in word),
        tuple(word[:-1] for word in words if word.endswith("*")),
        tuple(word[1:] for word in words if word.startswith("*")),
    )


def _split(words: str) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]
