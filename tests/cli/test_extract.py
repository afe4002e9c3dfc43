"""`deskcheck extract` as a person and a script meet it."""

import argparse
import io
import json
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bot.articles.article import Article
from bot.claims.finding import find_claims
from bot.cli import extract
from bot.texts.extraction import sheet
from tests.articles.files import Print, WordFile, a_pdf
from tests.pages import FOLDER


@pytest.fixture
def run(capfd, monkeypatch):
    """Runs the command; gives exit code, standard output and standard error."""

    def run(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        parser = argparse.ArgumentParser()
        extract.add_arguments(parser)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = extract.run(parser.parse_args(arguments))
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return code, out, err

    return run


def test_a_sheet_shows_claims_with_speaker_channel_link_and_reasons(run):
    code, out, err = run(str(FOLDER / "harbour.html"))

    assert code == 0
    assert err == ""
    assert "Harbour wall cost twice the plan, audit finds" in out
    assert "Ada Novak, Piet Larsen · Tolland Ledger · 2026-11-20" in out
    assert "“There were 78 change orders in the first year alone”" in out
    assert "Mira Tolland, head of the harbour office → the Evening Courier" in out.replace(
        "→ Evening", "→ the Evening"
    )
    assert "no source given" in out
    assert "★" in out


@pytest.mark.parametrize(("confidence", "marked"), [(0.49, True), (0.5, False)])
def test_a_doubtful_reading_is_shown_as_such(confidence, marked):
    article = Article(text="The wall leaks.", paragraphs=((0, 15),), confidence=confidence)

    shown = sheet(article, find_claims(article), columns=80)

    assert ("Careful: parts of the text may be missing" in shown) is marked


@pytest.fixture
def site(monkeypatch):
    """The pages of this folder on a local port that the fetch may open."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(FOLDER))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{server.server_port}")
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_an_address_is_fetched_and_read(run, site):
    code, out, _ = run("--json", f"{site}/harbour.html")

    article = json.loads(out)["article"]
    assert code == 0
    assert article["url"] == f"{site}/harbour.html"
    assert article["links"][0]["url"] == f"{site}/2026/harbour/report.pdf"


def test_a_page_that_is_gone_is_told_in_one_line(run, site):
    code, _, err = run(f"{site}/gone.html")

    assert code == 1
    assert "the page does not exist" in err.splitlines()[-1]


def test_json_is_the_contract(run):
    code, out, _ = run("--json", str(FOLDER / "copied_page.txt"))

    assert code == 0
    assert json.loads(out)["article"]["title"] == "Tolland soldiers refuse to rebuild wall"


@pytest.mark.parametrize(
    ("stdin", "text"),
    [
        (b"The wall cost 8.4 million euros.", "The wall cost 8.4 million euros."),
        ("Straße\u00a07 war überflutet.".encode(), "Straße 7 war überflutet."),
        (b"<html><body><p>The wall cost 8.4 million.</p></body></html>", "The wall cost 8.4"),
    ],
)
def test_standard_input_may_be_text_or_a_page(run, stdin, text):
    code, out, _ = run("--json", "-", stdin=stdin)

    assert code == 0
    assert json.loads(out)["article"]["text"].startswith(text)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("draft.docx", WordFile().says("The wall cost 8.4 million euros.").saved()),
        ("draft.PDF", a_pdf([Print("The wall cost 8.4 million euros.")] * 6)),
        ("draft.txt", a_pdf([Print("The wall cost 8.4 million euros.")] * 6)),
        ("-", WordFile().says("The wall cost 8.4 million euros.").saved()),
    ],
)
def test_word_and_pdf_files_are_read_by_what_they_are(run, tmp_path, name, body):
    (tmp_path / name).write_bytes(body)

    source = name if name == "-" else str(tmp_path / name)
    code, out, _ = run("--json", source, stdin=body)

    assert code == 0
    assert json.loads(out)["claims"][0]["quote"] == "The wall cost 8.4 million euros."


def test_a_batch_answers_in_order_with_the_same_ids_and_errors_in_place(run):
    lines = [
        {"id": 7, "text": "The wall cost 8.4 million euros."},
        {"id": "page", "html": "<p>The wall cost 8.4 million.</p>", "url": "https://a.example/"},
        {"id": "neither"},
        {"id": "wrong", "text": 5},
    ]
    stdin = "\n".join([*map(json.dumps, lines), "not json", "", "[1]"]).encode()

    code, out, _ = run("--jsonl", "-", stdin=stdin)

    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [answer["id"] for answer in answers] == [7, "page", "neither", "wrong", None, None]
    assert ["error" in answer for answer in answers] == [False, False, True, True, True, True]
    assert answers[0]["claims"][0]["quote"] == "The wall cost 8.4 million euros."
    assert answers[1]["article"]["url"] == "https://a.example/"


def test_a_batch_counts_what_it_could_not_read(run):
    lines = [
        '{"id": 1, "html": null, "text": "The wall cost 8.4 million euros."}',
        '{"id": NaN, "text": "The wall leaks."}',
        '{"id": 1e999, "text": "The wall leaks."}',
        '{"id": 4, "html": null}',
    ]

    _, out, err = run("--jsonl", "-", stdin="\n".join(lines).encode())

    answers = [json.loads(line, parse_constant=pytest.fail) for line in out.splitlines()]
    assert ["error" in answer for answer in answers] == [False, True, True, True]
    assert err == '3 lines could not be read: their "error" says why.\n'


def test_each_mistake_of_a_person_is_one_line_that_says_what_to_do(run, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "garbage.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7 text")
    (tmp_path / "scan.pdf").write_bytes(a_pdf([]))
    (tmp_path / "locked.pdf").write_bytes(a_pdf([Print("The wall leaks.")], locked=True))
    (tmp_path / "long.pdf").write_bytes(a_pdf(*[[Print("The wall leaks.")]] * 401))
    (tmp_path / "draft.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "draft.odt").write_bytes(b"PK\x03\x04")
    sources = [
        (str(tmp_path / "nothing.html"), "no such file"),
        (str(tmp_path), "a folder"),
        (str(tmp_path / "empty.txt"), "no text in it"),
        (str(tmp_path / "garbage.txt"), "not text"),
        (str(tmp_path / "report.pdf"), "damaged"),
        (str(tmp_path / "scan.pdf"), "text recognition"),
        (str(tmp_path / "locked.pdf"), "without one"),
        (str(tmp_path / "long.pdf"), "401 pages"),
        (str(tmp_path / "draft.docx"), "save it again"),
        (str(tmp_path / "draft.odt"), ".odt files cannot be read"),
        ("http://127.0.0.1:1/", "private network"),
        (str(FOLDER / "consent.html"), "Paste the article's text"),
    ]

    for source, said in sources:
        code, out, err = run(source)

        assert (code, out) == (1, ""), source
        assert said in err
        assert err.count("\n") == 1
        assert "Traceback" not in err


def test_a_missing_batch_file_is_told_like_any_other(run):
    code, _, err = run("--jsonl", "nothing.jsonl")

    assert code == 1
    assert "no such file" in err


def test_without_a_source_the_usage_is_shown(run):
    with pytest.raises(SystemExit) as stop:
        run()

    assert stop.value.code == 2


def test_control_characters_of_a_stranger_never_reach_the_terminal(run, tmp_path):
    path = Path(tmp_path / "evil.txt")
    path.write_text("Title \x1b[2J here\n\nThe wall \x1b]0;x\x07cost 8.4 million euros in 2025.")

    code, out, _ = run(str(path))

    assert code == 0
    assert "\x1b" not in out
    assert "\x07" not in out
