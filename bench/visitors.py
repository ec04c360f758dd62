"""Locust's visitor: whole journeys, think time zero. `make load` starts it (bench/load.py)."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import urlencode

from locust import HttpUser, task

from scripts.drills.visitors import cases
from tests.eligibility.walker import filled, form_in, marks, step_of

KNOWN = cases()
HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


class Visitor(HttpUser):
    """One journey after the other, each in a browser of its own."""

    @task
    def journey(self) -> None:
        self.client.cookies.clear()
        answers: dict[str, Any] = random.choice(KNOWN)["answers"]
        address = self._get("/check/", "begin").headers.get("Location", "")
        while address and step_of(address) != "answers":
            step = step_of(address)
            page = self._get(address, f"question {step}")
            if page.status_code != 200:
                return
            body = urlencode(filled(form_in(page.text), step, answers), doseq=True)
            address = self._post(address, body, step)
        if address:
            self._result(address.replace("/answers/", "/result/"))

    def _get(self, address: str, name: str) -> Any:
        return self.client.get(address, name=name, allow_redirects=False)

    def _post(self, address: str, body: str, step: str) -> str:
        with self.client.post(
            address, body, headers=HEADERS, name=f"answer {step}", allow_redirects=False, catch_response=True
        ) as response:
            location: str = response.headers.get("Location", "")
            if response.status_code != 302 or "notice=" in location:
                response.failure(f"The answer was not taken: status {response.status_code}.")
                return ""
            return location

    def _result(self, address: str) -> None:
        with self.client.get(address, name="result", catch_response=True) as response:
            if response.status_code != 200 or not marks(response)["outcome"]:
                response.failure("The result page gives no answer.")
