"""What the environment may say, each case in a fresh process, and what is refused with a full sentence."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from cptpp_site.environment import database_from_url, local_secret_key
from tests.live import ROOT

SHOW = """
import json, sys
from cptpp_site import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""
PRODUCTION = {
    "SITE_MODE": "production",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "check.example.org",
}


def read(environment: dict[str, str], *names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SHOW, *names],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def settings_of(environment: dict[str, str], *names: str) -> dict[str, Any]:
    done = read(environment, *names)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def refusal_of(environment: dict[str, str]) -> str:
    done = read(environment)
    assert done.returncode != 0
    return done.stderr.strip().splitlines()[-1]


def test_production_needs_a_secret_key() -> None:
    assert "Production needs SECRET_KEY" in refusal_of({**PRODUCTION, "SECRET_KEY": ""})


def test_production_refuses_a_short_secret_key() -> None:
    assert "at least 50 characters" in refusal_of({**PRODUCTION, "SECRET_KEY": "k" * 49})


def test_production_refuses_debug() -> None:
    assert "Unset DEBUG in production" in refusal_of({**PRODUCTION, "DEBUG": "1"})


@pytest.mark.parametrize("hosts", ["*", "check.example.org,*", "*.example.org"])
def test_production_refuses_a_wildcard_host(hosts: str) -> None:
    assert "holds a wildcard" in refusal_of({**PRODUCTION, "ALLOWED_HOSTS": hosts})


def test_production_refuses_a_leading_dot_which_is_a_wildcard_too() -> None:
    assert "holds a wildcard" in refusal_of({**PRODUCTION, "ALLOWED_HOSTS": ".example.org"})


def test_production_needs_a_host() -> None:
    assert "Production needs ALLOWED_HOSTS" in refusal_of({**PRODUCTION, "ALLOWED_HOSTS": " , "})


def test_production_is_what_nothing_said_means() -> None:
    assert "Production needs SECRET_KEY" in refusal_of({})


def test_an_unknown_mode_is_refused() -> None:
    assert "set it to 'local' or 'production'" in refusal_of({"SITE_MODE": "staging"})


def test_a_number_of_proxies_that_is_none_is_refused() -> None:
    assert "TRUSTED_PROXIES is 'two'" in refusal_of({**PRODUCTION, "TRUSTED_PROXIES": "two"})


def test_production_cookies_are_secure_and_bound_to_the_host() -> None:
    found = settings_of(PRODUCTION, "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME")
    assert all(name.startswith("__Host-") for name in found.values())
    flags = settings_of(PRODUCTION, "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE")
    assert all(flags.values())


def test_local_cookies_work_over_plain_http(tmp_path: Path) -> None:
    local = {"SITE_MODE": "local", "DATA_DIR": str(tmp_path)}
    found = settings_of(local, "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    assert not any(found.values())


def test_forwarded_headers_are_believed_only_from_proxies_of_ours() -> None:
    assert "SECURE_PROXY_SSL_HEADER" in read(PRODUCTION, "SECURE_PROXY_SSL_HEADER").stderr
    behind = settings_of({**PRODUCTION, "TRUSTED_PROXIES": "1"}, "SECURE_PROXY_SSL_HEADER")
    assert behind["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_hsts_lasts_two_years_in_production() -> None:
    assert settings_of(PRODUCTION, "SECURE_HSTS_SECONDS")["SECURE_HSTS_SECONDS"] == 63_072_000


def test_local_debug_is_off_unless_asked(tmp_path: Path) -> None:
    local = {"SITE_MODE": "local", "DATA_DIR": str(tmp_path)}
    assert settings_of(local, "DEBUG")["DEBUG"] is False
    assert settings_of({**local, "DEBUG": "1"}, "DEBUG")["DEBUG"] is True


def test_without_a_database_url_the_embedded_one_is_used(tmp_path: Path) -> None:
    local = {"SITE_MODE": "local", "DATA_DIR": str(tmp_path)}
    database = settings_of(local, "DATABASES")["DATABASES"]["default"]
    assert database["ENGINE"] == "cptpp_site.backend"
    assert database["DATA_DIR"] == str(tmp_path)
    assert database["CONN_MAX_AGE"] > 0


def test_a_database_url_takes_the_place_of_the_embedded_database() -> None:
    database = settings_of({**PRODUCTION, "DATABASE_URL": "postgresql://db.example.org/check"}, "DATABASES")
    assert database["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"


def test_a_database_url_is_read_completely() -> None:
    found = database_from_url("postgresql://us%40er:p%2Fw@db.example.org:6543/check?sslmode=require")
    assert found["NAME"] == "check"
    assert (found["USER"], found["PASSWORD"]) == ("us@er", "p/w")
    assert (found["HOST"], found["PORT"]) == ("db.example.org", "6543")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_a_socket_folder_stands_among_the_options() -> None:
    found = database_from_url("postgresql:///check?host=/run/postgresql&port=5433&connect_timeout=9")
    assert (found["HOST"], found["PORT"]) == ("/run/postgresql", "5433")
    assert found["OPTIONS"]["connect_timeout"] == "9"
    assert not {"host", "port"} & set(found["OPTIONS"])


def test_a_connection_gives_a_lost_server_up_within_seconds() -> None:
    options = database_from_url("postgresql://db.example.org/check")["OPTIONS"]
    assert options["connect_timeout"] <= 5
    assert options["tcp_user_timeout"] <= 5000


PRIMARY_URL = "postgresql://site:secret@db-1.example.org/check"
REPLICA_URL = "postgresql://site:secret@db-2.example.org/check?options=-c%20work_mem%3D8MB"


def test_a_replica_is_a_second_database_that_is_only_read() -> None:
    urls = {"DATABASE_URL": PRIMARY_URL, "DATABASE_REPLICA_URL": REPLICA_URL}
    found = settings_of({**PRODUCTION, **urls}, "DATABASES")["DATABASES"]
    assert set(found) == {"default", "replica"}
    assert found["replica"]["HOST"] == "db-2.example.org"
    assert found["replica"]["OPTIONS"]["options"] == "-c work_mem=8MB -c default_transaction_read_only=on"
    assert "options" not in found["default"]["OPTIONS"]
    assert found["replica"]["TEST"] == {"MIRROR": "default"}


def test_without_a_replica_there_is_one_database() -> None:
    assert set(settings_of({**PRODUCTION, "DATABASE_URL": PRIMARY_URL}, "DATABASES")["DATABASES"]) == {
        "default"
    }


@pytest.mark.parametrize(
    ("primary", "replica", "sentence"),
    [
        (PRIMARY_URL, "mysql://site:secret@db-2/check", "DATABASE_REPLICA_URL must look like postgresql://"),
        (PRIMARY_URL, PRIMARY_URL, "names the same database as DATABASE_URL"),
        ("", REPLICA_URL, "DATABASE_REPLICA_URL is set and DATABASE_URL is not"),
    ],
)
def test_a_replica_that_cannot_be_meant_is_refused(primary: str, replica: str, sentence: str) -> None:
    refusal = refusal_of({**PRODUCTION, "DATABASE_URL": primary, "DATABASE_REPLICA_URL": replica})
    assert sentence in refusal
    assert "secret" not in refusal


@pytest.mark.parametrize(
    "url",
    [
        "mysql://host/check",
        "check",
        "postgresql://host/",
        "postgresql://host:port/check",
        "postgresql://[::1/x",
    ],
)
def test_a_database_url_that_cannot_be_meant_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must look like postgresql://"):
        database_from_url(url)


def test_a_refused_database_url_does_not_show_its_password() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        database_from_url("mysql://user:hidden@host/check")
    assert "hidden" not in str(refusal.value)


def test_the_local_key_is_kept_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    key = local_secret_key(tmp_path / "var")
    assert len(key) >= 50
    assert local_secret_key(tmp_path / "var") == key
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "file").write_text("")
    with pytest.raises(ImproperlyConfigured, match="Set DATA_DIR to a folder"):
        local_secret_key(tmp_path / "file" / "var")
