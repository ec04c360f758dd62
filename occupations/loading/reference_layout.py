"""The files of the reference tables and of the texts that every edition shares."""

from __future__ import annotations

from occupations.loading import columns as c
from occupations.loading.columns import Column
from occupations.loading.table import Table, optional_text, several
from occupations.rulebook import RegionLevel, RegulationKind

PROVINCES = ("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT")
TRANSLATED = (
    "edition.title",
    "edition.summary",
    "edition.short_name",
    "country.note",
    "condition.question",
    "condition.help",
    "occupation_rule.list_entry",
    "occupation_rule.note",
    "occupation_rule.education_note",
    "uncoded_entry.list_entry",
    "uncoded_entry.note",
    "difference.topic",
    "difference.says",
    "other_door.name",
    "other_door.text",
    "unit_group.title",
    "region.name",
    "application_route.title",
    "application_route.what",
    "application_rule.says",
    "advice_line.says",
    "fee.label",
    "fee.note",
    "regulation.note",
    "guide_text.text",
)
"""Texts that `translations` may hold in another language, by their English wording."""

REFERENCE_TABLES = (
    Table(
        "sources",
        "sources.csv",
        (
            Column("id", c.source_id),
            Column("title", c.text),
            Column("publisher", c.text),
            Column("url", c.web_address, required=False, empty=""),
            Column("dated", c.day, required=False),
            Column("read_on", c.day, required=False),
        ),
        key=("id",),
    ),
    Table(
        "facts",
        "facts.csv",
        (Column("id", c.fact_id), Column("title", c.text), Column("confidence", c.text)),
        key=("id",),
    ),
    Table("differences", "differences.csv", (Column("id", c.fact_id), Column("topic", c.text)), key=("id",)),
    Table(
        "difference_texts",
        "difference_texts.csv",
        (Column("difference", c.fact_id), Column("edition", c.edition_slug), Column("says", c.text)),
        key=("difference", "edition"),
    ),
    Table(
        "classifications",
        "noc2021/classification.csv",
        (
            Column("version", c.text),
            Column("publisher", c.text),
            Column("released", c.day),
            Column("is_current", c.yes_or_no),
        ),
        key=("version",),
    ),
    Table(
        "noc_groups",
        "noc2021/groups.csv",
        (
            Column("code", c.pattern(r"\d{1,4}", "a NOC group code of one to four digits")),
            Column("level", c.choice("broad_category", "major_group", "sub_major_group", "minor_group")),
            Column("title_en", c.text),
            Column("title_fr", c.text),
        ),
        key=("code",),
    ),
    Table(
        "unit_groups",
        "noc2021/unit_groups.csv",
        (
            Column("code", c.noc_code),
            Column("teer", c.teer),
            Column("title_en", c.text),
            Column("title_fr", c.text),
        ),
        key=("code",),
    ),
    *(
        Table(
            "job_titles",
            f"noc2021/job_titles_{language}.csv",
            (Column("code", c.noc_code), Column("title", c.text), Column("illustrative", c.yes_or_no)),
            key=("code", "language", "title"),
            added={"language": language},
        )
        for language in ("en", "fr")
    ),
    Table(
        "noc2016_groups",
        "noc2016/unit_groups.csv",
        (
            Column("code", c.noc2016_code),
            Column("title", c.text),
            Column("skill_level", c.choice("0", "A", "B", "C", "D")),
        ),
        key=("code",),
    ),
    Table(
        "concordance",
        "noc2016/concordance.csv",
        (Column("noc2016", c.noc2016_code), Column("noc2021", c.noc_code), Column("change", c.text)),
        key=("noc2016", "noc2021"),
    ),
    Table(
        "synonyms",
        "synonyms.csv",
        (
            Column("language", c.language_code),
            Column("phrase", c.text),
            Column("noc", c.noc_code),
            Column("why", c.text),
            Column("source", c.text),
        ),
        key=("language", "phrase", "noc"),
    ),
    Table(
        "regions",
        "regions.csv",
        (
            Column("code", c.region_code),
            Column("level", c.member(RegionLevel)),
            Column("province", c.choice(*PROVINCES), required=False),
            Column("is_territory", c.yes_or_no),
            Column("name_en", c.text),
            Column("name_fr", c.text),
            Column("upstream_province", c.text),
        ),
        key=("code",),
    ),
    Table(
        "wage_vintages",
        "wage_vintages.csv",
        (
            Column("edition", c.pattern(r"\d{4}(-\d)?", "the year of the wages, such as 2025 or 2025-2")),
            Column("available_from", c.day),
            Column("classification", c.text),
            Column("source", c.source_id),
        ),
        key=("edition",),
    ),
    Table(
        "wages",
        "wages/*.csv",
        (
            Column("noc", c.noc_code),
            Column("region", c.region_code),
            Column("low", c.decimal, required=False),
            Column("median", c.decimal, required=False),
            Column("high", c.decimal, required=False),
            Column("annual", c.yes_or_no),
            optional_text("reference_period"),
            Column("origin", c.text),
        ),
        key=("vintage", "noc", "region"),
        folder="vintage",
    ),
    Table(
        "regulations",
        "regulations.csv",
        (
            Column("noc", c.noc_code),
            Column("province", c.choice(*PROVINCES, "ALL")),
            Column("kind", c.member(RegulationKind)),
            optional_text("regulator"),
            optional_text("note"),
            Column("as_of", c.pattern(r"\d{4}(-\d{2}){0,2}", "a year, a month or a day, such as 2026-09")),
            Column("source", c.source_id),
        ),
        key=("noc", "province", "source", "regulator", "note"),
    ),
    Table(
        "country_names",
        "country_names.csv",
        (Column("country", c.country_code), Column("language", c.language_code), Column("name", c.text)),
        key=("country", "language"),
    ),
    Table(
        "other_doors",
        "other_doors.csv",
        (
            Column("country", c.country_or_every),
            Column("name", c.text),
            optional_text("code"),
            Column("text", c.text),
            several("fact_ids", c.fact_id),
        ),
        key=("country", "name"),
    ),
    Table(
        "translations",
        "translations/*.csv",
        (Column("context", c.choice(*TRANSLATED)), Column("english", c.text), Column("text", c.text)),
        key=("context", "english", "language"),
        folder="language",
    ),
)
