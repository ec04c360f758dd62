"""New releases: a roll-out among visitors, answers of another version, and a release that must not start."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django.core import signing
from django.test import Client

from scripts.drills.found import PAUSE, VISITORS, Found, figures, is_clean
from scripts.drills.visitors import Browser, Tally, cases, crowd
from scripts.topology.running import Topology
from scripts.topology.web import Replica
from tests.eligibility.walker import Walker, marks
from tests.live import ROOT

ASKED_AGAIN = "The questions have changed since you gave your answers."
_FORMS, _JOURNEYS = Path("eligibility/forms/person.py"), Path("eligibility/journeys.py")
_READERS = """

def _converted(steps: Steps, change: Callable[[str], str]) -> Steps:
    changed = {slug: [dict(values), basis] for slug, (values, basis) in steps.items()}
    values = changed.get("experience", [{}])[0]
    if values.get("experience_years") is not None:
        values["experience_years"] = change(values["experience_years"])
    return changed


def _in_months(steps: Steps) -> Steps:
    return _converted(steps, lambda years: format(Decimal(years) * 12, "f"))


def _in_years(steps: Steps) -> Steps:
    return _converted(steps, lambda months: format(Decimal(months) / 12, "f"))
"""
_FIELD = '''class KeptInMonths(YearsField):
    """Asked for in years, kept in months."""

    def stored(self, cleaned: Any) -> Any:
        return None if cleaned is None else format(cleaned * 12, "f")

    def typed(self, stored: Any) -> Any:
        return super().typed(in_years(stored))

    def words(self, stored: Any) -> Any:
        return super().words(in_years(stored))


def in_years(months: Any) -> Any:
    return None if months is None else format(Decimal(months) / 12, "f")


class ExperienceForm(QuestionForm):
    @classmethod
    def to_answers(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        return super().to_answers({**values, "experience_years": in_years(values.get("experience_years"))})

'''


def release(folder: Path) -> Path:
    """A copy of the tracked files: a release beside the running one."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607 (git, wherever it is)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def changed(release: Path, name: Path, *changes: tuple[str, str]) -> None:
    """Change texts of a file of a release. Raises LookupError when the code no longer has them."""
    text = (release / name).read_text(encoding="utf-8")
    for old, new in changes:
        if text.count(old) != 1:
            raise LookupError(f"{name} has not once {old!r}; bring the drill up to the code.")
        text = text.replace(old, new)
    (release / name).write_text(text, encoding="utf-8")


def _version() -> int:
    found = re.search(r"^VERSION = (\d+)$", (ROOT / _JOURNEYS).read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise LookupError(f"{_JOURNEYS} has no VERSION.")
    return int(found[1])


def _with_reader(release: Path, other: int, reader: str) -> None:
    """Let a release read the answers of another version."""
    changed(
        release,
        _JOURNEYS,
        ("from typing import Any\n", "from decimal import Decimal\nfrom typing import Any\n"),
        (
            "READERS: dict[int, Callable[[Steps], Steps]] = {}\n",
            "READERS: dict[int, Callable[[Steps], Steps]]\n",
        ),
    )
    with (release / _JOURNEYS).open("a", encoding="utf-8") as file:
        file.write(f"{_READERS}\n\nREADERS = {{{other}: {reader}}}\n")


def preparing(folder: Path, version: int) -> Path:
    """The first of two releases: it writes as before, and reads what the second will write."""
    made = release(folder)
    _with_reader(made, version + 1, "_in_years")
    return made


def changing(folder: Path, version: int) -> Path:
    """The second: years of experience are kept in months, which is another version of the answers."""
    made = release(folder)
    changed(made, _JOURNEYS, (f"\nVERSION = {version}\n", f"\nVERSION = {version + 1}\n"))
    _with_reader(made, version, "_in_months")
    changed(
        made,
        _FORMS,
        ("class ExperienceForm(QuestionForm):\n", _FIELD),
        ("    experience_years = YearsField(\n", "    experience_years = KeptInMonths(\n"),
        ("from typing import Any\n", "from decimal import Decimal\nfrom typing import Any\n"),
    )
    return made


def roll(topology: Topology, release: Path, name: str) -> None:
    """One replica after the other gives way to a release, on the same port."""
    for number, old in enumerate(topology.replicas):
        old.stop()
        new = Replica(f"web-{number + 1}-{name}", topology.folder, topology.environment, release)
        new.port, new.address = old.port, old.address
        topology.replicas[number] = new
        new.start()


@dataclass(frozen=True, slots=True)
class Begun:
    """A journey of a reference case, somewhere on its way."""

    case: Mapping[str, Any]
    browser: Browser
    walker: Walker

    def version(self, key: str) -> int:
        """Of the release that wrote the answers."""
        name = next(name for name in self.browser.cookies if name.startswith("journey-"))
        salt = f"eligibility.journeys:{self.walker.journey}"
        return int(signing.loads(self.browser.cookies[name].value, key=key, salt=salt)["v"])

    def ends_well(self) -> bool:
        """Answer the rest: nothing is asked again, and the result is the one of the case."""
        before = list(self.walker.visited)
        self.walker.walk(self.case["answers"])
        again = [
            step for step in before if step in self.walker.visited[len(before) :] and step != "conditions"
        ]
        found = marks(self.walker.result())
        return not again and found["outcome"] == self.case["expected"][found["edition"]]["outcome"]


def begun_journeys(address: str) -> list[Begun]:
    """Every reference case, answered as far as the experience."""
    found = []
    for case in cases():
        browser = Browser(address, Tally())
        walker = Walker(cast(Client, browser))
        while "experience" not in walker.visited and walker.step != "answers":
            walker.answer(case["answers"])
        found.append(Begun(case, browser, walker))
    return found


def rolling_restart(topology: Topology, full: bool) -> Found:
    """Two releases after each other, the second with another version of the answers (docs/operation.md).

    Journeys begun on the first of three releases are answered to their result on the last.
    """
    version, key = _version(), topology.environment["SECRET_KEY"]
    first = preparing(topology.folder / "release-2", version)
    second = changing(topology.folder / "release-3", version)
    journeys = begun_journeys(topology.address)
    with crowd(topology.address, VISITORS, PAUSE) as visitors:
        time.sleep(1)
        roll(topology, first, "reads-both")
        roll(topology, second, "writes-new")
        time.sleep(1)
    were = {journey.version(key) for journey in journeys}
    ended = sum(journey.ends_well() for journey in journeys)
    are = {journey.version(key) for journey in journeys}
    asked = _asked_again(topology, version, journeys[0])
    told = {
        "journeys begun before": len(journeys),
        "ended rightly after": ended,
        "version of their answers": f"{were} then {are}",
        "asked again and told why without a reader": asked,
        **figures(visitors.tally),
    }
    good = ended == len(journeys) and were == {version} and are == {version + 1} and asked
    return Found("rolling restart, two releases", good and is_clean(visitors.tally), told)


def _asked_again(topology: Topology, version: int, journey: Begun) -> bool:
    """Whether a release that cannot read a journey's answers asks again and says why."""
    made = release(topology.folder / "release-4")
    changed(made, _JOURNEYS, (f"\nVERSION = {version}\n", f"\nVERSION = {version + 2}\n"))
    replica = Replica("web-no-reader", topology.folder, topology.environment, made)
    try:
        replica.start()
        browser = Browser(replica.address, Tally())
        browser.cookies = journey.browser.cookies
        led = browser.get(journey.walker.address)
        page = browser.get(led["Location"]) if led.status_code == 302 else led
        return led.status_code == 302 and ASKED_AGAIN in page.content.decode()
    finally:
        replica.stop()


def broken_catalogue(topology: Topology, full: bool) -> Found:
    """A release with half a file of texts does not start, so the roll-out stops before a visitor meets it."""
    made = release(topology.folder / "release-broken")
    texts = made / "locale" / "fr" / "LC_MESSAGES" / "django.mo"
    texts.write_bytes(texts.read_bytes()[: texts.stat().st_size // 2])
    replica = Replica("web-broken", topology.folder, topology.environment, made)
    try:
        replica.start()
        refused = False
    except AssertionError:
        refused = "cannot be read" in replica.log.read_text()
    finally:
        replica.kill()
    return Found("catalogue of texts broken", refused, {"refused to start and said why": refused})
