"""Two questions of a load balancer: does the process live, and is everything behind it as it should be?"""

from __future__ import annotations

import logging
from typing import Any

from django.db import Error as DatabaseError
from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cptpp_site.migrations_state import unapplied
from occupations import replica, snapshots
from occupations.patience import drop_if_silent
from occupations.rulebook import NoEditionInForce

logger = logging.getLogger(__name__)

LONGEST_QUERY_MILLISECONDS = 1000
LONGEST_LAG_SECONDS = 60
_POSITION = """
    SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
"""
_LAG = """
    SELECT pg_is_in_recovery(), pg_wal_lsn_diff(%(position)s::pg_lsn, pg_last_wal_replay_lsn()),
           extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())
"""


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
    `warnings` has one for each that takes nothing away yet: a replica that is lost or far behind. Visitors may be
    served well in spite of either, so let a load balancer ask `/healthz` (docs/operation.md).
    """
    problems: list[str] = []
    warnings: list[str] = []
    told, position = _database(problems)
    told |= {"replica": _replica(position, warnings), **_rules(problems)}
    if problems or warnings:
        logger.warning("%s: %s", "Not ready" if problems else "Ready, but", " ".join([*problems, *warnings]))
    status = "not ready" if problems else "ok"
    body = {"status": status, "problems": problems, "warnings": warnings, **told}
    return JsonResponse(body, status=503 if problems else 200)


def _database(problems: list[str]) -> tuple[dict[str, Any], str | None]:
    """What the primary tells, and the position it has written to (asked for only where a replica is compared)."""
    try:
        drop_if_silent()
        # A database that answers after minutes is none: the probe must not wait with it.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {LONGEST_QUERY_MILLISECONDS}")
            missing = unapplied()
            position = _position(cursor) if replica.is_set() else None
    except DatabaseError as error:
        logger.warning("The database does not answer: %s", error)
        problems.append("The database does not answer.")
        return {"database": False, "unapplied_migrations": None}, None
    if missing:
        problems.append("The tables are those of an older release; run: manage.py migrate")
    return {"database": True, "unapplied_migrations": missing}, position


def _position(cursor: CursorWrapper) -> str:
    cursor.execute(_POSITION)
    return str(cursor.fetchone()[0])


def _replica(position: str | None, warnings: list[str]) -> dict[str, Any]:
    """Whether a replica is set and answers, and how far it is behind `position`, where the primary has written to.

    `lag_bytes` is what it has still to replay, `lag_seconds` the age of the last transaction that it has (0 with
    nothing outstanding). Both are null while nobody can tell.
    """
    if not replica.is_set():
        return {"configured": False}
    told: dict[str, Any] = {"configured": True, "reachable": False, "lag_bytes": None, "lag_seconds": None}
    try:
        drop_if_silent(replica.REPLICA)
        with transaction.atomic(using=replica.REPLICA), connections[replica.REPLICA].cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {LONGEST_QUERY_MILLISECONDS}")
            told["reachable"] = True
            cursor.execute(_LAG, {"position": position})
            follows, behind, seconds = cursor.fetchone()
    except DatabaseError as error:
        logger.warning("The replica does not say how far it is: %s", error)
        if not told["reachable"]:
            warnings.append("The replica does not answer; the rules are read from the primary alone.")
        return told
    if not follows:
        warnings.append("The replica follows no primary any more; look at DATABASE_REPLICA_URL.")
    elif behind is not None:
        told["lag_bytes"] = max(0, int(behind))
        told["lag_seconds"] = 0.0 if behind <= 0 else None if seconds is None else round(float(seconds), 1)
        if (told["lag_seconds"] or 0) > LONGEST_LAG_SECONDS:
            warnings.append("The replica is far behind the primary.")
    return told


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
