"""`assess` beside a plain trace of ten criteria and beside rule engines that make the same decision."""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from random import Random
from typing import Any

from bench.engines import ENGINES, Decide, Record
from bench.table import Row, spread
from eligibility.lines import Line, read_line
from eligibility.presenting import brief, present
from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.outcomes import OverallOutcome
from occupations import snapshots
from occupations.rulebook import Category, Rulebook
from tests.eligibility.rules.cases import QUALIFIED

SECTION = "deciding"
PEOPLE = 200
REPEATS = 15
AT_MOST_PLAIN = 10.0
CHOICES: dict[str, tuple[Any, ...]] = {
    "country": ("MX", "MX", "MX", "BR"),
    "status": ("citizen", "citizen", "permanent_resident"),
    "noc": ("21231", "21231", "21300", "22300"),
    "education_level": ("bachelor", "master", "secondary"),
    "education_years": ("3", "4", "5"),
    "degree_field_related": (True, True, False),
    "experience_years": ("0.5", "2", "5"),
    "licence_needed": (False, False, True),
    "job_offer": ("written", "written", "verbal"),
    "wage_amount": ("45.00", "52.00"),
    "controls_employer": (False, False, True),
}


def rows() -> Iterator[Row]:
    """Microseconds a decision, and lines a second. Raises RuntimeError when two of them decide differently."""
    book = snapshots.rulebook()
    people = [_person(Random(number), book) for number in range(PEOPLE)]
    decides: dict[str, Decide] = {name: make() for name, make in ENGINES.items()}
    for answers, record in people:
        expected = _eligible(answers, book)
        for name, decide in decides.items():
            if decide(record) is not expected:
                raise RuntimeError(f"{name} decides otherwise than we do: {record}")
    timed: dict[str, Callable[[], object]] = {
        "ours": _over([answers for answers, _record in people], lambda answers: assess(answers, book)),
        **{name: _over([record for _answers, record in people], decide) for name, decide in decides.items()},
    }
    taken = _interleaved(timed)
    ours = statistics.median(taken["ours"])
    for name in decides:
        yield Row(
            SECTION,
            "assess, both categories with reasons",
            ours * 1e6,
            "us",
            spread(taken["ours"], 1e6),
            statistics.median(taken[name]) * 1e6,
            name,
            at_most=AT_MOST_PLAIN if name == "plain trace" else None,
        )
    yield from _lines(book)


def _person(random: Random, book: Rulebook) -> tuple[Answers, Record]:
    raw = {**QUALIFIED, **{name: random.choice(values) for name, values in CHOICES.items()}}
    raw["licence_held"] = random.choice(("canadian", "none"))
    raw["licence_within_4_months"] = False
    answers = Answers.parse(raw, book.reference)
    row = book.edition.requirement("MX", Category.PROFESSIONAL)
    if row is None:
        raise RuntimeError("The edition in force has no row for professionals of the country to be measured.")
    return answers, {
        "country": raw["country"],
        "status": raw["status"],
        "offer": raw["job_offer"],
        "listed": raw["noc"] in {"21231", "21300"},
        "level": {"secondary": 1, "bachelor": 5, "master": 6}[raw["education_level"]],
        "years": float(raw["education_years"]),
        "needed_years": float(row.min_education_years),
        "related": raw["degree_field_related"],
        "experience": float(raw["experience_years"]),
        "needed_experience": float(row.min_experience_years),
        "wage": float(raw["wage_amount"]),
        "prevailing": float(raw["prevailing_wage_hourly"]),
        "licensed": not raw["licence_needed"] or raw["licence_held"] == "canadian",
        "controls": raw["controls_employer"],
    }


def _eligible(answers: Answers, book: Rulebook) -> bool:
    judged = assess(answers, book).by_category[Category.PROFESSIONAL]
    return judged.outcome is OverallOutcome.ELIGIBLE


def _over(cases: list[Any], decide: Callable[[Any], object]) -> Callable[[], object]:
    return lambda: [decide(case) for case in cases]


def _interleaved(timed: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Processor seconds of one decision, `REPEATS` times each, in turn.

    Without the garbage collector, as timeit does it: a pass over all the rules in memory, started by the objects of
    one engine, would fall on another.
    """
    taken: dict[str, list[float]] = {name: [] for name in timed}
    gc.collect()
    gc.disable()
    try:
        for repeat in range(REPEATS + 1):
            for name, run in timed.items():
                began = time.thread_time()
                run()
                if repeat:
                    taken[name].append((time.thread_time() - began) / PEOPLE)
    finally:
        gc.enable()
    return taken


def _lines(book: Rulebook) -> Iterator[Row]:
    """The batch command's work for a line, short and whole."""
    snapshot = snapshots.current()
    line = Line(1, json.dumps({"id": "x", "answers": QUALIFIED}).encode())

    def short() -> object:
        case_id, answers = read_line(line, book.reference)
        return json.dumps(brief(assess(answers, book), book, case_id))

    def whole() -> object:
        case_id, answers = read_line(line, book.reference)
        return json.dumps(present(answers, snapshot, book, "en", case_id))

    for name, work, times in (("assess --brief", short, 400), ("assess, full", whole, 40)):
        rates = []
        for _repeat in range(REPEATS):
            began = time.thread_time()
            for _time in islice(cycle((None,)), times):
                work()
            rates.append(times / (time.thread_time() - began))
        yield Row(SECTION, f"{name}, one core", statistics.median(rates), "lines/s", spread(rates))
