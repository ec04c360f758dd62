"""Lighthouse on its mobile profile, where Node and a Lighthouse 12 are at hand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import journey
from bench.client import HOST
from bench.serving import served
from bench.table import Row

SECTION = "Lighthouse, mobile"
PROGRAM = "LIGHTHOUSE"
HOW = f"npm install lighthouse@12 in any folder, then {PROGRAM}=<folder>/node_modules/.bin/lighthouse make bench"
AUDITS = (("largest-contentful-paint", "ms"), ("cumulative-layout-shift", ""), ("total-blocking-time", "ms"))
SCORES = ("performance", "accessibility", "best-practices")
SECONDS = 90
ATTEMPTS = 3


def rows() -> Iterator[Row]:
    """Scores of 100, LCP, CLS and TBT; one row that says how to add them where it cannot run."""
    program, node = os.environ.get(PROGRAM), shutil.which("node")
    if not program or not node:
        yield Row(SECTION, f"not measured: {HOW}", None)
        return
    walked = journey.engineer()
    cookies = walked.result.request.cookies
    pages = {
        "start": ("/", True),
        "question": (walked.questions[0].request.path, False),
        "occupation, search open": (f"{walked.questions[2].request.path}?q=engineer", False),
        "result": (walked.result.request.path, False),
        "list": ("/occupations/", True),
        "guide": ("/guide/", True),
    }
    with served() as port:
        for name, (path, listed) in pages.items():
            report = _report(program, f"http://{HOST}:{port}{path}", cookies)
            if isinstance(report, str):
                yield Row(
                    SECTION, f"{name}: Lighthouse failed {ATTEMPTS} times: {report}", ATTEMPTS, at_most=0
                )
            else:
                yield from _of_page(name, report, (*SCORES, "seo") if listed else SCORES)


def _report(program: str, address: str, cookies: Any) -> dict[str, Any] | str:
    """Its report, or its last words. Chromium now and then loses its trace, mostly at its first start: so again."""
    headers = json.dumps({"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())})
    environment = {**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM", "")}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        command = [program, address, "--quiet", "--output=json", f"--output-path={path}"]
        command += [f"--extra-headers={headers}", "--chrome-flags=--headless=new --no-sandbox"]
        command += [f"--only-categories={','.join((*SCORES, 'seo'))}"]
        words = ""
        for _attempt in range(ATTEMPTS):
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SECONDS)  # noqa: S603 (ours)
            if done.returncode == 0:
                report: dict[str, Any] = json.loads(path.read_text())
                return report
            words = " ".join(done.stderr.split()) or f"exit status {done.returncode}"
    return words


def _of_page(name: str, report: dict[str, Any], scores: tuple[str, ...]) -> Iterator[Row]:
    for score in scores:
        yield Row(SECTION, f"{name}: {score}", report["categories"][score]["score"] * 100)
    audits = report["audits"]
    for audit, unit in AUDITS:
        at_most = 0.0 if audit == "cumulative-layout-shift" else None
        yield Row(SECTION, f"{name}: {audit}", audits[audit]["numericValue"], unit, at_most=at_most)
