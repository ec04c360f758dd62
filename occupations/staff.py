"""The groups of staff and what each of them may do. Kept by the code: `migrate` brings the groups up to date.

An office that wants something else makes a group of its own beside these, or gives a person a permission.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig

EDITOR = "editor"
"""Writes drafts and texts."""
REVIEWER = "reviewer"
"""An editor who also approves what another person wrote, and decides when it is in force."""
ADMINISTRATOR = "administrator"
"""A reviewer who also keeps accounts, feedback and the sites that may embed the card."""
AUDITOR = "auditor"
"""Sees everything and changes nothing."""
GROUPS = (EDITOR, REVIEWER, ADMINISTRATOR, AUDITOR)

WRITING = ("add", "change", "delete")
EDITED = {
    "occupations.edition",
    "occupations.country",
    "occupations.requirement",
    "occupations.condition",
    "occupations.occupationrule",
    "occupations.uncodedentry",
    "occupations.criterionfacts",
    "occupations.citation",
    "occupations.difference",
    "occupations.differencetext",
    "occupations.translation",
    "occupations.countryname",
    "occupations.occupationsynonym",
    "occupations.guidetext",
    "occupations.source",
    "occupations.otherdoor",
    "occupations.applicationroute",
    "occupations.applicationrule",
    "occupations.adviceline",
    "occupations.fee",
    "occupations.permitterm",
}
"""Tables that an editor adds to, changes and deletes from."""
SEEN_APPS = {"occupations", "eligibility", "auth"}
"""Everything in these apps may be looked at by every group."""
GRANTS: dict[str, set[str]] = {
    EDITOR: {f"{model}:{action}" for model in EDITED for action in WRITING}
    | {
        "occupations.submit_edition",
        "occupations.editioncheck:add",
        "occupations.importrecord:add",
        "occupations.sourcecheck:add",
        "eligibility.referencecase:add",
        "eligibility.referencecase:change",
    },
    REVIEWER: {
        "occupations.approve_edition",
        "occupations.publish_edition",
        "occupations.periodinforce:add",
        "eligibility.referencecase:delete",
        "eligibility.settle_referencecase",
    },
    ADMINISTRATOR: {
        *(f"auth.user:{action}" for action in WRITING),
        *(f"eligibility.embeddingsite:{action}" for action in WRITING),
        "eligibility.feedback:delete",
    },
    AUDITOR: set(),
}
"""Group -> `app.model:action` beyond looking, or `app.codename` of a permission of a model's own.

A module that adds a table or a permission adds it here, to the lowest group that has it.
"""
INCLUDES = {REVIEWER: (EDITOR,), ADMINISTRATOR: (EDITOR, REVIEWER)}
"""Groups whose permissions a group has too."""


def permissions_of(group: str) -> set[str]:
    """What a group may do beyond looking, as `app.codename`."""
    granted = GRANTS[group].union(*(GRANTS[other] for other in INCLUDES.get(group, ())))
    return {_codename(grant) for grant in granted}


def _codename(grant: str) -> str:
    app_and_model, _, action = grant.partition(":")
    app, _, model = app_and_model.partition(".")
    return f"{app}.{action}_{model}" if action else grant


def grant_permissions(app_config: AppConfig, apps: Any, using: str, **kwargs: Any) -> None:
    """After `migrate`, when the permissions of an app exist: makes the groups and gives them what is theirs.

    A permission that was given to one of these groups by hand is taken back.
    """
    if app_config.label not in SEEN_APPS:
        return
    try:
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return
    permissions = list(
        permission_model.objects.using(using)
        .filter(content_type__app_label=app_config.label)
        .select_related("content_type")
    )
    for name in GROUPS:
        group, _ = group_model.objects.using(using).get_or_create(name=name)
        is_granted = _granting(name)
        group.permissions.add(*(each for each in permissions if is_granted(each)))
        group.permissions.remove(*(each for each in permissions if not is_granted(each)))


def _granting(group: str) -> Callable[[Any], bool]:
    beyond = permissions_of(group)

    def is_granted(permission: Any) -> bool:
        name = f"{permission.content_type.app_label}.{permission.codename}"
        return permission.codename.startswith("view_") or name in beyond

    return is_granted
