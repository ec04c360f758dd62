"""The occupation search over the evaluation set: alone, eight at once, and with ten times the titles."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random

from bench.occupation_search import shipped_cases, tenfold
from bench.table import Row, late
from occupations import snapshots
from occupations.search import SearchIndex

SECTION = "search, processor time"
AT_ONCE = 8
QUERIES = 200
QUERIES_GROWN = 40
SEED = 1


def rows() -> Iterator[Row]:
    """Milliseconds of one search in the index of the site."""
    reference = snapshots.current().reference
    random = Random(SEED)
    cases = [query for query, _expected in shipped_cases()["every case"]]
    queries = random.sample(cases, min(QUERIES, len(cases)))
    index = SearchIndex(reference, reference.synonyms)
    alone = [_seconds(index, query) for query in queries]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        together = list(pool.map(lambda query: _seconds(index, query), queries))
    large = SearchIndex(tenfold(reference, random), reference.synonyms)
    grown = [_seconds(large, query) for query in queries[:QUERIES_GROWN]]
    for name, taken in (("alone", alone), (f"{AT_ONCE} at once", together), ("10x titles", grown)):
        middle = f"p50 {statistics.median(taken) * 1000:.3g}"
        yield Row(
            SECTION, f"search p95, {name}", late(taken) * 1000, "ms", middle, late(alone) * 1000, "alone"
        )


def _seconds(index: SearchIndex, query: str) -> float:
    began = time.thread_time()
    index.search(query)
    return time.thread_time() - began
