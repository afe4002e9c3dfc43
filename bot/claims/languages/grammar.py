"""What the word lists of a language say about its grammar, ready to be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.claims.languages.tokens import tokens_in, words_of
from bot.claims.lexicons import WordGroup, groups_of, word_lists

LANGUAGES = ("de", "es", "fr", "it", "pt", "ru", "uk")

Words = tuple[str, ...]
_NONE = WordGroup(frozenset())


@dataclass(frozen=True, slots=True)
class Form:
    """A reporting verb of one or more words; `limit` says where it counts: "", "that", "quote"."""

    words: Words
    limit: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language's groups of words, its reporting words, and what is peculiar to it.

    `verbs` and `participles` are by their first word, the longest first; `particles` are the
    second halves of divided verbs ("teilte … mit") by the first. `traits`: see the word lists.
    """

    language: str
    groups: Mapping[str, WordGroup]
    signals: Mapping[str, WordGroup]
    verbs: Mapping[str, Sequence[Form]]
    participles: Mapping[str, Sequence[Form]]
    particles: Mapping[str, frozenset[str]]
    according: Mapping[str, Sequence[Form]]
    according_after: frozenset[str]
    according_own: Mapping[str, Sequence[Form]]
    back: Mapping[str, Sequence[Form]]
    rested: Mapping[str, Sequence[Form]]
    traits: frozenset[str]

    def holds(self, word: str, *groups: str) -> bool:
        """True for a lower-case word that is in one of the groups."""
        return any(self.groups.get(group, _NONE).holds(word) for group in groups)

    def whole(self, group: str) -> frozenset[str]:
        """The words of a group that are written out in full."""
        return self.groups.get(group, _NONE).whole

    def with_seen(self, text: str) -> "Grammar":
        """The grammar with the group "seen": the words that `text` has in lower case.

        Such a word is no name where it opens a sentence with a capital.
        """
        seen = frozenset(
            token.low
            for token in tokens_in(text, 0, len(text), self.language)
            if token.word.islower()
        )
        return replace(self, groups={**self.groups, "seen": WordGroup(seen)})


@cache
def grammar_of(language: str) -> Grammar:
    """The grammar of one of `LANGUAGES`; read from disk once."""
    lists = word_lists(language)
    reporting, traits = lists["reporting"], lists["rules"]["traits"]
    return Grammar(
        language=language,
        groups=groups_of(lists["sources"]) | groups_of(lists["words"]),
        signals=groups_of(lists["signals"]),
        verbs=_forms(reporting["verbs"], language),
        participles=_forms(reporting.get("participles", ""), language),
        particles=_particles(reporting.get("divided", "")),
        according=_forms(reporting["according"], language),
        according_after=frozenset(reporting.get("according_after", "").split()),
        according_own=_forms(reporting.get("according_own", ""), language),
        rested=_forms(reporting.get("rested", ""), language),
        back=_forms(reporting.get("back", ""), language),
        traits=frozenset(traits.split()),
    )


def form_at(forms: Mapping[str, Sequence[Form]], words: Sequence[str], index: int) -> Form | None:
    """The longest form that stands at `index` of lower-case words."""
    for form in forms.get(words[index], ()):
        if tuple(words[index : index + len(form.words)]) == form.words:
            return form
    return None


def _forms(lines: str, language: str) -> dict[str, tuple[Form, ...]]:
    """Forms separated by spaces, words of one form joined by _; a limit after | for a line."""
    found: dict[str, list[Form]] = {}
    for line in lines.strip().splitlines():
        written, _, limit = (part.strip() for part in line.partition("|"))
        for one in written.split():
            words = tuple(words_of(one.replace("_", " "), language))
            found.setdefault(words[0], []).append(Form(words, limit))
    return {
        first: tuple(sorted(forms, key=lambda form: -len(form.words)))
        for first, forms in found.items()
    }


def _particles(lines: str) -> dict[str, frozenset[str]]:
    """`teilte mit` a line: what a divided verb begins with, and how it may end."""
    found: dict[str, set[str]] = {}
    for line in lines.strip().splitlines():
        first, *rest = line.split()
        found.setdefault(first, set()).update(rest)
    return {first: frozenset(rest) for first, rest in found.items()}
