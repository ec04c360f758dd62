"""What search engines read: robots.txt and for each language the sitemap of pages that are alike for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from eligibility import guide
from occupations import snapshots
from occupations.rulebook import Category

Item = tuple[str, tuple[tuple[str, str], ...]]
"""The name of an address and its parts."""

if TYPE_CHECKING:
    ItemSitemap = Sitemap[Item]
else:
    ItemSitemap = Sitemap

NAMES = ("start", "about", "privacy", "accessibility", "guide", "editions", "lists", "list-compare")
PAGES: tuple[Item, ...] = (
    *((name, ()) for name in NAMES),
    *(("guide-page", (("page", page.slug),)) for page in guide.PAGES),
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Questions and results are not kept out here: they say `noindex` themselves, which must be read to be obeyed."""
    lines = (
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    )
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")


class PublicPages(ItemSitemap):
    """Every public page in one language, each naming its other languages."""

    i18n = True
    alternates = True
    x_default = True

    def __init__(self, language: str) -> None:
        self.language = language

    def _items(self) -> list[tuple[Item, str]]:
        # Django would list every language in one file.
        return [(item, self.language) for item in self.items()]

    def items(self) -> list[Item]:
        rulebook = snapshots.rulebook()
        edition = rulebook.edition
        found: list[Item] = [*PAGES]
        for code, rule in edition.countries.items():
            where = ("country", code.lower())
            found.append(("list-country", (where,)))
            found += [
                ("list-category", (where, ("category", category.value)))
                for category in Category
                if rule.covered and edition.has_include_rule(code, category)
            ]
        found += [("unit-group", (("code", code),)) for code in rulebook.reference.unit_groups]
        return found

    def location(self, item: Item) -> str:
        name, parts = item
        return reverse(name, kwargs=dict(parts))


SITEMAPS = {code: PublicPages(code) for code, _name in settings.LANGUAGES}
