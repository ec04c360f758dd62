"""Tables that are not rules: occupations, regions, wages, regulated occupations, names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from occupations import rulebook as rb
from occupations.building.applying import build_applying
from occupations.building.shared_titles import shared_titles
from occupations.building.values import Payload, Row, TextOf, amount


def build_reference(payload: Payload, sources: Mapping[str, rb.Source], text_of: TextOf) -> rb.Reference:
    current = next(row["version"] for row in payload["classifications"] if row["is_current"])
    concordance: dict[str, tuple[str, ...]] = {}
    for row in sorted(payload["concordance"], key=lambda row: (row["noc2016"], row["noc2021"])):
        concordance[row["noc2016"]] = (*concordance.get(row["noc2016"], ()), row["noc2021"])
    country_names: dict[str, dict[str, str]] = defaultdict(dict)
    for row in payload["country_names"]:
        country_names[row["country"]][row["language"]] = row["name"]
    unit_groups = _unit_groups(payload, text_of)
    return rb.Reference(
        classification=current,
        unit_groups=unit_groups,
        shared_titles=shared_titles(unit_groups),
        concordance=concordance,
        noc2016_titles={row["code"]: row["title"] for row in payload["noc2016_groups"]},
        regions=_regions(payload["regions"], text_of),
        wages=_wages(payload, sources),
        regulations=_regulations(payload["regulations"], sources, text_of),
        country_names=dict(country_names),
        differences=_differences(payload, text_of),
        other_doors=_other_doors(payload["other_doors"], text_of),
        synonyms=tuple(
            sorted(
                (rb.Synonym(row["language"], row["phrase"], row["noc"]) for row in payload["synonyms"]),
                key=lambda synonym: (synonym.language, synonym.phrase, synonym.noc),
            )
        ),
        applying=build_applying(payload, sources, text_of),
        guide_texts={
            row["english"]: text_of("guide_text.text", row["text"]) for row in payload.get("guide_texts", ())
        },
    )


def _unit_groups(payload: Payload, text_of: TextOf) -> dict[str, rb.UnitGroup]:
    titles: dict[str, dict[str, list[tuple[bool, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in payload["job_titles"]:
        titles[row["code"]][row["language"]].append((not row["illustrative"], row["title"]))
    return {
        row["code"]: rb.UnitGroup(
            code=row["code"],
            teer=row["teer"],
            title={**text_of("unit_group.title", row["title_en"]), "fr": row["title_fr"]},
            job_titles={
                language: tuple(title for _, title in sorted(found))
                for language, found in sorted(titles[row["code"]].items())
            },
        )
        for row in sorted(payload["unit_groups"], key=lambda row: str(row["code"]))
    }


def _regions(rows: Sequence[Row], text_of: TextOf) -> dict[str, rb.Region]:
    national = tuple(row["code"] for row in rows if row["level"] == rb.RegionLevel.NATIONAL)
    provinces = {row["province"]: row["code"] for row in rows if row["level"] == rb.RegionLevel.PROVINCE}

    def wider(row: Row) -> tuple[str, ...]:
        if row["level"] == rb.RegionLevel.NATIONAL:
            return ()
        if row["level"] == rb.RegionLevel.PROVINCE:
            return national
        return (provinces[row["province"]], *national)

    return {
        row["code"]: rb.Region(
            code=row["code"],
            level=rb.RegionLevel(row["level"]),
            province=row["province"],
            is_territory=row["is_territory"],
            name={**text_of("region.name", row["name_en"]), "fr": row["name_fr"]},
            wider=wider(row),
        )
        for row in sorted(rows, key=lambda row: str(row["code"]))
    }


def _wages(payload: Payload, sources: Mapping[str, rb.Source]) -> dict[tuple[str, str], tuple[rb.Wage, ...]]:
    vintages = {
        row["edition"]: rb.WageVintage(
            edition=row["edition"],
            available_from=date.fromisoformat(row["available_from"]),
            source=sources[row["source"]],
        )
        for row in payload["wage_vintages"]
    }
    found: dict[tuple[str, str], list[rb.Wage]] = defaultdict(list)
    # Equal values are kept once: a year has 44,376 rows, and few different words.
    shared = lru_cache(maxsize=None)(amount)
    same = lru_cache(maxsize=None)(str)
    for row in payload["wages"]:
        if row["median"] is not None:
            found[row["noc"], row["region"]].append(_wage(row, vintages[row["vintage"]], shared, same))
    return {
        key: tuple(sorted(wages, key=lambda wage: wage.vintage.available_from, reverse=True))
        for key, wages in found.items()
    }


def _wage(
    row: Row,
    vintage: rb.WageVintage,
    shared: Callable[[str | None], Decimal | None],
    same: Callable[[str], str],
) -> rb.Wage:
    return rb.Wage(
        noc=same(row["noc"]),
        region=same(row["region"]),
        vintage=vintage,
        low=shared(row["low"]),
        median=shared(row["median"]),
        high=shared(row["high"]),
        annual=row["annual"],
        reference_period=same(row["reference_period"]),
        origin=same(row["origin"]),
    )


def _regulations(
    rows: Sequence[Row], sources: Mapping[str, rb.Source], text_of: TextOf
) -> dict[str, tuple[rb.Regulation, ...]]:
    found: dict[str, list[rb.Regulation]] = defaultdict(list)
    for row in sorted(
        rows, key=lambda row: (row["noc"], row["province"], row["source"], row["regulator"], row["note"])
    ):
        regulation = rb.Regulation(
            noc=row["noc"],
            province=row["province"],
            kind=rb.RegulationKind(row["kind"]),
            regulator=row["regulator"],
            note=text_of("regulation.note", row["note"]) if row["note"] else {},
            as_of=row["as_of"],
            source=sources[row["source"]],
        )
        found[row["noc"]].append(regulation)
    return {noc: tuple(items) for noc, items in found.items()}


def _differences(payload: Payload, text_of: TextOf) -> dict[str, rb.Difference]:
    says: dict[str, dict[str, rb.Texts]] = defaultdict(dict)
    for row in payload["difference_texts"]:
        says[row["difference"]][row["edition"]] = text_of("difference.says", row["says"])
    return {
        row["id"]: rb.Difference(
            id=row["id"], topic=text_of("difference.topic", row["topic"]), says=dict(says[row["id"]])
        )
        for row in sorted(payload["differences"], key=lambda row: str(row["id"]))
    }


def _other_doors(rows: Sequence[Row], text_of: TextOf) -> tuple[rb.OtherDoor, ...]:
    return tuple(
        rb.OtherDoor(
            country=row["country"],
            name=text_of("other_door.name", row["name"]),
            code=row["code"],
            text=text_of("other_door.text", row["text"]),
            fact_ids=tuple(row["fact_ids"]),
        )
        for row in sorted(
            rows, key=lambda row: (row["country"] == rb.EVERY_COUNTRY, row["country"], row["name"])
        )
    )
