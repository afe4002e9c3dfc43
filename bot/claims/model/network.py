"""What a small language model sees in a sentence. English; about 1.5 ms of CPU for each."""

import hashlib
import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

STATES = 1152  # numbers per sentence: three blocks of the network with 384 each
TOKENS = 96  # the network was trained on no more; the rest of a longer sentence is not looked at
FOLDER = Path(__file__).parent

# Of exactly these files; others would give other scores, or run somebody else's graph.
SHA256 = {
    "model_int8.onnx": "2a30d39e1281ef21ee18731298baeb1c33090777f493b0b77e58c2745bd01999",
    "tokenizer.json": "d542861653d0d204783c94395fdf32eef9e800d5fa565a2892c3f1375aa835e9",
}

log = logging.getLogger(__name__)


class ModelMissing(Exception):
    """The model's files are not there, damaged, or cannot be run on this machine."""


class Network:
    """The loaded network. Takes about 75 MB of memory with its libraries."""

    def __init__(self, session: "InferenceSession", tokenizer: "Tokenizer") -> None:
        self._session, self._tokenizer = session, tokenizer

    def states(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Shape [sentences, STATES]: the network's inner states, averaged over a sentence's tokens.

        One sentence at a time: it costs no more than a batch, takes less memory, and what comes
        out for a sentence does not depend on its neighbours, as rounding to 8 bits would have it.
        """
        found = np.zeros((len(sentences), STATES), np.float32)
        # A lone surrogate, as JSON may hold one, is no text to the tokenizer.
        texts = [sentence.encode("utf-8", "replace").decode("utf-8") for sentence in sentences]
        for row, encoding in enumerate(self._tokenizer.encode_batch(texts)):
            ids = np.array([encoding.ids], np.int64)
            feed = {
                "input_ids": ids,
                "attention_mask": np.ones_like(ids),
                "token_type_ids": np.zeros_like(ids),
            }
            (found[row : row + 1],) = self._session.run(["states"], feed)
        return found


@cache
def the_network() -> Network | None:
    """The network, loaded on first use and kept; None, with a warning in the log, without it."""
    try:
        return load(FOLDER)
    except ModelMissing as problem:
        log.warning("model missing, claims are ranked by rules", extra={"why": str(problem)})
        return None


def load(folder: Path) -> Network:
    """The network from its files.

    Raises:
        ModelMissing: a file is missing or is not the one it should be, or a library is.
    """
    try:
        for name in SHA256:
            _verify(folder / name)
        return _opened(*(folder / name for name in SHA256))
    except Exception as error:  # the libraries raise classes of their own, on damage of any kind
        raise ModelMissing(f"{type(error).__name__}: {error}") from error


def _verify(path: Path) -> None:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != SHA256[path.name]:
        raise ModelMissing(f"{path.name} is not the file it should be")


def _opened(model: Path, tokenizer: Path) -> Network:
    # Imported late: they take 25 MB, and a text in another language needs neither.
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False  # they keep what they took
    session = onnxruntime.InferenceSession(
        str(model),
        options,
        providers=["CPUExecutionProvider"],  # by name: bytes are held twice
    )
    return Network(session, _bounded(Tokenizer.from_file(str(tokenizer))))


def _bounded(tokenizer: "Tokenizer") -> "Tokenizer":
    tokenizer.enable_truncation(TOKENS)
    tokenizer.no_padding()
    return tokenizer
