"""Pages over HTTP beside a bare view and beside formtools' own session wizard, on one gunicorn."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator

from bench import journey
from bench.client import Answered, Request, send
from bench.journey import Target
from bench.serving import served, warm_up
from bench.table import Row, late, spread

SECTION = "pages, two workers"
ROUNDS_ALONE = 40
BURSTS = 5
PER_BURST = 32
CROWD = 100
PER_CROWD = 200
BARE = Target("a bare view", Request("GET", "/bench/bare/"), 200)
OTHERS = (
    Target("start", Request("GET", "/"), 200),
    Target("list page", Request("GET", "/occupations/mx/"), 200),
)
GET_BUDGET, POST_BUDGET, RESULT_BUDGET = 4.0, 2.5, 8.0
FASTER_THAN_PLAIN = 2.0


def rows() -> Iterator[Row]:
    """Each page alone; questions with eight and with a hundred connections at once."""
    walked = journey.engineer()
    plain_gets, plain_posts = journey.plain()
    groups = {
        "GET": walked.questions,
        "POST": walked.answers,
        "other": [walked.summary, walked.result, walked.fragment, *OTHERS],
        "plain GET": plain_gets,
        "plain POST": plain_posts,
    }
    named = {(kind, target.name): target for kind, targets in groups.items() for target in targets}
    named["bare", ""] = BARE
    with served() as port:
        raws = {name: (target.request.raw(port), target.status) for name, target in named.items()}
        warm_up(port, list(raws.values()))
        yield from _alone(_taken(port, raws, ROUNDS_ALONE, 1, 1))
        asked = {name: raw for name, raw in raws.items() if name[0] in {"bare", "GET", "plain GET"}}
        yield from _many(_taken(port, asked, BURSTS, 8, PER_BURST))
        few = {
            name: raw for name, raw in raws.items() if name[0] == "bare" or name[1] in {"education", "result"}
        }
        yield from _crowd(_taken(port, few, 2, CROWD, PER_CROWD))


Name = tuple[str, str]


def _taken(
    port: int, raws: dict[Name, tuple[bytes, int]], rounds: int, connections: int, count: int
) -> dict[Name, Answered]:
    """Every target in turn, again and again, so that a busy moment of the machine meets them all."""
    taken: defaultdict[Name, Answered] = defaultdict(Answered)
    for _round in range(rounds):
        for name, (raw, wanted) in raws.items():
            taken[name].add(send(port, raw, wanted, connections=connections, count=count))
    return dict(taken)


def _alone(taken: dict[Name, Answered]) -> Iterator[Row]:
    bare = statistics.median(taken["bare", ""].seconds)
    for (kind, name), answered in taken.items():
        if kind == "bare" or not answered.seconds:
            continue
        at_most = {"GET": GET_BUDGET, "POST": POST_BUDGET}.get(kind)
        if name == "result":
            at_most = RESULT_BUDGET
        what = f"{kind} {name}" if kind != "other" else name
        middle = statistics.median(answered.seconds)
        yield Row(
            SECTION,
            f"{what}, p50",
            middle * 1000,
            "ms",
            f"p95 {late(answered.seconds) * 1000:.3g}; {spread(answered.seconds, 1000)}",
            bare * 1000,
            BARE.name,
            at_most=at_most,
        )
    yield _errors("requests refused or lost, alone", taken)


def _many(taken: dict[Name, Answered]) -> Iterator[Row]:
    """Requests a second of all questions together: the journey's, beside the plain wizard's."""
    rates = {}
    for kind in ("GET", "plain GET"):
        of_kind = [
            answered for name, answered in taken.items() if name[0] == kind and name[1] != "conditions"
        ]
        rates[kind] = sum(len(each.seconds) for each in of_kind) / sum(each.elapsed for each in of_kind)
    bare = taken["bare", ""]
    yield Row(
        SECTION,
        "questions a second, 8 connections",
        rates["GET"],
        "/s",
        f"bare view {len(bare.seconds) / bare.elapsed:.0f}/s",
        rates["plain GET"],
        "formtools' session wizard",
        at_least=FASTER_THAN_PLAIN,
    )
    yield _errors("requests refused or lost, 8 connections", taken)


def _crowd(taken: dict[Name, Answered]) -> Iterator[Row]:
    bare = taken["bare", ""]
    for (kind, name), answered in taken.items():
        if kind == "bare" or not answered.seconds:
            continue
        yield Row(
            SECTION,
            f"{kind} {name}, {CROWD} connections, p95".removeprefix("other "),
            late(answered.seconds) * 1000,
            "ms",
            f"p50 {statistics.median(answered.seconds) * 1000:.3g}",
            late(bare.seconds) * 1000,
            BARE.name,
        )
    yield _errors(f"requests refused or lost, {CROWD} connections", taken)


def _errors(what: str, taken: dict[Name, Answered]) -> Row:
    return Row(SECTION, what, sum(answered.errors for answered in taken.values()), at_most=0)
