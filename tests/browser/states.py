"""Every page in every state that a visitor can see, as data; the tests of all pages and the pictures read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.browser import people
from tests.browser.people import Person

Sent = Mapping[str, str | list[str]]
MAKE_LINK = "Make a link to this result"


@dataclass(frozen=True)
class State:
    """One page in one state.

    `path` is relative to the journey when `person` walked, else to the site. `typed` is given and sent on the
    page; `tamper` changes the page before that, as an old or broken browser might.
    """

    name: str
    path: str
    person: Person | None = None
    until: str = "answers"
    typed: Sent | None = None
    tamper: Callable[[Page], None] | None = None
    press: str = ""
    status: int = 200
    without_rules: bool = False
    """Ask the site that has no rules."""
    then_link: bool = False
    """Open the address that the page shows, as somebody does to whom it was sent."""
    template: str = ""
    """A page that no address leads to: the template is drawn and given to the browser."""
    context: Mapping[str, Any] = field(default_factory=dict)
    """What the drawn template is given."""
    expects: str = ""
    """A text of the page that shows that the state was reached."""


def _drop_token(page: Page) -> None:
    page.locator("[name=csrfmiddlewaretoken]").first.evaluate("input => input.remove()")


def _another_step(page: Page) -> None:
    page.locator("[name$='current_step']").evaluate("input => { input.value = 'offer' }")


def _drop_cookies(page: Page) -> None:
    page.context.clear_cookies()


def _break_cookie(page: Page) -> None:
    cookies: list[Any] = [
        {**cookie, "value": "broken"} if "journey-" in cookie["name"] else cookie
        for cookie in page.context.cookies()
    ]
    page.context.add_cookies(cookies)


def _question(step: str, person: Person, name: str = "", expects: str = "") -> State:
    return State(name or step, f"{step}/", person, expects=expects)


def _error(step: str, person: Person = people.ENGINEER, name: str = "", **typed: str | list[str]) -> State:
    sent = {f"{step}-{one}": value for one, value in typed.items()}
    return State(
        f"{name or step} error",
        f"{step}/",
        person,
        until=step,
        typed=sent,
        expects="Please check your answers",
    )


PLAIN = [
    State("start", "/", expects="Start the check"),
    State("about", "/about/", expects="Where the rules come from"),
    State("privacy", "/privacy/", expects="Where your answers are"),
    State("accessibility", "/accessibility/", expects="How we check"),
    State("public search", "/occupations/search", expects="Your country"),
    State(
        "public search with results",
        "/occupations/search?q=nurse&country=MX",
        expects="closest occupations are shown",
    ),
    State("api documentation", "/api/v1/docs", expects="from which this page is made"),
]
READING = [
    State("guide", "/guide/", expects="Short pages in plain words"),
    State("guide permit", "/guide/permit/", expects="Where it comes from"),
    State("guide who qualifies", "/guide/who-qualifies/", expects="Education and experience"),
    State("guide application", "/guide/application/", expects="Ways to apply"),
    State("guide family", "/guide/family/", expects="When it is possible"),
    State("guide afterwards", "/guide/afterwards/", expects="What it can lead to"),
    State("guide mistakes", "/guide/mistakes/", expects="When you have an offer"),
    State("editions", "/editions/", expects="Shown for comparison"),
    State(
        "feedback", "/feedback/?page=result&outcome=not_eligible", expects="Your result, which you came from"
    ),
    State("feedback thanks", "/feedback/thanks/", expects="Thank you"),
]
BLANK = [
    State(f"{step} first seen", f"{step}/", people.ENGINEER, until=step)
    for step in ("country", "status", "occupation", "education", "place", "language", "offer", "situation")
]
QUESTIONS = [
    *(
        _question(step, people.ENGINEER)
        for step in (
            "country", "status", "occupation", "education", "experience", "place", "licence", "language",
            "offer", "situation",
        )
    ),
    _question("conditions", people.CHEMIST),
    State("country other", "country/", {"country": "FR"}, until="status"),
    State("country with return", "country/?return=answers", people.ENGINEER, expects="Save and return"),
    State("occupation found", "occupation/?q=software+engineer", people.ENGINEER, expects="occupations found"),
    State("occupation found for Japan", "occupation/?q=chemist", people.CHEMIST, expects="Chemists"),
    State("occupation not found", "occupation/?q=xqzvkj", people.ENGINEER, until="occupation", expects="No occupation"),
    State("education with a letter", "education/", people.SHORT_DEGREE, expects="employer’s letter"),
    State("education with a diploma", "education/", people.DIPLOMA, expects="associate degree"),
    State("licence with a regulator", "licence/", people.LICENSED, expects="What our table says"),
    State("offer without one", "offer/", people.NO_OFFER),
    State("place with its facts", "place/", people.LICENSED, expects="half earn less"),
    State("offer worked out", "offer/", people.ENGINEER, expects="Your pay for an hour of work"),
    State("a later question first", "offer/", people.ENGINEER, until="education", expects="answer this question first"),
    State("early result", "education/", people.NURSE, until="education", expects="already settles the result"),
    State(
        "an earlier answer changed", "occupation/?return=answers", people.ENGINEER,
        typed={"occupation-noc": "unknown"}, expects="please answer",
    ),
]  # fmt: skip
ERRORS = [
    _error("country"),
    _error("country", name="country other", country="other"),
    _error("status"),
    _error("occupation"),
    _error("conditions", people.CHEMIST),
    _error("education", education_years="four or so"),
    _error("experience", experience_years="a lot"),
    _error("place"),
    _error("licence"),
    _error("language", language_evidence=["work"]),
    _error(
        "offer", wage_amount="about fifty", hours_per_week="200", wage_allowances="some",
        prevailing_wage_source="own", employer_scale_hourly="x",
    ),
    _error("situation", offer_months="1.5"),
    State("feedback error", "/feedback/?page=guide", typed={"text": ""}, expects="Please check your answers"),
]  # fmt: skip
ENDS = [
    State("summary", "answers/", people.ENGINEER, expects="Check your answers"),
    State("summary of little", "answers/", people.UNSURE, expects="Check your answers"),
    State("result eligible", "result/", people.ENGINEER),
    State("result not eligible", "result/", people.LOW_PAY),
    State("result needs more", "result/", people.DEVELOPER),
    State("result technician", "result/", people.DIPLOMA),
    State("result Japan", "result/", people.LICENSED),
    State("result early", "result/", people.NURSE, until="education"),
    State("result of little", "result/", people.UNSURE),
]
SHARED = [
    State("share", "result/", people.ENGINEER, typed={}, press=MAKE_LINK, expects="Copy this address"),
    State(
        "shared", "result/", people.ENGINEER, typed={}, press=MAKE_LINK, then_link=True, expects="somebody shared"
    ),
    State(
        "shared not eligible", "result/", people.LOW_PAY, typed={}, press=MAKE_LINK, then_link=True,
        expects="somebody shared",
    ),
    State("share gone", "/r/no-such-token/", status=404, expects="cannot be read"),
    State(
        "share expired", "/", template="share_gone.html", context={"expired": True, "days": 30}, status=410,
        expects="has expired",
    ),
    State(
        "no cookies in a frame", "/", template="expired.html",
        context={"cookies_blocked": True, "framed": True, "tab_url": "/check/"}, status=403, expects="tab of its own",
    ),
]  # fmt: skip
LISTS = [
    State("lists", "/occupations/", expects="Countries that the rules cover"),
    State("lists searched", "/occupations/?q=plumber", expects="occupations found"),
    State("list of a country", "/occupations/jp/", expects="Occupations for Japan"),
    State("list narrowed", "/occupations/pe/?q=supervisor", expects="Rows shown:"),
    State("list without an answer", "/occupations/my/?q=xqzvkj", expects="No row of this list"),
    State("list of a country not covered", "/occupations/nz/", expects="do not cover New Zealand"),
    State("lists side by side", "/occupations/compare/", expects="No list in this category"),
    State("unit group", "/occupations/noc/31301/", expects="What each country's list says"),
    State("unit group with little", "/occupations/noc/00013/", expects="no usual pay"),
    State("list unknown", "/occupations/australia/", status=404, expects="We have no such list"),
]
TROUBLE = [
    State("404", "/nowhere/", status=404, expects="We cannot find that page"),
    State("400", "status/", people.ENGINEER, typed={}, tamper=_another_step, status=400, expects="could not read"),
    State("403 csrf", "status/", people.ENGINEER, typed={}, tamper=_drop_token, status=403, expects="could not accept"),
    State("no cookies", "status/", people.ENGINEER, typed={}, tamper=_drop_cookies, status=403, expects="blocking"),
    State("expired", "status/", people.ENGINEER, typed={}, tamper=_break_cookie, status=410, expects="no longer here"),
    State("503", "/", without_rules=True, status=503, expects="not available just now"),
    State("403", "/", template="403.html", status=403, expects="cannot open this page"),
    State("413", "/", template="413.html", status=413, expects="more than we can take"),
    State("429", "/", template="429.html", status=429, expects="Please wait a moment"),
    State("500", "/", template="500.html", status=500, expects="Something went wrong"),
]  # fmt: skip

STATES = [*PLAIN, *READING, *BLANK, *QUESTIONS, *ERRORS, *ENDS, *SHARED, *LISTS, *TROUBLE]
