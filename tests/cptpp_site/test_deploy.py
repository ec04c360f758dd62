"""The files of deploy/ keep what they promise, as far as can be told without a container engine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from occupations.importing.files import LARGEST

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = re.sub(r"\\\n\s*", "", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"))
LINES = [line for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]
SERVICE_KEYS = {
    *(
        "image",
        "build",
        "environment",
        "command",
        "read_only",
        "tmpfs",
        "cap_drop",
        "cap_add",
        "security_opt",
    ),
    *("networks", "restart", "stop_grace_period", "mem_limit", "depends_on", "shm_size", "volumes", "ports"),
    "healthcheck",
}
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}


def test_the_compose_file_uses_known_keys_and_names_only_what_it_defines() -> None:
    assert set(COMPOSE) - {"x-site", "x-web"} == {"name", "services", "networks", "volumes"}
    for name, service in SERVICES.items():
        assert set(service) - SERVICE_KEYS == set(), name
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or source.startswith("./"), volume
        for other, waits in service.get("depends_on", {}).items():
            assert other in SERVICES
            assert waits["condition"] in CONDITIONS
            if waits["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[other] or "build" in SERVICES[other]


def test_the_files_that_the_proxy_is_given_are_there_except_the_certificate() -> None:
    given = [volume.split(":")[0] for volume in SERVICES["proxy"]["volumes"]]
    assert {path for path in given if not (DEPLOY / path).exists()} == {"./tls"}


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_has_a_read_only_root_and_no_rights_to_spare(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service["image"].endswith(":latest")
    assert ":" in service["image"]


def test_secrets_come_from_the_environment_and_their_lack_is_told() -> None:
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    for name in ("DATABASE_PASSWORD", "SECRET_KEY", "ALLOWED_HOSTS"):
        assert re.search(rf"\$\{{{name}:\?[^}}]+\}}", text), name
    assert not re.search(r"(SECRET|PASSWORD|TOKEN)\w*:\s*[\"']?[A-Za-z0-9]", text)
    assert not re.search(r"^(ENV|ARG) .*(SECRET|PASSWORD|TOKEN)", DOCKERFILE, re.MULTILINE)


def test_two_web_replicas_wait_for_the_migrations_and_only_the_proxy_is_reached_from_outside() -> None:
    replicas = [name for name in SERVICES if name.startswith("web-")]
    assert len(replicas) == 2
    for name in replicas:
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert [name for name, service in SERVICES.items() if "outside" in service["networks"]] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    upstream = re.findall(r"server (web-\d):8000", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
    assert upstream == replicas


def test_commands_of_the_containers_exist() -> None:
    known = get_commands()
    for name in ("migrate", "daily"):
        asked = re.findall(r"manage\.py (\w+)", str(SERVICES[name]["command"]))
        assert asked
        assert set(asked) <= set(known)


def test_the_image_is_pinned_small_and_not_roots() -> None:
    bases = re.findall(r"^ARG PYTHON_IMAGE=(\S+)", DOCKERFILE, re.MULTILINE)
    assert bases
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", bases[0])
    assert {line for line in LINES if line.startswith("FROM")} == {
        "FROM ${PYTHON_IMAGE} AS build",
        "FROM ${PYTHON_IMAGE}",
    }
    last_stage = LINES[max(index for index, line in enumerate(LINES) if line.startswith("FROM")) :]
    users = [line for line in last_stage if line.startswith("USER")]
    assert users == ["USER 10001:10001"]
    assert last_stage.index(users[0]) < min(i for i, line in enumerate(last_stage) if line.startswith("CMD"))
    assert any(line.startswith("HEALTHCHECK") for line in last_stage)
    assert not [line for line in LINES if line.startswith("ADD") or line == "COPY . ."]


def test_packages_are_installed_by_hash_before_the_code_comes() -> None:
    assert "--require-hashes" in DOCKERFILE
    assert DOCKERFILE.index("COPY requirements/run.txt") < DOCKERFILE.index("pip install")
    assert DOCKERFILE.index("pip install") < DOCKERFILE.index("COPY cptpp_site")


def test_everything_that_is_copied_exists_and_is_let_into_the_build() -> None:
    let_in = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line[:1] == "!"
    }
    copied = [line.split()[1:-1] for line in LINES if line.startswith("COPY") and "--from" not in line]
    names = {name for line in copied for name in line}
    assert names == let_in
    assert {name for name in names if not (ROOT / name).exists()} == set()


def locations() -> str:
    return (DEPLOY / "locations.conf").read_text(encoding="utf-8")


def test_nginx_says_who_asks_and_leaves_out_what_the_client_claims() -> None:
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in locations()
    assert "$proxy_add_x_forwarded_for" not in locations()
    assert SERVICES["web-1"]["environment"]["TRUSTED_PROXIES"] == "1"


def test_a_location_with_headers_of_its_own_would_drop_the_others_so_there_is_none() -> None:
    for body in re.findall(r"location [^{]+\{([^}]*)\}", locations()):
        assert "proxy_set_header" not in body


def test_nginx_logs_no_address_no_path_and_no_query() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    form = text[text.index("log_format") : text.index("access_log")]
    assert not re.search(r"\$(remote_addr|request\b|uri|request_uri|args|http_)", form)


def test_the_largest_official_file_passes_nginx() -> None:
    staff = re.search(r"location /admin/ \{\s*client_max_body_size (\d+)m;", locations())
    assert staff
    assert int(staff[1]) * 1024 * 1024 >= LARGEST
