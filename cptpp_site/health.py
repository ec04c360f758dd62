"""Two questions of a load balancer: does the process live, and is everything behind it as it should be?"""

from __future__ import annotations

import logging
from typing import Any

from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cptpp_site.migrations_state import unapplied
from occupations import snapshots
from occupations.rulebook import NoEditionInForce

logger = logging.getLogger(__name__)

LONGEST_QUERY_MILLISECONDS = 1000


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when all is as it should be, else 503; the body says what is not.

    `problems` has a sentence for each fault: the database, tables of an older release, no rules, no edition in force.
    Visitors may be served well in spite of one, so let a load balancer ask `/healthz` (docs/operation.md).
    """
    problems: list[str] = []
    told = {**_database(problems), **_rules(problems)}
    if problems:
        logger.warning("Not ready: %s", " ".join(problems))
    body = {"status": "not ready" if problems else "ok", "problems": problems, **told}
    return JsonResponse(body, status=503 if problems else 200)


def _database(problems: list[str]) -> dict[str, Any]:
    try:
        # A database that answers after minutes is none: the probe must not wait with it.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {LONGEST_QUERY_MILLISECONDS}")
            missing = unapplied()
    except DatabaseError as error:
        logger.warning("The database does not answer: %s", error)
        problems.append("The database does not answer.")
        return {"database": False, "unapplied_migrations": None}
    if missing:
        problems.append("The tables are those of an older release; run: manage.py migrate")
    return {"database": True, "unapplied_migrations": missing}


def _rules(problems: list[str]) -> dict[str, Any]:
    """What this process decides by, and how old it is.

    `data_age_seconds` is the time since the data last changed, `seconds_since_look` the time since the database last
    confirmed that they have not (null without a background thread).
    """
    edition = None
    try:
        edition = snapshots.rulebook().edition.slug
    except snapshots.SnapshotUnavailable:
        problems.append("Neither the database nor a file has the rules.")
    except NoEditionInForce:
        problems.append("No edition is in force today.")
    held, looked_at = snapshots.held(), snapshots.looked_at()
    now = timezone.now()
    return {
        "edition": edition,
        "revision": held.snapshot.revision if held else None,
        "data_age_seconds": round((now - held.changed).total_seconds()) if held and held.changed else None,
        "seconds_since_look": round((now - looked_at).total_seconds()) if looked_at else None,
        "from_file": held is not None and held.database is None,
    }
