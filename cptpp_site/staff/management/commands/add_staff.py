"""`manage.py add_staff`: make a staff account, asking for what was not given (`make staff`)."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from occupations.history import acting

PASSWORD_VARIABLE: Final = "STAFF_PASSWORD"  # noqa: S105 (the name of a variable, not a password)


class Command(BaseCommand):
    help = (
        "Make a staff account. What is not given is asked for; without a terminal give --name and the password "
        f"in the environment variable {PASSWORD_VARIABLE}. The first account may do everything. One-time codes "
        "are set up at the first sign-in. Exit status 1 when nothing was made."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="the name that is typed to sign in")
        parser.add_argument("--email", default="", help="an address of the person, for colleagues")
        parser.add_argument(
            "--group", action="append", default=[], help="a group of rights; may be given several times"
        )
        parser.add_argument("--superuser", action="store_true", help="may do everything")

    def handle(self, *args: Any, **options: Any) -> None:
        is_first = not User.objects.filter(is_active=True, is_staff=True).exists()
        name = options["name"] or self._asked_name()
        groups = [_group(each) for each in options["group"]]
        user = User(
            username=name,
            email=options["email"],
            is_staff=True,
            is_superuser=options["superuser"] or (is_first and not groups),
        )
        _check_name(user)
        user.set_password(self._password(user))
        with acting(None, where="add_staff"), transaction.atomic():
            user.save()
            user.groups.set(groups)
        self._say_what_was_made(user, groups)

    def _asked_name(self) -> str:
        if not sys.stdin.isatty():
            raise CommandError("There is no terminal to ask for the name. Give it with --name.")
        return input("Name to sign in with: ").strip()

    def _password(self, user: User) -> str:
        given = os.environ.get(PASSWORD_VARIABLE)
        if given is None and not sys.stdin.isatty():
            raise CommandError(
                f"There is no terminal to ask for the password. Set the variable {PASSWORD_VARIABLE}."
            )
        if given is not None:
            if problems := _problems(given, user):
                raise CommandError(f"The password in {PASSWORD_VARIABLE} is not good enough. {problems}")
            return given
        for rule in password_validators_help_texts():
            self.stdout.write(f"  {rule}")
        while True:
            first = getpass("Password: ")
            if problems := _problems(first, user):
                self.stderr.write(problems)
            elif first != getpass("The same again: "):
                self.stderr.write("The two were not the same.")
            else:
                return first

    def _say_what_was_made(self, user: User, groups: list[Group]) -> None:
        rights = "may do everything" if user.is_superuser else ", ".join(group.name for group in groups)
        self.stdout.write(
            self.style.SUCCESS(f"Made the account {user.username} ({rights or 'no group yet'}).")
        )
        port = os.environ.get("PORT") or "8000"
        host = (
            f"https://{settings.ALLOWED_HOSTS[0]}" if settings.IS_PRODUCTION else f"http://127.0.0.1:{port}"
        )
        self.stdout.write(f"Sign in at {host}{reverse('admin:index')} and set up the one-time codes there.")


def _group(name: str) -> Group:
    group = Group.objects.filter(name__iexact=name).first()
    if group is None:
        known = ", ".join(Group.objects.order_by("name").values_list("name", flat=True)) or "none yet"
        raise CommandError(f"There is no group {name!r}. The groups are: {known}.")
    return group


def _check_name(user: User) -> None:
    try:
        user.clean_fields(exclude=["password"])
        user.validate_unique()
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error


def _problems(password: str, user: User) -> str:
    """What the password policy says against it, as sentences; empty when it is good."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
