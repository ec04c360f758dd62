"""Reading the environment for `settings`: flags, lists, the database's address, the local secret key."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from cptpp_site.embedded_places import make_open_folder

SHORTEST_SECRET_KEY = 50
SHORTEST_METRICS_TOKEN = 20
SECONDS_TO_CONNECT = 2
"""psycopg takes 1 for 2. `?connect_timeout=` in DATABASE_URL changes it."""
GIVING_UP = {"tcp_user_timeout": 5000, "keepalives_idle": 5, "keepalives_interval": 2}
"""A kept connection gives a machine up that is gone without a word, after seconds; the system itself takes minutes."""
READ_ONLY = "-c default_transaction_read_only=on"


def flag(name: str, default: str = "") -> bool:
    return os.environ.get(name, default).strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def whole_number(name: str, default: int) -> int:
    """A whole number of at least 0. Raises `ImproperlyConfigured`."""
    given = os.environ.get(name, "").strip() or str(default)
    if not given.isdecimal():
        raise ImproperlyConfigured(f"{name} is {given!r}; set it to a whole number such as {default}.")
    return int(given)


def address_of_contact(name: str) -> str:
    """A `mailto:` or `https://` address, or empty. Raises `ImproperlyConfigured`."""
    given = os.environ.get(name, "").strip()
    if given and (not given.startswith(("mailto:", "https://")) or not given.isprintable() or " " in given):
        raise ImproperlyConfigured(
            f"{name} is {given!r}; set it to an address such as mailto:security@example.org."
        )
    return given


def database_from_url(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name?sslmode=require`, the value of `variable`.

    Parts may be percent-encoded; `host` and `port` may stand among the options, as libpq allows (a socket's
    folder has no other place); the other options are handed to libpq. Raises `ImproperlyConfigured`.
    """
    wrong = f"{variable} must look like postgresql://user:password@host:5432/name; "
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError as error:
        raise ImproperlyConfigured(f"{wrong}the one given cannot be read ({error}).") from error
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(f"{wrong}the one given begins with {parts.scheme or 'nothing'!r}.")
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ImproperlyConfigured(f"{wrong}the one given names no database after the last slash.")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", host),
        "PORT": options.pop("port", port),
        "OPTIONS": {
            "connect_timeout": SECONDS_TO_CONNECT,
            **GIVING_UP,
            **options,
        },
    }


def replica_from_url(url: str, primary_url: str) -> dict[str, Any]:
    """Django's settings for the copy of the database that is only read (DATABASE_REPLICA_URL).

    Every connection to it refuses to write, even where the server would let it. Raises `ImproperlyConfigured`.
    """
    if not primary_url:
        raise ImproperlyConfigured(
            "DATABASE_REPLICA_URL is set and DATABASE_URL is not. A replica follows a server of your own: "
            "set DATABASE_URL to the primary, or unset DATABASE_REPLICA_URL."
        )
    replica = database_from_url(url, "DATABASE_REPLICA_URL")
    primary = database_from_url(primary_url)
    if all(replica[part] == primary[part] for part in ("HOST", "PORT", "NAME")):
        raise ImproperlyConfigured(
            "DATABASE_REPLICA_URL names the same database as DATABASE_URL. Set it to the address of the replica, "
            "or unset it where there is none."
        )
    options = replica["OPTIONS"]
    options["options"] = f"{options.get('options', '')} {READ_ONLY}".strip()
    # Tests that ask for it get the one test database: a second one would not follow it.
    return {**replica, "TEST": {"MIRROR": "default"}}


def production_secret_key() -> str:
    """The key that production must be given. Raises `ImproperlyConfigured`."""
    key = os.environ.get("SECRET_KEY", "")
    if len(key) < SHORTEST_SECRET_KEY:
        raise ImproperlyConfigured(
            f"Production needs SECRET_KEY, a random text of at least {SHORTEST_SECRET_KEY} characters "
            "that is the same for every web process. Make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(64))"'
        )
    return key


def local_secret_key(data_dir: Path) -> str:
    """`SECRET_KEY`, or the key kept in the data folder, made on first use and readable by its owner only."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    path = data_dir / "secret_key"
    try:
        if not path.exists():
            make_open_folder(data_dir)
            _write_once(path, secrets.token_urlsafe(64))
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {data_dir} cannot be used ({error.strerror}: {error.filename}). "
            "Set DATA_DIR to a folder that this account can write."
        ) from error


def _write_once(path: Path, text: str) -> None:
    """Whoever comes first decides, and nobody ever reads half a file."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
