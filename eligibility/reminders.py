"""Days to remember as a calendar file: apply to extend, and the end of the permit (F-25, F-26)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from eligibility.presenting import Json, present
from eligibility.private_pages import private
from eligibility.results import has_dates, replayed_journey
from eligibility.wizard import language
from occupations import snapshots

DAYS_TO_EXTEND: Final = 90
"""How long before the end the reminder to extend stands; our advice, no rule names a number."""


@require_safe
def reminder(request: HttpRequest, journey: str) -> HttpResponseBase:
    """The calendar file of a result with a start date; without one, back to the result."""
    replayed, response = replayed_journey(request, journey)
    if response is not None:
        return response
    snapshot = snapshots.current()
    assessment = present(replayed.answers, snapshot, snapshot.rulebook(snapshots.today()), language())
    if not has_dates(assessment):
        return private(redirect("result", journey=journey))
    download = HttpResponse(calendar_of(assessment["permit"], timezone.now()), content_type="text/calendar")
    download["Content-Disposition"] = 'attachment; filename="cptpp-check-reminders.ics"'
    return private(download)


def calendar_of(permit: Json, made_at: datetime) -> bytes:
    """Two whole-day events in the iCalendar format (RFC 5545)."""
    ends = date.fromisoformat(permit["ends"])
    calendar = Calendar()
    calendar.add("prodid", "-//CPTPP Check//EN")
    calendar.add("version", "2.0")
    extend = _(
        "Apply online to extend the work permit before it ends. The employer files a new offer and pays its fee first."
    )
    first_day = max(ends - timedelta(days=DAYS_TO_EXTEND), date.fromisoformat(permit["begins"]))
    calendar.add_component(_event(first_day, _("Time to extend the work permit"), extend, "extend", made_at))
    ending = _("Worked out by CPTPP Check from your start date. The date on the permit itself decides.")
    calendar.add_component(_event(ends, _("The work permit ends"), ending, "ends", made_at))
    return bytes(calendar.to_ical())


def _event(day: date, summary: str, description: str, name: str, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{name}-{day.isoformat()}-{int(made_at.timestamp())}@cptpp-check")
    event.add("dtstamp", made_at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", description)
    return event
