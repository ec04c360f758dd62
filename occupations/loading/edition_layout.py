"""The files of an edition: one folder each, named by the edition's slug."""

from __future__ import annotations

from occupations.loading import columns as c
from occupations.loading.columns import Column
from occupations.loading.table import Table, optional_text, several
from occupations.rulebook import Category, CredentialRule, Effect

CRITERIA = (
    "country-status",
    "job-offer",
    "occupation",
    "education",
    "experience",
    "wage",
    "licensing",
    "language",
    "self-employment",
)
FACTS = several("fact_ids", c.fact_id)
STATUS = c.choice("citizen", "permanent_resident")

EDITION_TABLES = (
    Table(
        "editions",
        "editions/*/edition.json",
        (
            Column("slug", c.edition_slug),
            Column("title", c.text),
            Column("short_name", c.text),
            Column("summary", c.text),
            Column("publisher", c.text),
            Column("url", c.web_address),
            Column("classification", c.text),
            Column("source_modified", c.day, required=False),
            Column("read_on", c.day),
            Column("effective_from", c.day),
            Column("effective_to", c.day, required=False),
            Column("is_comparison", c.yes_or_no),
        ),
        key=("slug",),
    ),
    Table(
        "countries",
        "editions/*/countries.csv",
        (
            Column("country", c.country_code),
            Column("covered", c.yes_or_no),
            several("statuses", STATUS, required=False),
            several("spouse_statuses", STATUS, required=False),
            Column("visa_exempt", c.yes_or_no),
            Column("eta", c.yes_or_no),
            optional_text("note"),
            FACTS,
        ),
        key=("edition", "country"),
        folder="edition",
    ),
    Table(
        "requirements",
        "editions/*/requirements.csv",
        (
            Column("country", c.country_or_every),
            Column("category", c.member(Category)),
            several("teers", c.teer),
            Column("min_education_years", c.decimal),
            Column("credential_rule", c.member(CredentialRule)),
            Column("equivalent_years_with_letter", c.decimal, required=False),
            Column("equivalent_country", c.country_code, required=False),
            Column("min_experience_years", c.decimal),
            Column("degree_field_related_required", c.yes_or_no),
            Column("licence_grace_months", c.whole_number),
            FACTS,
        ),
        key=("edition", "country", "category"),
        folder="edition",
    ),
    Table(
        "conditions",
        "editions/*/conditions.csv",
        (Column("slug", c.condition_slug), Column("question", c.text), optional_text("help")),
        key=("edition", "slug"),
        folder="edition",
        numbered=True,
    ),
    Table(
        "occupation_rules",
        "editions/*/occupation_rules.csv",
        (
            Column("country", c.country_code),
            Column("category", c.member(Category)),
            Column("effect", c.member(Effect)),
            Column("certain", c.yes_or_no),
            Column("noc", c.noc_code, required=False),
            several("teers", c.teer, required=False),
            Column("when", c.condition_slug, required=False),
            Column("unless", c.condition_slug, required=False),
            Column("list_entry", c.text),
            Column("confidence", c.text),
            Column("min_education_years", c.decimal, required=False),
            optional_text("education_note"),
            optional_text("note"),
            FACTS,
        ),
        key=("edition", "position"),
        folder="edition",
        numbered=True,
    ),
    Table(
        "uncoded_entries",
        "editions/*/uncoded_entries.csv",
        (
            Column("country", c.country_code),
            Column("category", c.member(Category)),
            Column("effect", c.member(Effect)),
            Column("certain", c.yes_or_no),
            Column("list_entry", c.text),
            optional_text("note"),
            FACTS,
        ),
        key=("edition", "position"),
        folder="edition",
        numbered=True,
    ),
    Table(
        "criterion_facts",
        "editions/*/criterion_facts.csv",
        (Column("criterion", c.choice(*CRITERIA)), FACTS),
        key=("edition", "criterion"),
        folder="edition",
    ),
    Table(
        "citations",
        "editions/*/citations.csv",
        (Column("fact", c.fact_id), several("sources", c.source_id)),
        key=("edition", "fact"),
        folder="edition",
    ),
)

PERIODS = Table(
    "periods_in_force",
    "periods_in_force.csv",
    (
        Column("edition", c.edition_slug),
        Column("first_day", c.day),
        Column("last_day", c.day, required=False),
        Column("reason", c.text),
    ),
    key=("edition", "first_day"),
)
