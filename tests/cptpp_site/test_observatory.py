"""What the MDN Observatory would say: 140 for questions, 130 where is neither cookie nor script, less for a fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests import observatory, production
from tests.browser.people import ENGINEER
from tests.eligibility.walker import Walker
from tests.observatory import Answer
from tests.staff import administrator


@pytest.fixture(autouse=True)
def in_production(db: None) -> Iterator[None]:
    with production.site():
        yield


def seen(path: str, client: Client | None = None) -> Answer:
    """The page as the Observatory would fetch it, over https and over http."""
    page = (client or production.client()).get(path)
    assert page.status_code == 200, path
    plain = Client(headers={"Host": production.HOST}).get(path)
    return Answer(
        headers=dict(page.headers),
        html=page.content.decode(),
        cookies=tuple(page.cookies.values()),
        plain_http_leads_to=plain.headers.get("Location", ""),
        host=production.HOST,
    )


@pytest.mark.parametrize(
    "path",
    ["/", "/about/", "/privacy/", "/accessibility/", "/guide/", "/guide/permit/", "/editions/", "/api/v1/docs",
     "/fr/", "/ja/guide/"],
)  # fmt: skip
def test_a_page_without_cookie_and_script_scores_130(path: str) -> None:
    answer = seen(path)
    assert (answer.cookies, "<script" in answer.html) == ((), False)
    assert observatory.score(answer) == 130, observatory.modifiers(answer)


@pytest.mark.parametrize("step", ["occupation", "place", "offer"])
def test_a_question_page_scores_140(step: str) -> None:
    walker = Walker(production.client())
    walker.walk(ENGINEER)
    # The Observatory has no cookie, hence is given one.
    del walker.client.cookies["__Host-csrf"]
    answer = seen(f"/check/{walker.journey}/{step}/", walker.client)
    assert answer.cookies
    assert "integrity=" in answer.html
    assert observatory.score(answer) == 140, observatory.modifiers(answer)


def test_no_page_of_a_journey_and_none_of_the_staff_scores_less_than_130() -> None:
    walker = Walker(production.client())
    walker.walk(ENGINEER)
    staff = administrator(production.client())
    found = {
        path: observatory.score(seen(path, walker.client))
        for path in (walker.address, walker.result().request["PATH_INFO"])
    }
    found |= {path: observatory.score(seen(path, staff)) for path in ("/admin/", "/admin/my-sign-in/")}
    found["/admin/login/"] = observatory.score(seen("/admin/login/"))
    assert {path: points for path, points in found.items() if points < 130} == {}


NONE = "default-src 'none'; frame-ancestors 'none'"
GOOD: dict[str, Any] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SCRIPT = '<script src="/static/live.js" integrity="sha384-x"></script>'


def answer(html: str = "", leads_to: str = "https://check.example.org/", **changed: str | None) -> Answer:
    """A good page, with some headers changed or (None) left out; `_` stands for `-` in names."""
    headers = {**GOOD, **{name.replace("_", "-"): value for name, value in changed.items()}}
    return Answer(
        {name: value for name, value in headers.items() if value is not None},
        html,
        plain_http_leads_to=leads_to,
        host="check.example.org",
    )


def test_the_good_page_scores_130_and_with_integrity_5_more() -> None:
    assert observatory.score(answer()) == 130
    assert observatory.score(answer(SCRIPT)) == 135


@pytest.mark.parametrize(
    ("broken", "points"),
    [
        (answer(Content_Security_Policy=None), 55),
        (answer(Content_Security_Policy="default-src 'self'; frame-ancestors 'none'"), 125),
        (answer(Content_Security_Policy=f"{NONE}; script-src 'unsafe-inline'"), 80),
        (answer(Content_Security_Policy=f"{NONE}; script-src data:"), 80),
        (answer(Content_Security_Policy=f"{NONE}; script-src 'unsafe-eval'"), 110),
        (answer(Content_Security_Policy=f"{NONE}; style-src 'unsafe-inline'"), 120),
        (answer(Content_Security_Policy=f"{NONE}; img-src http://a.example"), 110),
        (answer(Content_Security_Policy=f"{NONE}; connect-src http://a.example"), 80),
        (answer(Content_Security_Policy="frame-ancestors 'none'"), 80),
        (answer(Content_Security_Policy="default-src 'none'"), 80),
        (answer(Content_Security_Policy="default-src 'none'", X_Frame_Options="DENY"), 125),
        (answer(Referrer_Policy=None), 125),
        (answer(Referrer_Policy="unsafe-url"), 120),
        (answer(Strict_Transport_Security=None), 80),
        (answer(Strict_Transport_Security="max-age=600"), 120),
        (answer(X_Content_Type_Options=None), 125),
        (answer(Cross_Origin_Resource_Policy=None), 120),
        (answer(Cross_Origin_Resource_Policy="cross-origin"), 120),
        (answer(Cross_Origin_Resource_Policy="everybody"), 115),
        (answer(Access_Control_Allow_Origin="*"), 130),
        (answer(Access_Control_Allow_Credentials="true"), 50),
        (answer(leads_to=""), 80),
        (answer(leads_to="http://check.example.org/"), 80),
        (answer(leads_to="https://other.example/"), 125),
        (answer('<script src="/static/live.js"></script>'), 130),
        (answer('<script src="https://cdn.example/x.js"></script>'), 125),
        (answer('<script src="//cdn.example/x.js"></script>'), 50),
    ],
)  # fmt: skip
def test_a_broken_header_costs_what_the_observatory_says(broken: Answer, points: int) -> None:
    assert observatory.score(broken) == points


@pytest.mark.parametrize(
    ("name", "flags", "points"),
    [
        ("csrf", {"secure": True, "httponly": True, "samesite": "Lax"}, 135),
        ("csrf", {"secure": True, "httponly": True}, 80),
        ("journey", {"secure": True, "httponly": True}, 130),
        ("journey", {"httponly": True, "samesite": "Lax"}, 125),
        ("session", {"secure": True, "samesite": "Lax"}, 70),
        ("session", {"httponly": True, "samesite": "Lax"}, 120),
        ("journey", {"httponly": True, "samesite": "None"}, 80),
        ("journey", {"secure": True, "samesite": "Sometimes"}, 80),
    ],
)
def test_a_broken_cookie_costs_what_the_observatory_says(
    name: str, flags: dict[str, Any], points: int
) -> None:
    response = Client().get("/healthz")
    response.set_cookie(name, "x")
    response.cookies[name].update(flags)
    given = answer()
    assert (
        observatory.score(
            Answer(given.headers, "", tuple(response.cookies.values()), given.plain_http_leads_to, given.host)
        )
        == points
    )
