"""The site's settings for a process whose clock can be moved while it runs: CLOCK_FILE has the seconds."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from cptpp_site.settings import *

_file = Path(os.environ["CLOCK_FILE"])
_now, _time = timezone.now, time.time


def _moved_by() -> float:
    return float(_file.read_text() or "0")


def _moved_now() -> datetime:
    return _now() + timedelta(seconds=_moved_by())


def _moved_time() -> float:
    return _time() + _moved_by()


timezone.now = _moved_now
time.time = _moved_time
