"""Limits per client, counted in the database so that all processes share them.

    @limited("feedback", per_minute=5)
    def feedback(request): ...

`spend` is the same for what is not one view or costs more than one; `search_limits` counts in memory and shares its
counts here. While the database cannot count, everybody is let through and the log says so: a limit protects the service
and must not be what takes it down.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from time import monotonic
from typing import Any, Final

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from occupations.patience import drop_if_silent

logger = logging.getLogger(__name__)

WINDOW_SECONDS: Final = 60
IPV6_NETWORK_BITS: Final = 64
"""One subscriber holds at least so many addresses, so the network counts and not the address."""
LONGEST_COUNT: Final = 1_000_000
SECONDS_BETWEEN_CLEARINGS: Final = 600
SECONDS_WITHOUT_COUNTING: Final = 10
"""How long a process leaves the database alone after a failure, so that an outage slows no request but the first."""

# The clock of the database, because those of several machines differ. One statement, hence no race: two requests at
# once get two different counts. In the order of keys, so that two processes with many keys never wait for each other.
_COUNT = """
    INSERT INTO eligibility_requestcount AS known (key, since, count)
    SELECT key, clock_timestamp(), cost FROM unnest(%(keys)s::text[], %(costs)s::int[]) AS sent (key, cost) ORDER BY key
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN known.since > clock_timestamp() - %(window)s * interval '1 second'
                     THEN least(known.count + excluded.count, %(most)s) ELSE excluded.count END,
        since = CASE WHEN known.since > clock_timestamp() - %(window)s * interval '1 second'
                     THEN known.since ELSE excluded.since END
    RETURNING key, count, extract(epoch FROM since - clock_timestamp())::float8 + %(window)s
"""
_CLEAR = """
    DELETE FROM eligibility_requestcount WHERE since < clock_timestamp() - 2 * %(window)s * interval '1 second'
"""


class _Process:
    """When this process last cleared old rows, and until when it does not count."""

    cleared_at = -float(SECONDS_BETWEEN_CLEARINGS)
    resting_until = 0.0


_process = _Process()

View = Callable[..., HttpResponseBase]
Refusal = Callable[[HttpRequest, int], HttpResponseBase]
"""Makes the answer for a client over the limit, from the seconds to wait. `limited` adds `Retry-After`."""


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """The page that asks a visitor to wait."""
    return render(request, "429.html", {"retry_after": ceil(seconds / 60)}, status=429)


def limited(name: str, per_minute: int | str, refuse: Refusal = too_many) -> Callable[[View], View]:
    """A view that one client may ask for `per_minute` times a minute (a number, or the name of a setting)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            most = getattr(settings, per_minute) if isinstance(per_minute, str) else per_minute
            seconds = spend(request, name, most)
            if seconds is None:
                return view(request, *args, **kwargs)
            response = refuse(request, seconds)
            response.headers["Retry-After"] = str(seconds)
            return response

        return answer

    return decorate


def spend(request: HttpRequest, name: str, per_minute: int, cost: int = 1) -> int | None:
    """Count `cost` for the client under `name`. None when it is within the limit, else the seconds to wait."""
    if monotonic() < _process.resting_until:
        return None
    try:
        drop_if_silent()
        count, seconds = _count(key_of(request, name), cost)
        clear_now_and_then()
    except DatabaseError as error:
        _process.resting_until = monotonic() + SECONDS_WITHOUT_COUNTING
        logger.warning(
            "Requests for %s are not counted, because the database does not answer: %s", name, error
        )
        return None
    return None if count <= per_minute else max(1, ceil(seconds))


def client_address(request: HttpRequest) -> str:
    """Who asks: with n trusted proxies the n-th entry of X-Forwarded-For from the right, which they wrote.

    Entries further left are whatever the client claims. An IPv6 address stands for its network.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        header = request.headers.get("X-Forwarded-For", "")
        forwarded = [each.strip() for each in header.split(",") if each.strip()]
        if len(forwarded) >= proxies:
            address = forwarded[-proxies]
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ip_network((int(known), IPV6_NETWORK_BITS), strict=False))
    return str(known)


def count_again() -> None:
    """Forget that the database did not answer (tests)."""
    _process.resting_until = 0.0


def key_of(request: HttpRequest, name: str) -> str:
    """Stands for the client under `name` in the table; nobody can read an address from it."""
    text = f"{name} {client_address(request)}"
    return salted_hmac("eligibility.rate_limits", text, algorithm="sha256").hexdigest()


def count_many(costs: Mapping[str, int]) -> dict[str, tuple[int, float]]:
    """Add to the counts of these keys: each key's count with it, and the seconds until it begins anew.

    Raises DatabaseError.
    """
    values: dict[str, Any] = {
        "keys": list(costs),
        "costs": [min(cost, LONGEST_COUNT) for cost in costs.values()],
        "window": WINDOW_SECONDS,
        "most": LONGEST_COUNT,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        return {key: (int(count), float(seconds)) for key, count, seconds in cursor.fetchall()}


def _count(key: str, cost: int) -> tuple[int, float]:
    return count_many({key: cost})[key]


def clear_now_and_then() -> None:
    """Delete rows that no longer count, at most once in a while for each process."""
    if monotonic() - _process.cleared_at < SECONDS_BETWEEN_CLEARINGS:
        return
    _process.cleared_at = monotonic()
    with connection.cursor() as cursor:
        cursor.execute(_CLEAR, {"window": WINDOW_SECONDS})
