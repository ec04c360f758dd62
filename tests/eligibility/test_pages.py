"""The start page's promise of how long the check takes."""

from __future__ import annotations

import re

import pytest

from eligibility.pages import MINUTES_TO_ANSWER
from tests.eligibility.test_wizard_guards import MEXICAN
from tests.eligibility.walker import Walker, read_form

WORDS_A_MINUTE = 230
"""Silent reading of plain English by adults: about 238 (Brysbaert, 2019); a little less in a second language."""
SECONDS_A_FIELD = 5
NOT_READ = re.compile(r"<(details|select|svg)\b.*?</\1>", re.DOTALL)


@pytest.mark.django_db
def test_the_start_page_tells_truly_how_long_the_check_takes() -> None:
    walker = Walker()
    words = fields = 0
    while walker.step != "answers":
        page = walker.page().content.decode()
        main = page.split("<main", 1)[1].split("</main>", 1)[0]
        words += len(re.sub(r"<[^>]+>", " ", NOT_READ.sub(" ", main)).split())
        fields += len(read_form(walker.page()).offered)
        walker.answer(MEXICAN)
    minutes = words / WORDS_A_MINUTE + fields * SECONDS_A_FIELD / 60
    assert abs(minutes - MINUTES_TO_ANSWER) <= 1.5
    assert f"about {MINUTES_TO_ANSWER} minutes" in walker.client.get("/").content.decode()
