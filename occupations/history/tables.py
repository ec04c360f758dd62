"""Which tables the history follows: all of ours but those named here, and accounts with their rights and devices."""

from __future__ import annotations

from typing import Any, Final

from django.apps import AppConfig, apps
from django.db import connections, models

OURS: Final = ("occupations", "eligibility")
NOT_FOLLOWED: Final = {
    # Large tables that an import fills as a whole; the record of the import says what came when.
    "occupations.wage",
    "occupations.jobtitle",
    "occupations.region",
    "occupations.nocgroup",
    "occupations.unitgroup",
    "occupations.noc2016group",
    "occupations.concordancepair",
    # Written by the site itself.
    "occupations.datarevision",
    "occupations.change",
    # Files on their way in; the record of the import stays.
    "occupations.upload",
    "occupations.uploadedfile",
    "eligibility.requestcount",
    "eligibility.dailycount",
    # Visitors' own words: the privacy page promises that they are deleted.
    "eligibility.feedback",
}
FOLLOWED_OF_OTHERS: Final = (
    "auth.user",
    "auth.group",
    "auth.user_groups",
    "auth.user_user_permissions",
    "auth.group_permissions",
    "otp_totp.totpdevice",
    "otp_static.staticdevice",
)
SECRETS: Final = {"password", "key", "token"}
"""Columns of other applications' tables whose values are not kept; that they changed is."""
NOISE: Final = {
    "last_login",
    "last_t",
    "drift",
    "throttling_failure_count",
    "throttling_failure_timestamp",
    "last_used_at",
}
"""Columns that change with every sign-in."""


def followed() -> list[type[models.Model]]:
    """Every model whose table has a history."""
    ours = [
        model
        for app in OURS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model._meta.label_lower not in NOT_FOLLOWED and model._meta.managed and not model._meta.proxy
    ]
    others = [apps.get_model(label) for label in FOLLOWED_OF_OTHERS]
    return [*ours, *others]


def model_of(table: str) -> type[models.Model] | None:
    """The model of a table, unless the table has gone since."""
    known = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return known.get(table)


def follow_tables(app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """After `migrate`: put the triggers on tables that lack them, and note the rows that are there already."""
    if app_config.label != "occupations":
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regprocedure('occupations_keep_history()') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return
        there = set(connections[using].introspection.table_names(cursor))
        cursor.execute(
            "SELECT tgrelid::regclass::text, encode(tgargs, 'escape') FROM pg_trigger WHERE tgname = 'keep_history'"
        )
        known = {table.strip('"'): arguments for table, arguments in cursor.fetchall()}
        for model in followed():
            table = model._meta.db_table
            given = _arguments(model)
            if table not in there or known.get(table) == "".join(f"{each}\\000" for each in given):
                continue
            cursor.execute("SELECT occupations_follow_table(%s::regclass, %s, %s, %s)", [table, *given])


def _arguments(model: type[models.Model]) -> tuple[str, str, str]:
    """Key column, secret columns, noise."""
    columns = [str(field.column) for field in model._meta.local_concrete_fields]
    is_ours = model._meta.app_label in OURS
    secrets = [] if is_ours else [column for column in columns if column in SECRETS]
    noise = [] if is_ours else [column for column in columns if column in NOISE]
    key = model._meta.pk
    return str(key.column) if key else "id", ",".join(secrets), ",".join(noise)
