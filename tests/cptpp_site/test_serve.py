"""`manage.py serve`, what `make run` ends in: as a real process, with everything that can happen to it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from cptpp_site.embedded_postgres import EmbeddedServer
from tests import live

SECONDS_TO_STOP = 20


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """One data folder for all tests here: each one is the "next run" of the one before."""
    path = Path(tempfile.mkdtemp(prefix="cptpp serve "))
    path.chmod(0o711)
    yield path
    EmbeddedServer(path).stop()
    shutil.rmtree(path)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "serve.log"


def environment(data_dir: Path, port: int) -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SITE_MODE"}
    } | {
        "DJANGO_SETTINGS_MODULE": "cptpp_site.settings",
        "DATA_DIR": str(data_dir),
        "PORT": str(port),
    }


@contextmanager
def serving(data_dir: Path, port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The command as a terminal starts it: leader of its own process group. Ends it if the test did not."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=live.ROOT,
            env=environment(data_dir, port),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        # Its own word first: workers of a killed run may still answer on the same port.
        wait_until(lambda: "CPTPP Check is at" in log.read_text() or process.poll() is not None)
        live.wait_until_served(f"http://127.0.0.1:{port}/readyz", process, log)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(SECONDS_TO_STOP)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + live.SECONDS_TO_START
    while not condition():
        assert time.monotonic() < deadline, f"it did not happen within {live.SECONDS_TO_START} seconds"
        time.sleep(0.05)


def is_gone(process: psutil.Process) -> bool:
    """Also where nobody reaps it, as in many containers."""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def database_process(data_dir: Path) -> psutil.Process | None:
    pid_file = EmbeddedServer(data_dir).places.data / "postmaster.pid"
    return psutil.Process(int(pid_file.read_text().split()[0])) if pid_file.exists() else None


def test_it_says_what_it_does_and_ends_with_the_address(data_dir: Path, log: Path) -> None:
    port = live.free_port()
    with serving(data_dir, port, log):
        lines = log.read_text().splitlines()
    assert lines[0] == "Starting the database ..."
    assert f"CPTPP Check is at http://127.0.0.1:{port}/ (Ctrl-C stops it)" in lines


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGHUP], ids=["ctrl-c", "closed terminal"])
def test_the_end_of_the_command_leaves_no_process_behind(data_dir: Path, log: Path, sent: int) -> None:
    port = live.free_port()
    with serving(data_dir, port, log) as process:
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        database = database_process(data_dir)
        assert database is not None
        os.killpg(process.pid, sent)
        assert process.wait(SECONDS_TO_STOP) == 0
    assert "The embedded database is stopped." in log.read_text()
    wait_until(lambda: all(is_gone(one) for one in [*family, database]))
    assert database_process(data_dir) is None


def test_after_kill_9_of_the_web_server_the_next_run_takes_the_same_port(data_dir: Path, log: Path) -> None:
    port = live.free_port()
    with serving(data_dir, port, log) as process:
        process.kill()
    with serving(data_dir, port, log):
        assert live.status_of(f"http://127.0.0.1:{port}/readyz") == 200


def test_after_kill_9_of_the_database_the_running_site_recovers(data_dir: Path, log: Path) -> None:
    port = live.free_port()
    with serving(data_dir, port, log):
        database = database_process(data_dir)
        assert database is not None
        database.kill()
        wait_until(lambda: is_gone(database))
        wait_until(lambda: live.status_of(f"http://127.0.0.1:{port}/readyz") == 200)
        replacement = database_process(data_dir)
    assert replacement is not None
    assert replacement.pid != database.pid


def test_a_second_run_is_up_in_seconds(data_dir: Path, log: Path) -> None:
    with serving(data_dir, live.free_port(), log):
        ready = re.search(r"Ready after ([\d.]+) s", log.read_text())
    assert ready is not None
    assert float(ready[1]) < 8


def test_a_port_in_use_is_said_in_one_sentence(data_dir: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = serve_and_fail(data_dir, port)
    assert f"Port {port} is in use by another program." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["eight", "0", "70000"])
def test_a_port_that_is_none_is_refused(data_dir: Path, port: str) -> None:
    done = serve_and_fail(data_dir, port)
    assert "set it to a number from 1 to 65535" in done.stderr


def serve_and_fail(data_dir: Path, port: int | str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=live.ROOT,
        env=environment(data_dir, 0) | {"PORT": str(port)},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 1
    return done
