"""The word lists of `lexicon/`, a file a language, which a newsroom can read and correct."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """`limit` says when the verb counts: "", "that", "quote", "document" or "object"."""

    form: str
    limit: str
    finite: bool


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Whole words, and beginnings of words (written with a trailing * in the list)."""

    whole: frozenset[str]
    beginnings: tuple[str, ...] = ()

    def holds(self, word: str) -> bool:
        """True for a lower-case word of the group."""
        return word in self.whole or (bool(self.beginnings) and word.startswith(self.beginnings))


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
    """The word lists of a language by its two-letter code; read from disk once.

    Raises:
        FileNotFoundError: there is no file for the language.
    """
    file = files("bot.claims").joinpath("lexicon", f"{language}.toml")
    lists = tomllib.loads(file.read_text("utf-8"))
    return Lexicon(
        language=language,
        verbs=_verbs(lists["reporting"]["verbs"]),
        sources=_groups(lists["sources"]),
        words={name: frozenset(_split(words)) for name, words in lists["words"].items()},
        signals=_groups(lists["signals"]),
    )


def _verbs(lines: str) -> dict[str, ReportingVerb]:
    """A verb a line: its forms, the participle in -ing last, and after | what limits it."""
    verbs: dict[str, ReportingVerb] = {}
    for line in lines.strip().splitlines():
        words, _, limit = (part.strip() for part in line.partition("|"))
        forms = _split(words)
        for index, form in enumerate(forms):
            verbs[form] = ReportingVerb(form, limit, finite=index < len(forms) - 1)
    return verbs


def _groups(lists: Mapping[str, str]) -> dict[str, WordGroup]:
    return {
        name: WordGroup(
            frozenset(word for word in _split(words) if not word.endswith("*")),
            tuple(word[:-1] for word in _split(words) if word.endswith("*")),
        )
        for name, words in lists.items()
    }


def _split(words: str) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]
