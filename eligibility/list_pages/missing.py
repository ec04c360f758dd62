"""What the tables do not know, and where a visitor may find it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from eligibility.list_pages.shared import Context, countries_of, group_words
from occupations.rulebook import Rulebook, text_in
from occupations.search.text import fold


class NotListed(LookupError):
    """A country, category or unit group that the tables do not know."""

    def __init__(self, country: str = "", category: str = "", code: str = "") -> None:
        super().__init__(f"The lists have no {country or code} {category}".strip())
        self.country, self.category, self.code = country, category, code


def known_country(slug: str, rulebook: Rulebook) -> str:
    """The country's code as the tables write it. Raises NotListed for one that the edition does not name."""
    code = slug.upper()
    if not slug.isascii() or code not in rulebook.edition.countries:
        raise NotListed(country=slug)
    return code


def not_found(missing: NotListed, rulebook: Rulebook, language: str) -> Context:
    """Says what is not known, and where it might be."""
    if missing.code:
        codes = rulebook.reference.concordance.get(missing.code, ())
        sentence = _("There is no occupation with the code “%(code)s” in %(classification)s.") % {
            "code": missing.code,
            "classification": rulebook.reference.classification,
        }
        groups = [group_words(rulebook.reference.unit_groups[each], rulebook, language) for each in codes]
        return {"sentence": sentence, "groups": groups, "countries": []}
    if missing.category:
        sentence = _("There is no category “%(category)s”. There are two: professionals and technicians.")
        sentence %= {"category": missing.category}
    else:
        sentence = _no_country(missing.country, rulebook, language)
    return {"sentence": sentence, "groups": [], "countries": _meant(missing.country, rulebook, language)}


def _no_country(slug: str, rulebook: Rulebook, language: str) -> str:
    names = rulebook.reference.country_names
    if slug.upper() in names:
        return _("The rules of this permit do not name %(country)s, so there is no list for it.") % {
            "country": text_in(names[slug.upper()], language)
        }
    return _("We know no country by the address “%(slug)s”.") % {"slug": slug}


def _meant(slug: str, rulebook: Rulebook, language: str) -> list[Context]:
    """The country of the edition that the address names by code or by name in any language; else all covered."""
    named = fold(slug.replace("-", " "))
    known = countries_of(rulebook, language)
    names = rulebook.reference.country_names
    meant = [
        each
        for each in known
        if named in {fold(each["id"]), *(fold(name) for name in names[each["id"]].values())}
    ]
    return meant or [each for each in known if each["covered"]]
