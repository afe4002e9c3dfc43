"""The word lists of `lexicon/`, which a newsroom can read and correct without Python."""

from dataclasses import dataclass
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
    beginnings: tuple[str, ...]

    def holds(self, word: str) -> bool:
        """True for a lower-case word of the group."""
        return word in self.whole or (bool(self.beginnings) and word.startswith(self.beginnings))


def _lines(name: str) -> list[str]:
    text = files("bot.claims").joinpath("lexicon", f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _word_list(name: str) -> frozenset[str]:
    return frozenset(" ".join(_lines(name)).partition("|")[0].split())


def _second_list(name: str) -> frozenset[str]:
    return frozenset(" ".join(_lines(name)).partition("|")[2].split())


def _groups(name: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for line in _lines(name):
        group, _, words = line.partition(":")
        groups[group.strip()] = words.split()
    return groups


def _word_groups(name: str) -> dict[str, WordGroup]:
    return {
        group: WordGroup(
            frozenset(word for word in words if not word.endswith("*")),
            tuple(word[:-1] for word in words if word.endswith("*")),
        )
        for group, words in _groups(name).items()
    }


def _reporting_verbs() -> dict[str, ReportingVerb]:
    verbs: dict[str, ReportingVerb] = {}
    for line in _lines("reporting_verbs"):
        words, _, limit = (part.strip() for part in line.partition("|"))
        forms = words.split()
        if "out" in forms:
            forms = [f"{verb} out" for verb in forms if verb != "out"]
        for index, form in enumerate(forms):
            verbs[form] = ReportingVerb(form, limit, finite=index < len(forms) - 1)
    return verbs


VERBS = _reporting_verbs()
SIGNALS = _word_groups("signal_words")
OUTLET_WORDS = _word_list("outlet_words")
ORGANISATION_WORDS = _word_list("organisation_words")
DOCUMENT_WORDS = _word_list("document_words")
RECORDING_WORDS = _second_list("document_words")
ANONYMOUS_WORDS = _word_list("anonymous_words")
TITLES = _word_list("titles")

FUNCTION_WORDS = {name: frozenset(words) for name, words in _groups("function_words").items()}
DETERMINERS = FUNCTION_WORDS["determiners"]
PRONOUNS = FUNCTION_WORDS["pronouns"]
CONNECTORS = FUNCTION_WORDS["connectors"]
BREAKS = FUNCTION_WORDS["breaks"]
BETWEEN = FUNCTION_WORDS["between"]
STARTERS = FUNCTION_WORDS["starters"]
FINITE = FUNCTION_WORDS["finite"]
