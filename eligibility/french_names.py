"""Names of countries in French sentences: "du Japon", "en Australie", "le Mexique".

A translation may use these forms in place of the bare name: for `%(country)s` also `%(country_of)s`,
`%(country_in)s` and `%(country_the)s`. In other languages all of them are the name.
"""

from __future__ import annotations

import unicodedata
from typing import Final

MASCULINE_ENDING_IN_E: Final = frozenset(
    {"Belize", "Cambodge", "Congo-Brazzaville", "Mexique", "Mozambique", "Suriname", "Zimbabwe"}
)
MASCULINE_FIRST_WORDS: Final = frozenset({"Territoire", "État", "Royaume-Uni"})
FEMININE_ALL_THE_SAME: Final = frozenset(
    {
        "Corée du Nord",
        "Corée du Sud",
        "Guinée-Bissau",
        "Macédoine du Nord",
        "R.A.S. chinoise de Hong Kong",
        "R.A.S. chinoise de Macao",
        "République centrafricaine",
        "République dominicaine",
        "Sierra Leone",
        "Île Bouvet",
        "Île Christmas",
        "Île Norfolk",
        "Île de Man",
    }
)
PLURAL: Final = frozenset(
    {
        "Bahamas",
        "Bermudes",
        "Comores",
        "Maldives",
        "Palaos",
        "Pays-Bas",
        "Pays-Bas caribéens",
        "Philippines",
        "Samoa américaines",
        "Seychelles",
        "États-Unis",
        "Émirats arabes unis",
    }
)
PLURAL_FIRST_WORDS: Final = frozenset({"Îles", "Terres", "Territoires"})
WITHOUT_ARTICLE: Final = frozenset(
    {
        "Anguilla",
        "Antigua-et-Barbuda",
        "Aruba",
        "Bahreïn",
        "Chypre",
        "Cuba",
        "Curaçao",
        "Djibouti",
        "Fidji",
        "Gibraltar",
        "Guam",
        "Guernesey",
        "Haïti",
        "Israël",
        "Jersey",
        "Kiribati",
        "La Réunion",
        "Madagascar",
        "Malte",
        "Maurice",
        "Mayotte",
        "Monaco",
        "Montserrat",
        "Nauru",
        "Niue",
        "Oman",
        "Porto Rico",
        "Sao Tomé-et-Principe",
        "Samoa",
        "Singapour",
        "Sri Lanka",
        "Taïwan",
        "Tokelau",
        "Tonga",
        "Trinité-et-Tobago",
        "Tuvalu",
        "Wallis-et-Futuna",
    }
)
IN_ALL_THE_SAME: Final = frozenset({"Haïti", "Israël"})
"""Without an article, and yet "en Israël"."""


def forms(name: str, language: str, key: str = "country") -> dict[str, str]:
    """The name under `key`, and what a French sentence needs under `key_of`, `key_in` and `key_the`."""
    if language != "fr" or not name:
        return {key: name, f"{key}_of": name, f"{key}_in": name, f"{key}_the": name}
    return {key: name, f"{key}_of": _of(name), f"{key}_in": _in(name), f"{key}_the": _the(name)}


def _begins_with_vowel(name: str) -> bool:
    return unicodedata.normalize("NFD", name)[0] in "AEIOU"


def _has_no_article(name: str) -> bool:
    return name in WITHOUT_ARTICLE or name.startswith(("Saint-", "Sainte-"))


def _is_plural(name: str) -> bool:
    return name in PLURAL or name.split()[0] in PLURAL_FIRST_WORDS


def _is_feminine(name: str) -> bool:
    if name in FEMININE_ALL_THE_SAME:
        return True
    if name in MASCULINE_ENDING_IN_E or name.split()[0] in MASCULINE_FIRST_WORDS:
        return False
    return name.split()[0].endswith("e")


def _of(name: str) -> str:
    if _has_no_article(name):
        return f"d’{name}" if _begins_with_vowel(name) else f"de {name}"
    if _is_plural(name):
        return f"des {name}"
    if _begins_with_vowel(name):
        return f"de l’{name}"
    return f"de la {name}" if _is_feminine(name) else f"du {name}"


def _in(name: str) -> str:
    if _has_no_article(name):
        return f"en {name}" if name in IN_ALL_THE_SAME else f"à {name}"
    if _is_plural(name):
        return f"aux {name}"
    if name.startswith("Île "):
        return f"à l’{name}"
    return f"en {name}" if _is_feminine(name) or _begins_with_vowel(name) else f"au {name}"


def _the(name: str) -> str:
    if _has_no_article(name):
        return name
    if _is_plural(name):
        return f"les {name}"
    if _begins_with_vowel(name):
        return f"l’{name}"
    return f"la {name}" if _is_feminine(name) else f"le {name}"
