"""The operations. They only route: what is read comes from `reading`, what is said from `assessing` and `found`.

No session, no account, no cookie: nothing is done in anybody's name, so a forged request gains nothing and there is
nothing for a CSRF token to protect. Any origin may therefore read and assess (`middleware`).
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query
from ninja.decorators import decorate_view
from pydantic import BeforeValidator, WithJsonSchema

from eligibility.api import found, problems
from eligibility.api.answering import private, read
from eligibility.api.assessing import assessor
from eligibility.api.document import DocumentedAPI
from eligibility.api.reading import read_body
from eligibility.api.schemas import assessing as told
from eligibility.api.schemas import reading as shown
from eligibility.languages import accepted_language
from eligibility.rate_limits import limited, spend
from eligibility.rules.reading import ISO_DATE
from occupations import search, snapshots

MOST_FOUND = 50

api = DocumentedAPI()
problems.install(api)
measured = decorate_view(limited("api", "API_REQUESTS_PER_MINUTE", problems.too_many))


def _iso_day(value: object) -> date:
    """A day written YYYY-MM-DD and in no other way. Raises ValueError."""
    if isinstance(value, str) and ISO_DATE.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("write the day as YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_iso_day), WithJsonSchema({"type": "string", "format": "date"})]
AskedEdition = Annotated[
    str | None, Query(description="A published edition; the one in force on the day when left out.")
]
AskedDay = Annotated[Day | None, Query(description="The day to assess for; today in Toronto when left out.")]
AskedBrief = Annotated[bool, Query(description="Only outcomes and reasons.")]
AskedWords = Annotated[str, Query(description="A job title, in whole or in part, or a code.", min_length=1)]
AskedLimit = Annotated[int, Query(description="How many at most.", ge=1, le=MOST_FOUND)]


@api.post("/assess", response=told.OneOrMany, operation_id="assess", tags=["Assess"])
@measured
def assess(
    request: HttpRequest, edition: AskedEdition = None, on: AskedDay = None, brief: AskedBrief = False
) -> HttpResponseBase:
    """Assess one case, or up to 1,000 in a batch.

    Send a case or bare answers for one assessment, or `{"cases": [...]}` for a list of them in the same order. In a
    batch a case that cannot be read is answered in its place with what is wrong; the others are still assessed.
    Nothing that is sent is stored.
    """
    body = read_body(request)
    language = accepted_language(request)
    rules = assessor(edition, on, language, brief=brief)
    if not body.is_batch:
        return private(rules.one(body.cases[0]), language)
    seconds = spend(request, "api-cases", settings.API_CASES_PER_MINUTE, cost=len(body.cases))
    if seconds is not None:
        return problems.too_many(request, seconds)
    return private(rules.many(body.cases), language)


@api.get("/occupations", response=shown.Occupations, operation_id="searchOccupations", tags=["Look up"])
@measured
def occupations(
    request: HttpRequest,
    q: AskedWords,
    country: Annotated[str | None, Query(description="Adds what this country's list says.")] = None,
    limit: AskedLimit = 10,
) -> HttpResponseBase:
    """Search occupations by job title, in English, French and other languages, or by code."""
    snapshot, rulebook = snapshots.current(), snapshots.rulebook()
    query = q[: search.MAX_QUERY_LENGTH]
    return read(
        request,
        rulebook,
        lambda language: found.occupations(query, country, limit, snapshot, rulebook, language),
    )


@api.get("/occupations/{code}", response=shown.Occupation, operation_id="readOccupation", tags=["Look up"])
@measured
def occupation(request: HttpRequest, code: str) -> HttpResponseBase:
    """One unit group: its titles, every country's position, and who regulates it."""
    rulebook = snapshots.rulebook()
    return read(request, rulebook, lambda language: found.occupation(code, rulebook, language))


@api.get("/lists/{country}", response=shown.CountryLists, operation_id="readLists", tags=["Look up"])
@measured
def lists(request: HttpRequest, country: str) -> HttpResponseBase:
    """Everything that the edition in force includes, excludes and leaves unclear for one country."""
    rulebook = snapshots.rulebook()
    return read(request, rulebook, lambda language: found.country_lists(country, rulebook, language))


@api.get("/wages", response=shown.WageFound, operation_id="readWage", tags=["Look up"])
@measured
def wages(
    request: HttpRequest,
    noc: Annotated[str, Query(description="Five digits.")],
    region: Annotated[str, Query(description="A code that /editions lists.")],
) -> HttpResponseBase:
    """The median wage to compare an offer with: of the region, else of its province, else of Canada."""
    rulebook = snapshots.rulebook()
    return read(request, rulebook, lambda language: found.wage(noc, region, rulebook, language))


@api.get("/editions", response=shown.Editions, operation_id="readEditions", tags=["Look up"])
@measured
def editions(request: HttpRequest) -> HttpResponseBase:
    """Every published edition of the rules, when each decides, and the codes that answers may use."""
    snapshot, rulebook = snapshots.current(), snapshots.rulebook()
    return read(request, rulebook, partial(found.editions, snapshot, rulebook))
