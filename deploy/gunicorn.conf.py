"""gunicorn's settings, for `make run` and for containers: BIND, PORT and WEB_WORKERS change them.

`manage.py serve` sets SITE_ANNOUNCEMENT, a line to print when the site answers, and RUNS_IN_TERMINAL.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from typing import Any

_address = os.environ.get("BIND") or "127.0.0.1"
_port = os.environ.get("PORT") or "8000"
_in_terminal = "RUNS_IN_TERMINAL" in os.environ

bind = f"{_address}:{_port}"
# One request at a time, and each answer in one piece.
worker_class = "cptpp_site.whole_answers.WholeAnswerWorker"
workers = int(os.environ.get("WEB_WORKERS") or "2")
# No access log: a path can hold a journey or a shared result. Errors go to stderr.
accesslog = None
loglevel = "warning"
control_socket_disable = True
# Heartbeats on a disk can stall a worker; memory does not.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 (a folder, no name to guess)

# A folder that all workers write their figures into; of an earlier run it would tell old ones.
if os.environ.get("METRICS_TOKEN") and "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="cptpp-metrics-")


def child_exit(server: Any, worker: Any) -> None:
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call] # has no types


def when_ready(server: Any) -> None:
    if _in_terminal:
        # A closed terminal means "stop"; gunicorn would take it for "reload" and keep the port for ever.
        signal.signal(signal.SIGHUP, lambda number, frame: os.kill(os.getpid(), signal.SIGTERM))
    if announcement := os.environ.get("SITE_ANNOUNCEMENT"):
        sys.stdout.write(f"{announcement}\n")
        sys.stdout.flush()


def post_fork(server: Any, worker: Any) -> None:
    threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True, name="leave-with-master").start()


def _leave_with(master: int) -> None:
    """End this worker when its master was killed; otherwise it would keep the port for 15 seconds more."""
    while os.getppid() == master:
        time.sleep(0.5)
    os._exit(1)


def on_exit(server: Any) -> None:
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
    if os.path.basename(folder).startswith("cptpp-metrics-"):
        shutil.rmtree(folder, ignore_errors=True)
    if _in_terminal:
        # The master has loaded gunicorn only; its workers loaded the site.
        import django
        from django.core.management import call_command

        django.setup()
        call_command("stop_database", "--if-idle")
