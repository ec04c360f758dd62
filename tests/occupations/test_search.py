"""What the occupation search forgives, how it ranks, and that no text breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from occupations.rulebook import Synonym
from occupations.search import MAX_QUERY_LENGTH, MatchKind, SearchIndex
from tests.occupations.search_fixtures import (
    first,
    reference_of,
    search,
    shipped_index,
    shipped_snapshot,
    unit_group,
)


def codes(query: str) -> list[str]:
    return [match.noc for match in search(query)]


# --- What is forgiven -------------------------------------------------------------------------------------


def test_capital_letters_do_not_matter() -> None:
    assert search("LAND SURVEYOR") == search("land surveyor") != ()


def test_accents_may_be_left_out_or_added() -> None:
    assert first("ingenieur civil") == first("Ingénieur civil") == "21300"
    assert first("médical laboratory technologist") == "32120"


def test_full_width_and_half_width_characters_are_the_same() -> None:
    assert first("ＣＰＡ") == "11100"
    assert search("ｿﾌﾄｳｪｱｴﾝｼﾞﾆｱ") == search("ソフトウェアエンジニア") != ()


def test_hiragana_finds_katakana_and_long_vowels_may_be_left_out() -> None:
    assert first("そふとうぇあえんじにあ") == "21231"
    assert first("プログラマ") == first("プログラマー") == "21232"


def test_japanese_needs_no_blanks_and_may_go_on_after_the_title() -> None:
    assert first("ソフトウェアエンジニアです") == "21231"
    assert first("東京の測量士") == "21203"


def test_the_order_of_words_hardly_matters() -> None:
    assert first("surveyor land") == "21203"
    assert first("engineer software") == "21231"


def test_plural_and_singular_find_each_other() -> None:
    assert first("land surveyors") == first("land surveyor") == "21203"
    assert first("physicien") == first("physiciens") == "21100"


@pytest.mark.parametrize(
    "query", ["infirmier autorisé", "infirmière autorisée", "infirmier autorisé/infirmière autorisée"]
)
def test_masculine_feminine_and_both_find_the_same(query: str) -> None:
    assert first(query) == "31301"


def test_forewoman_finds_the_foreman_woman_title() -> None:
    assert first("excavator forewoman") == first("excavator foreman") == "72021"


def test_the_last_word_may_be_unfinished() -> None:
    assert first("land survey") == "21203"
    assert first("software engin") == "21231"
    assert "31202" in codes("physioth")[:5]


def test_an_unfinished_word_may_hold_a_slip() -> None:
    assert first("sofwar") == "21231"


def test_the_first_letter_of_the_next_word_changes_nothing() -> None:
    assert search("land surveyor x") == search("land surveyor")


@pytest.mark.parametrize(
    "query",
    ["electrican", "eelctrician", "electrisian", "electriciann", "lectrician", "electrocain"],
)
def test_a_letter_lost_swapped_wrong_or_doubled_is_forgiven(query: str) -> None:
    assert first(query) == "72200"


def test_slips_in_several_words_are_forgiven() -> None:
    assert first("mecanical enginer") == "21301"
    assert first("chartred profesional acountant") == "11100"


def test_a_slip_that_makes_another_word_is_forgiven() -> None:
    assert first("wedding engineer") == first("welding engineer")
    assert first("lend surveyor") == first("land surveyor")


@pytest.mark.parametrize("query", ["webdeveloper", "web developer", "web-developer", "Web Developer"])
def test_split_joined_and_hyphenated_words_are_the_same(query: str) -> None:
    assert first(query) == "21234"


def test_a_word_torn_apart_is_joined() -> None:
    assert first("soft ware engineer") == "21231"
    assert first("book keeper") == "12200"


def test_a_small_word_stuck_to_its_neighbour_is_found() -> None:
    assert first("directeur desventes") == "60010"


def test_small_words_may_be_left_out() -> None:
    assert first("ingénieur génie civil") == first("ingénieur en génie civil") == "21300"


def test_a_sentence_about_oneself_is_understood() -> None:
    assert first("I am a welder") == first("I’m a welder") == first("i work as welder") == "72106"
    assert first("je suis infirmière") == first("soy enfermera") == "31301"


def test_what_a_title_excepts_is_not_searched() -> None:
    group = unit_group("21311", "Computer engineers (except software engineers and designers)")
    index = SearchIndex(reference_of(group), ())
    assert index.search("designers") == ()
    assert index.search("computer engineers (except software engineers)")[0].score > 1
    japanese = unit_group("21311", "コンピューター技術者（ソフトウェアエンジニア・設計者を除く）")
    index = SearchIndex(reference_of(japanese), ())
    assert index.search("設計者") == ()
    assert [match.noc for match in index.search("コンピュータ技術者")] == ["21311"]


def test_a_japanese_compound_is_found_by_the_last_part_that_ends_a_title() -> None:
    index = SearchIndex(reference_of(unit_group("72310", "大工"), unit_group("11100", "会計士")), ())
    assert [match.noc for match in index.search("住宅内装大工")] == ["72310"]
    assert [match.noc for match in index.search("Web大工")] == ["72310"]
    assert index.search("さしすせそ") == ()


# --- Codes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["21231", "NOC 21231", "noc21231", "CNP 21231", "NOC 2021 21231", "NOC: 21231", "２１２３１"]
)
def test_a_code_finds_its_unit_group_alone(query: str) -> None:
    (match,) = search(query)
    assert (match.noc, match.kind, match.matched_title) == (
        "21231",
        MatchKind.CODE,
        "Software engineers and designers",
    )


def test_an_unknown_code_finds_nothing() -> None:
    assert search("99999") == search("NOC 98765") == ()


def test_the_beginning_of_a_code_finds_every_group_that_begins_so() -> None:
    begun = ["21230", "21231", "21232", "21233", "21234"]
    assert codes("NOC 2021 2123") == begun
    assert set(begun) < set(codes("2123"))
    assert len(search("21")) == 20
    assert all(code.startswith("21") for code in codes("21"))


def test_a_code_of_noc_2016_finds_its_successors_under_the_old_title() -> None:
    reference = shipped_snapshot().reference
    found = search("NOC 2173")
    successors = reference.concordance["2173"]
    assert tuple(match.noc for match in found[: len(successors)]) == successors
    assert found[0].kind is MatchKind.FORMER_CODE
    assert found[0].matched_title == reference.noc2016_titles["2173"]
    assert {match.kind for match in search("NOC 2016 2173")} == {MatchKind.FORMER_CODE}


def test_a_code_among_words_comes_first() -> None:
    assert codes("72200 bricklayer")[:2] == ["72200", "72320"]


# --- Ranking ----------------------------------------------------------------------------------------------


def test_every_official_unit_group_title_finds_its_own_group_first() -> None:
    wrong = {
        title: group.code
        for group in shipped_snapshot().reference.unit_groups.values()
        for title in group.title.values()
        if first(title) != group.code
    }
    assert not wrong


def test_a_unit_group_stands_once_with_the_title_that_matched_best() -> None:
    found = search("web developer")
    assert len({match.noc for match in found}) == len(found)
    assert (found[0].matched_title, found[0].language_of_title) == ("Web developer", "en")
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


def test_a_whole_title_is_better_than_a_part_of_a_longer_one() -> None:
    found = search("economist")
    assert found[0].matched_title == "Economist"


def test_of_equal_titles_the_unit_group_title_is_shown_before_a_job_title_and_a_synonym() -> None:
    groups = (unit_group("21100", "Baker"), unit_group("21101", "Cook", "Baker"), unit_group("21102", "Chef"))
    index = SearchIndex(reference_of(*groups), (Synonym("en", "baker", "21102"),))
    assert [match.kind for match in index.search("baker")] == [
        MatchKind.UNIT_GROUP,
        MatchKind.SYNONYM,
        MatchKind.JOB_TITLE,
    ]


def test_of_equal_titles_the_one_of_a_covered_teer_comes_first() -> None:
    groups = (unit_group("14100", "Baker"), unit_group("43100", "Baker"), unit_group("95100", "Baker"))
    assert SearchIndex(reference_of(*groups), ()).search("baker")[0].noc == "43100"


def test_the_teer_never_outranks_a_better_title() -> None:
    groups = (unit_group("15100", "Bread baker"), unit_group("21100", "Bread and cake baker"))
    assert SearchIndex(reference_of(*groups), ()).search("bread baker")[0].noc == "15100"


def test_rare_words_decide_over_common_ones() -> None:
    assert first("zinc operator helper") in {"95100", "93100", "94100"}
    assert "Spectroscopist" in search("spectroscopist technician")[0].matched_title


def test_a_synonym_is_shown_in_its_own_words_and_language() -> None:
    (match, *_) = search("sparky")
    assert (match.noc, match.matched_title, match.language_of_title) == ("72200", "sparky", "en")
    assert match.kind is MatchKind.SYNONYM


def test_a_synonym_for_an_unknown_code_is_passed_over() -> None:
    reference = reference_of(unit_group("21100", "Physicists"))
    assert SearchIndex(reference, (Synonym("en", "boffin", "99999"),)).search("boffin") == ()


def test_the_number_of_results_is_limited() -> None:
    assert len(shipped_index().search("manager")) == 20
    assert len(shipped_index().search("manager", limit=3)) == 3


# --- Anything may be typed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["", " ", "a", "é", "医", "5", "?!", "the of", "de la", "qzxwvk", "\x00", "ー"]
)
def test_what_says_nothing_finds_nothing(query: str) -> None:
    assert search(query) == ()


def test_what_stands_after_the_longest_query_is_not_read() -> None:
    assert search("land surveyor".ljust(MAX_QUERY_LENGTH) + "baker") == search("land surveyor")


def test_an_index_without_titles_answers() -> None:
    assert SearchIndex(reference_of(), ()).search("baker") == ()


titles = st.sampled_from(
    sorted(
        title
        for group in shipped_snapshot().reference.unit_groups.values()
        for title in group.job_titles["fr"][:3]
    )
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(titles, max_size=4).map("".join), st.text("0123 nocNOC-#/")))
def test_no_text_breaks_the_search(query: str) -> None:
    found = search(query)
    assert len(found) <= 20
    assert len({match.noc for match in found}) == len(found)
    assert {match.noc for match in found} <= set(shipped_snapshot().reference.unit_groups)
