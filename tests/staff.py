"""Staff accounts for tests: the one place that knows how a person signs in."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, User
from django.test import Client


def person(name: str = "anna", groups: Iterable[str] = (), *, superuser: bool = False) -> User:
    """A staff account in the named groups, which must exist; `superuser` may do everything."""
    user = User.objects.create_user(name, is_staff=True, is_superuser=superuser)
    user.groups.set([Group.objects.get(name=group) for group in groups])
    return user


def signed_in(user: User, client: Client | None = None) -> Client:
    """A client on which `user` has passed every step of signing in."""
    client = client or Client()
    client.force_login(user)
    return client


def administrator(client: Client | None = None) -> Client:
    """A client signed in as somebody who may do everything."""
    return signed_in(person(superuser=True), client)
