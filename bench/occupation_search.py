"""Score, time and memory of the occupation search: `python -m bench.occupation_search --help`.

Beside the cases of `tests/data/search_cases.csv` it draws fresh official titles, spoils them with typing
slips and asks for them. `--tenfold` adds nine made-up titles for each official one.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import string
import sys
import time
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from occupations.building import build_snapshot
from occupations.rulebook import Reference
from occupations.search import SearchIndex
from occupations.shipped import shipped_payload

CASES = Path(__file__).resolve().parent.parent / "tests" / "data" / "search_cases.csv"
FRESH_TITLES = 1000
MADE_UP_WORDS = 40_000
SHORTEST_SPOILED = 5

Case = tuple[str, frozenset[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="seed of the drawn titles and slips")
    parser.add_argument("--tenfold", action="store_true", help="measure with ten times the titles")
    options = parser.parse_args()
    random = Random(options.seed)
    shipped = build_snapshot(shipped_payload()).reference
    index = build(tenfold(shipped, random) if options.tenfold else shipped)
    for kind, cases in shipped_cases().items():
        measure(index, kind, cases)
    for language in ("en", "fr"):
        drawn = list(fresh_titles(shipped, language, random))
        measure(index, f"fresh {language}", drawn)
        for slips in (1, 2):
            spoiled = [(spoil(title, slips, random), codes) for title, codes in drawn]
            measure(index, f"fresh {language}, {slips} slip(s)", spoiled)


def build(reference: Reference) -> SearchIndex:
    began = time.perf_counter()
    index = SearchIndex(reference, reference.synonyms)
    seconds = time.perf_counter() - began
    tracemalloc.start()
    kept = SearchIndex(reference, reference.synonyms)
    megabytes = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    del kept
    sys.stdout.write(f"built in {seconds:.1f} s, keeps {megabytes:.0f} MB\n")
    return index


def measure(index: SearchIndex, name: str, cases: Iterable[Case]) -> None:
    """Print how often the right unit group came first and in the first five, and the time of a search."""
    places, times, busy = [], [], []
    for query, expected in cases:
        began, began_busy = time.perf_counter(), time.thread_time()
        found = index.search(query)
        busy.append((time.thread_time() - began_busy) * 1000)
        times.append((time.perf_counter() - began) * 1000)
        codes = [match.noc for match in found]
        places.append(next((place for place, code in enumerate(codes, 1) if code in expected), 0))
    times.sort()
    busy.sort()
    first, five = (sum(0 < place <= last for place in places) / len(places) for last in (1, 5))
    middle, late = len(times) // 2, int(len(times) * 0.95)
    sys.stdout.write(
        f"{name:22} {len(places):5}  first {first:7.1%}  first five {five:7.1%}  "
        f"p50 {times[middle]:5.1f} ms  p95 {times[late]:5.1f} ms (processor {busy[late]:5.1f} ms)\n"
    )


def shipped_cases() -> dict[str, list[Case]]:
    """Kind -> cases; "every case" holds them all."""
    found: dict[str, list[Case]] = {"every case": []}
    with CASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            case = (row["query"], frozenset(row["expected"].split("|")))
            found["every case"].append(case)
            found.setdefault(row["kind"], []).append(case)
    return found


def fresh_titles(reference: Reference, language: str, random: Random) -> Iterator[Case]:
    """Official titles of any TEER in small letters, the masculine alone where a pair is one word."""
    titles = [
        (title, group.code)
        for group in reference.unit_groups.values()
        for title in group.job_titles[language]
    ]
    for title, code in random.sample(titles, FRESH_TITLES):
        masculine, _, feminine = title.partition("/")
        rest = feminine.partition(" ")[2]
        typed = f"{masculine} {rest}" if feminine and " " not in masculine else title
        yield typed.lower(), frozenset({code})


def spoil(text: str, slips: int, random: Random) -> str:
    """The text with one slip in each of `slips` words: a letter lost, added, wrong or swapped."""
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) >= SHORTEST_SPOILED]
    for place in random.sample(long, min(slips, len(long))):
        word, letter = words[place], random.choice(string.ascii_lowercase)
        cut = random.randrange(1, len(word))
        words[place] = random.choice(
            [
                word[:cut] + word[cut + 1 :],
                word[:cut] + letter + word[cut:],
                word[:cut] + letter + word[cut + 1 :],
                word[: cut - 1] + word[cut] + word[cut - 1] + word[cut + 1 :],
            ]
        )
    return " ".join(words)


def tenfold(reference: Reference, random: Random) -> Reference:
    """The reference with nine more titles for each: a word before it, half the time a made-up one after."""
    known = sorted(
        {
            word
            for group in reference.unit_groups.values()
            for title in group.job_titles["en"]
            for word in title.split()
        }
    )
    made_up = ["".join(random.choices(string.ascii_lowercase, k=7)) for _ in range(MADE_UP_WORDS)]

    def more(title: str) -> Iterator[str]:
        yield title
        for number in range(9):
            tail = f" {random.choice(made_up)}" if number % 2 else ""
            yield f"{random.choice(known)} {title}{tail}"

    groups = {
        code: dataclasses.replace(
            group,
            job_titles={
                language: tuple(longer for title in titles for longer in more(title))
                for language, titles in group.job_titles.items()
            },
        )
        for code, group in reference.unit_groups.items()
    }
    return dataclasses.replace(reference, unit_groups=groups)


if __name__ == "__main__":
    main()
