"""The network that sees what a sentence is like, and what happens without its files."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import bot
from bot.claims.model import network
from bot.claims.model.network import FOLDER, SHA256, STATES, ModelMissing, load, the_network
from bot.claims.reasons import NO_NETWORK

TEXT = "The council spent 8.4 million euros on the wall in 2025. What a lovely wall!\n"


def test_a_sentence_is_seen_the_same_beside_others_and_alone():
    eyes = the_network()
    sentences = [
        "The council spent 8.4 million euros.",
        "I love it!",
        "word " * 400,
        "",
        "a \ud800 b",
    ]

    together = eyes.states(sentences)

    assert together.shape == (5, STATES)
    assert np.isfinite(together).all()
    assert all(
        np.array_equal(eyes.states([one])[0], together[n]) for n, one in enumerate(sentences)
    )


def test_no_sentences_have_no_states():
    assert the_network().states([]).shape == (0, STATES)


def test_it_is_loaded_once():
    assert the_network() is the_network()


@pytest.mark.parametrize("name", sorted(SHA256))
def test_a_missing_file_is_said_so(name, tmp_path):
    for other in SHA256:
        if other != name:
            (tmp_path / other).symlink_to(FOLDER / other)

    with pytest.raises(ModelMissing, match=name):
        load(tmp_path)


@pytest.mark.parametrize("name", sorted(SHA256))
def test_a_file_with_one_changed_byte_is_not_run(name, tmp_path):
    for other in SHA256:
        shutil.copy(FOLDER / other, tmp_path)
    content = bytearray((tmp_path / name).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / name).write_bytes(content)

    with pytest.raises(ModelMissing, match="not the file it should be"):
        load(tmp_path)


@pytest.mark.parametrize("what_is_left", [None, b"", b"half a model"])
def test_without_it_rules_rank_and_everybody_is_told(what_is_left, tmp_path):
    home = an_installation(tmp_path, model=what_is_left)

    sheet = extracted(home, tmp_path)
    record = json.loads(extracted(home, tmp_path, "--json").stdout)

    assert sheet.returncode == 0
    assert "8.4 million" in sheet.stdout
    assert NO_NETWORK in " ".join(sheet.stdout.split())
    assert record["warnings"] == [NO_NETWORK]
    assert "8.4 million" in record["claims"][0]["quote"]


def test_the_doctor_tells_that_it_is_missing_and_what_mends_it(tmp_path):
    home = an_installation(tmp_path, model=None)
    script = "import asyncio; from bot.doctor import _reader; print(asyncio.run(_reader()))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=home, capture_output=True, text=True, check=True
    )

    assert NO_NETWORK in done.stdout
    assert "Install Deskcheck anew" in done.stdout


def test_the_card_names_the_files_that_are_shipped():
    card = (FOLDER / "MODEL_CARD.md").read_text("utf-8")

    assert all(digest in card for digest in network.SHA256.values())


def an_installation(folder: Path, *, model: bytes | None) -> Path:
    """A copy of the program whose model file holds `model`, or is not there."""
    home = folder / "program"
    for package in ("bot", "handlers", "storage"):
        left_out = shutil.ignore_patterns("__pycache__", "*.onnx")
        shutil.copytree(Path(bot.__path__[0]).parent / package, home / package, ignore=left_out)
    if model is not None:
        (home / "bot" / "claims" / "model" / "model_int8.onnx").write_bytes(model)
    return home


def extracted(home: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "draft.txt").write_text(TEXT)
    command = [sys.executable, "-m", "bot", "extract", str(folder / "draft.txt"), *options]
    return subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
