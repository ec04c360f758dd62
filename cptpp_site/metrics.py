"""Figures for Prometheus at `/metrics`: off without METRICS_TOKEN, and then for who shows it as a bearer token.

All processes of one gunicorn write into the folder PROMETHEUS_MULTIPROC_DIR (deploy/gunicorn.conf.py), so whichever
answers tells of all. Labels are routes, methods and status codes of ours: nothing of a visitor.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from occupations import snapshots

if TYPE_CHECKING:
    from prometheus_client import Counter, Gauge, Histogram

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0)
MULTIPROCESS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class Figures(NamedTuple):
    requests: Counter
    seconds: Histogram
    revision: Gauge
    since_look: Gauge
    answering: Gauge


@cache
def figures() -> Figures:
    """Made on first use: the client decides when it is imported whether there are other processes."""
    from prometheus_client import Counter, Gauge, Histogram

    return Figures(
        Counter("cptpp_requests", "Requests answered.", ["method", "route", "status"]),
        Histogram("cptpp_request_seconds", "Time to answer.", ["route"], buckets=BUCKETS),
        Gauge("cptpp_data_revision", "Data revision in memory.", multiprocess_mode="livemin"),
        Gauge(
            "cptpp_seconds_since_database_look",
            "Seconds since the database last confirmed the rules in memory; of the process that has waited longest.",
            multiprocess_mode="livemax",
        ),
        Gauge(
            "cptpp_database_answers",
            "1 while it answers the background look of every process, 0 when one finds it away.",
            ["database"],
            multiprocess_mode="livemin",
        ),
    )


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request; does nothing while metrics are off."""
    if not settings.METRICS_TOKEN:
        return
    known = figures()
    known.requests.labels(method, route, str(status)).inc()
    known.seconds.labels(route).observe(seconds)
    held, looked_at = snapshots.held(), snapshots.looked_at()
    if held is not None:
        known.revision.set(held.snapshot.revision)
    if looked_at is not None:
        known.since_look.set((timezone.now() - looked_at).total_seconds())
    for database, answers in snapshots.answering().items():
        known.answering.labels(database).set(int(answers))


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The figures in Prometheus' text format. 404 while they are off, 401 without the token."""
    if not settings.METRICS_TOKEN:
        raise Http404("Metrics are off.")
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not constant_time_compare(token, settings.METRICS_TOKEN):
        refused = HttpResponse("The bearer token METRICS_TOKEN is needed.\n", "text/plain", status=401)
        refused["WWW-Authenticate"] = "Bearer"
        return refused
    from prometheus_client import (
        CONTENT_TYPE_LATEST,
        REGISTRY,
        CollectorRegistry,
        generate_latest,
        multiprocess,
    )

    figures()
    registry = REGISTRY
    if os.environ.get(MULTIPROCESS_FOLDER):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # has no types
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
