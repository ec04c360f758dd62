"""What the pages answer while a visitor types: parts for scripts, whole pages for everybody else."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from eligibility import journeys
from eligibility.occupation_cards import FOUND_AT_MOST
from eligibility.wizard import RETURN
from tests.eligibility.test_wizard_guards import MEXICAN, at, stored_steps
from tests.eligibility.walker import Page, Walker, filled, read_form

pytestmark = pytest.mark.django_db

SCRIPT = {"HX-Request": "true"}
SEARCH_PAGE = "/occupations/search"
HOSTILE = [
    "\x00",
    "<script>alert(1)</script>",
    "'\"><img src=x>",
    "%s %(count)s {0}",
    "\ud83d\ude80",
    "🚀" * 300,
    "a" * 5000,
    "nurse " * 2000,
    "((((((((((",
    "\u202e\u200d\ufeff",
    "Ａ２１２３１",
    "' OR 1=1 --",
]


class _Codes(HTMLParser):
    """The `data-code` marks of a page in order, those asleep in templates left out."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[str] = []
        self._asleep = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._asleep += tag == "template"
        code = dict(attrs).get("data-code")
        if code and not self._asleep:
            self.codes.append(code)

    def handle_endtag(self, tag: str) -> None:
        self._asleep -= tag == "template"


def codes(response: Page) -> list[str]:
    reader = _Codes()
    reader.feed(response.content.decode())
    return reader.codes


def text(response: Page) -> str:
    return str(response.content.decode())


def is_whole_page(response: Page) -> bool:
    return text(response).startswith("<!doctype html>")


# --- The public search ------------------------------------------------------------------------------------


def test_the_public_search_is_a_page_with_codes_in_rank_order(client: Client) -> None:
    response = client.get(SEARCH_PAGE, {"q": "software engineer"})
    assert is_whole_page(response)
    assert codes(response)[0] == "21231"
    assert len(codes(response)) <= FOUND_AT_MOST


def test_a_script_gets_the_same_results_without_the_page(client: Client) -> None:
    query = {"q": "electrician", "country": "AU"}
    whole, part = client.get(SEARCH_PAGE, query), client.get(SEARCH_PAGE, query, headers=SCRIPT)
    assert not is_whole_page(part)
    assert codes(part) == codes(whole)


def test_caches_are_told_that_the_address_has_two_answers(client: Client) -> None:
    for headers in ({}, SCRIPT):
        assert "HX-Request" in client.get(SEARCH_PAGE, {"q": "nurse"}, headers=headers)["Vary"]


def test_the_public_search_sets_no_cookie_and_asks_the_database_nothing(
    client: Client, django_assert_num_queries: Any
) -> None:
    client.get(SEARCH_PAGE, {"q": "nurse"})
    with django_assert_num_queries(0):
        response = client.get(SEARCH_PAGE, {"q": "nurse", "country": "MX"})
    assert not response.cookies


def test_the_country_asked_for_says_what_its_list_holds(client: Client) -> None:
    covered = text(client.get(SEARCH_PAGE, {"q": "21231", "country": "MX"}))
    excluded = text(client.get(SEARCH_PAGE, {"q": "31301", "country": "MX"}))
    assert "The list for your country includes it." in covered
    assert "The list for your country does not include it." in excluded


@pytest.mark.parametrize("country", ["", "XX", "mx", "CA", "\x00", "<b>", "MX" * 500])
def test_a_country_that_is_not_covered_leaves_the_list_out(client: Client, country: str) -> None:
    response = client.get(SEARCH_PAGE, {"q": "21231", "country": country})
    assert codes(response) == ["21231"]
    assert "The list for your country" not in text(response)


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("headers", [{}, SCRIPT], ids=["page", "part"])
def test_no_words_whatever_break_the_search(client: Client, query: str, headers: dict[str, str]) -> None:
    response = client.get(SEARCH_PAGE, {"q": query.encode("utf-8", "surrogatepass")}, headers=headers)
    assert response.status_code == 200
    assert "<script>alert" not in text(response)
    assert "<img src=x" not in text(response)


def test_bytes_that_are_no_text_do_not_break_the_search(client: Client) -> None:
    assert client.get(f"{SEARCH_PAGE}?q=%ff%fe%00&country=%ff").status_code == 200


def test_no_more_of_the_words_is_repeated_than_was_searched(client: Client) -> None:
    assert len(text(client.get(SEARCH_PAGE, {"q": "zq" * 4000}))) < 10_000


def test_no_match_says_what_to_try_and_only_once_something_is_typed(client: Client) -> None:
    advice = "Check the spelling"
    assert advice in text(client.get(SEARCH_PAGE, {"q": "zzqqxx"}))
    for query in ("", "   ", "z"):
        assert advice not in text(client.get(SEARCH_PAGE, {"q": query}))


def test_the_count_is_said_and_so_is_that_there_are_more(client: Client) -> None:
    assert "1 occupation found." in text(client.get(SEARCH_PAGE, {"q": "21231"}))
    assert "The 10 closest occupations are shown." in text(client.get(SEARCH_PAGE, {"q": "manager"}))


def test_the_search_only_reads(client: Client) -> None:
    assert client.post(SEARCH_PAGE, {"q": "nurse"}).status_code == 405


# --- The occupation question ------------------------------------------------------------------------------


def test_the_question_and_its_part_find_the_same_occupations() -> None:
    walker = at("occupation")
    whole = walker.client.get(walker.address, {"q": "web designer"})
    part = walker.client.get(walker.address, {"q": "web designer"}, headers=SCRIPT)
    assert is_whole_page(whole)
    assert codes(part) == codes(whole)
    assert codes(part)


def test_each_option_holds_the_card_that_choosing_it_shows() -> None:
    walker = at("occupation")
    part = text(walker.client.get(walker.address, {"q": "21231"}, headers=SCRIPT))
    card = part.split("<template>")[1].split("</template>")[0]
    assert re.search(r'name="occupation-noc" value="21231"[^>]* checked', card)
    for words in (
        "Code 21231, TEER 1: a professional job.",
        "The list for your country includes it.",
        "Job titles",
    ):
        assert words in card


@pytest.mark.parametrize("query", HOSTILE)
def test_no_words_whatever_break_the_question(query: str) -> None:
    walker = at("occupation")
    asked = {"q": query.encode("utf-8", "surrogatepass")}
    for headers in ({}, SCRIPT):
        assert walker.client.get(walker.address, asked, headers=headers).status_code == 200


def test_searching_writes_no_cookie_and_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    walker = at("occupation")
    with django_assert_num_queries(0):
        response = walker.client.get(walker.address, {"q": "nurse"}, headers=SCRIPT)
    assert not response.cookies


def test_a_search_while_changing_an_answer_still_returns_to_the_summary() -> None:
    walker = at("answers")
    address = walker.address.replace("/answers/", "/occupation/")
    page = text(walker.client.get(address, {RETURN: "answers"}))
    search = page.split("<search>")[1].split("</search>")[0]
    assert f'<input type="hidden" name="{RETURN}" value="answers">' in search
    plain = text(walker.client.get(address)).split("<search>")[1].split("</search>")[0]
    assert 'type="hidden"' not in plain


def test_the_error_leads_to_the_search_box() -> None:
    walker = at("occupation")
    page = text(walker.send(read_form(walker.page()).hidden))
    assert '<a href="#occupation-search">' in page
    assert 'id="occupation-search"' in page


def test_a_part_that_would_be_a_redirect_moves_the_whole_page() -> None:
    walker = Walker()
    address = walker.address.replace("/country/", "/occupation/")
    plain = walker.client.get(address, {"q": "nurse"})
    part = walker.client.get(address, {"q": "nurse"}, headers=SCRIPT)
    assert plain.status_code == 302
    assert part.status_code == 200
    assert part["HX-Redirect"] == plain["Location"]
    assert not part.content


def test_a_question_without_parts_is_always_a_whole_page() -> None:
    walker = Walker()
    response = walker.client.get(walker.address, headers=SCRIPT)
    assert is_whole_page(response)
    assert "HX-Request" in response["Vary"]


# --- Place and offer --------------------------------------------------------------------------------------


def looked_up(walker: Walker, region: str, headers: dict[str, str]) -> Page:
    body = {**read_form(walker.page()).hidden, "place-region": region, "look-up": "1"}
    return walker.client.post(walker.address, body, headers=headers)


def test_a_region_shows_the_usual_pay_and_who_regulates_the_job_there() -> None:
    walker = at("place", MEXICAN | {"noc": "21311"})
    for headers in ({}, SCRIPT):
        response = looked_up(walker, "ER3530", headers)
        assert is_whole_page(response) is (headers == {})
        assert "half earn less (Job Bank wages" in text(response)
        assert "in Toronto earn more than CAD" in text(response)
        assert "This occupation is regulated there" in text(response)
        assert "Professional Engineers Ontario" in text(response)


def test_looking_up_a_region_stores_nothing_and_complains_of_nothing() -> None:
    walker = at("place")
    for region in ("ER3530", "", "unknown", "nowhere", "\x00"):
        response = looked_up(walker, region, SCRIPT)
        assert response.status_code == 200
        assert not response.cookies
    assert "place" not in stored_steps(walker)
    assert "place-facts" not in text(looked_up(walker, "", SCRIPT))


def test_the_place_chosen_before_shows_its_facts_at_once() -> None:
    walker = at("answers")
    assert "half earn less" in text(walker.client.get(walker.address.replace("/answers/", "/place/")))


def converted(walker: Walker, headers: dict[str, str], **changes: str) -> Page:
    body = filled(read_form(walker.page()), "offer", MEXICAN) | {"convert": "1"}
    body |= {f"offer-{name}": value for name, value in changes.items()}
    return walker.client.post(walker.address, body, headers=headers)


def test_the_hourly_pay_stands_beside_the_usual_one_as_a_page_and_as_a_part() -> None:
    walker = at("offer")
    yearly = {"wage_amount": "62400", "wage_period": "year", "hours_per_week": "40"}
    for headers in ({}, SCRIPT):
        response = converted(walker, headers, **yearly)
        assert is_whole_page(response) is (headers == {})
        assert "Your pay without allowances is CAD 30.00 an hour. That is below the usual" in text(response)
        assert "HX-Request" in response["Vary"]
        assert journeys.cookie_name(walker.journey) not in response.cookies
    assert "offer" not in stored_steps(walker)


def test_pay_that_reaches_the_usual_one_is_said_to_reach_it() -> None:
    walker = at("offer")
    response = converted(walker, SCRIPT, prevailing_wage_source="own", prevailing_wage_hourly="60.00")
    assert "That reaches the usual CAD 60.00." in text(response)
    assert 'class="notice success"' in text(response)
    short = converted(walker, SCRIPT, prevailing_wage_source="own", prevailing_wage_hourly="60.01")
    assert "That is below the usual CAD 60.01." in text(short)
    assert 'class="notice warning"' in text(short)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"wage_amount": ""}, "Enter what the job pays"),
        ({"wage_period": ""}, "Select whether the amount is for an hour"),
        ({"wage_period": "year", "hours_per_week": ""}, "Enter the hours in a week"),
        ({"wage_amount": "much"}, "Enter the pay as a number"),
        ({"wage_allowances": "900000"}, "The allowances cannot be more than the whole amount."),
    ],
)
def test_a_figure_that_is_missing_or_wrong_is_named(changes: dict[str, str], sentence: str) -> None:
    assert sentence in text(converted(at("offer"), SCRIPT, **changes))


def test_without_an_offer_there_is_no_pay_to_work_out() -> None:
    assert not text(converted(at("offer"), SCRIPT, job_offer="none")).strip()


def test_the_pay_given_before_is_shown_by_the_hour_at_once() -> None:
    walker = at("answers")
    page = text(walker.client.get(walker.address.replace("/answers/", "/offer/")))
    assert "Your pay without allowances is CAD 60.00 an hour." in page


@pytest.mark.parametrize("step", ["occupation", "place", "offer"])
def test_scripts_come_with_their_fingerprint_and_only_where_they_are_used(step: str) -> None:
    page = text(at(step).page())
    scripts = re.findall(r"<script[^>]*>", page)
    assert re.findall(r'src="/static/js/(?:vendor/)?([a-z]+)\.', page) == ["htmx", "live"]
    assert all(' integrity="sha384-' in tag and " defer" in tag for tag in scripts)
    assert '"historyCacheSize":0' in page
    assert '"allowEval":false' in page


@pytest.mark.parametrize("step", ["country", "status", "education", "experience", "language"])
def test_questions_that_need_no_script_load_none(step: str) -> None:
    assert "<script" not in text(at(step).page())
