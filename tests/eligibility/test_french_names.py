"""Names of countries with their French articles and prepositions."""

from __future__ import annotations

import pytest

from eligibility import french_names
from occupations.rulebook import Rulebook


@pytest.mark.parametrize(
    ("name", "of", "within", "the"),
    [
        ("Japon", "du Japon", "au Japon", "le Japon"),
        ("Mexique", "du Mexique", "au Mexique", "le Mexique"),
        ("Australie", "de l’Australie", "en Australie", "l’Australie"),
        ("Nouvelle-Zélande", "de la Nouvelle-Zélande", "en Nouvelle-Zélande", "la Nouvelle-Zélande"),
        ("États-Unis", "des États-Unis", "aux États-Unis", "les États-Unis"),
        ("Équateur", "de l’Équateur", "en Équateur", "l’Équateur"),
        ("Singapour", "de Singapour", "à Singapour", "Singapour"),
        ("Israël", "d’Israël", "en Israël", "Israël"),
        ("Congo-Brazzaville", "du Congo-Brazzaville", "au Congo-Brazzaville", "le Congo-Brazzaville"),
        ("Corée du Sud", "de la Corée du Sud", "en Corée du Sud", "la Corée du Sud"),
    ],
)
def test_a_french_name_has_its_article(name: str, of: str, within: str, the: str) -> None:
    assert french_names.forms(name, "fr", "home") == {
        "home": name,
        "home_of": of,
        "home_in": within,
        "home_the": the,
    }


def test_other_languages_use_the_bare_name() -> None:
    assert set(french_names.forms("México", "es").values()) == {"México"}
    assert set(french_names.forms("", "fr").values()) == {""}


def test_every_exception_is_the_name_of_a_country(rulebook: Rulebook) -> None:
    known = {names["fr"] for names in rulebook.reference.country_names.values()}
    listed = french_names.MASCULINE_ENDING_IN_E | french_names.FEMININE_ALL_THE_SAME | french_names.PLURAL
    assert (listed | french_names.WITHOUT_ARTICLE | french_names.IN_ALL_THE_SAME) - known == set()
