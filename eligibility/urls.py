"""Addresses of the visitor's pages; the language prefix is added around them."""

from __future__ import annotations

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from eligibility import (
    editions,
    feedback,
    guide,
    lists,
    pages,
    reminders,
    results,
    searching,
    sharing,
    wizard,
)
from eligibility.journeys import ID_PATTERN


class JourneyConverter(StringConverter):
    regex = ID_PATTERN


register_converter(JourneyConverter, "journey")

questions = wizard.JourneyWizard.as_view(url_name="step", done_step_name="result")

of_a_journey = [
    path("answers/", results.answers, name="answers"),
    path("result/", results.result, name="result"),
    path("result.json", results.result_json, name="result-json"),
    path("reminders.ics", reminders.reminder, name="reminders"),
    path("share/", sharing.share, name="share"),
    path("erase/", results.erase, name="erase"),
    path("<slug:step>/", questions, name="step"),
]

urlpatterns = [
    # The busiest first: Django tries one after the other.
    path("check/<journey:journey>/", include(of_a_journey)),
    path("check/", wizard.begin, name="check"),
    path("", pages.start, name="start"),
    path("about/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("occupations/search", searching.occupations_search, name="occupations-search"),
    path("occupations/", lists.overview, name="lists"),
    path("occupations/list.csv", lists.edition_file, name="lists-file"),
    path("occupations/compare/", lists.compare, name="list-compare"),
    path("occupations/noc/<str:code>/", lists.unit_group, name="unit-group"),
    path("occupations/<str:country>/", lists.country, name="list-country"),
    path("occupations/<str:country>/list.csv", lists.country_file, name="list-file"),
    path("occupations/<str:country>/<str:category>/", lists.country, name="list-category"),
    path("guide/", guide.contents, name="guide"),
    path("guide/<str:page>/", guide.page, name="guide-page"),
    path("editions/", editions.editions, name="editions"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/thanks/", feedback.thanks, name="feedback-thanks"),
    path("r/<str:token>/", sharing.shared, name="shared"),
    path("r/<str:token>/resume/", sharing.resume, name="resume"),
]
