"""Who acts and why, for the history's triggers: django-pghistory hands it to the database with each statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import pghistory
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import connection
from psycopg import sql

LONGEST_REASON: Final = 1000
Account = AbstractBaseUser | AnonymousUser


@contextmanager
def acting(user: Account | None, reason: str = "", where: str = "") -> Iterator[None]:
    """Everything changed in the block is the work of `user`, for that reason.

    Blocks may stand in each other: what an inner one does not give it takes from the outer one. `where` is the page
    or the command. All changes of the outermost block belong together in the log.
    """
    given: dict[str, Any] = {"why": reason[:LONGEST_REASON], "where": where}
    if user is not None and user.pk is not None:
        given |= {"user": user.pk, "who": user.get_username()}
    with connection.execute_wrapper(_as_text), pghistory.context() as known:
        before = dict(known.metadata)
        known.metadata.update({name: value for name, value in given.items() if value})
        try:
            yield
        finally:
            known.metadata.clear()
            known.metadata.update(before)
            if not before:
                _forget()


def because(reason: str, where: str = "") -> Any:
    """Everything changed in the block is changed for that reason, by whoever is acting."""
    return acting(None, reason, where)


def add_reason(reason: str) -> None:
    """A reason for what is going on already; nothing where nobody acts."""
    if reason:
        pghistory.context(why=reason[:LONGEST_REASON])


def _forget() -> None:
    """What was said counts until the transaction ends; let it end with the block where that is open longer."""
    if connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pghistory.context_metadata', '', true)")
            cursor.execute("SELECT set_config('pghistory.context_id', '', true)")


def _as_text(
    execute: Callable[..., Any], statement: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """django-pghistory expects statements as text; psycopg's composed ones are written out for it."""
    if isinstance(statement, sql.Composable):
        statement = statement.as_string(context["connection"].connection)
    return execute(statement, params, many, context)
