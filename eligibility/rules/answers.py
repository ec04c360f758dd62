"""Answers: what a visitor said. A frozen value of which every field may be missing (facts, section 9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Any, Final, Self

from eligibility.rules import reading
from eligibility.rules.vocabulary import (
    LOOK_UP,
    CurrentLocation,
    EducationLevel,
    JobOffer,
    LanguageEvidence,
    LicenceHeld,
    LookUp,
    Status,
    WagePeriod,
)
from occupations.rulebook import Reference

NO_CONDITIONS: Final[Mapping[str, bool]] = MappingProxyType({})
MAX_PROBLEMS = 20


class AnswersError(ValueError):
    """Answers outside the contract (C-27). `problems` holds (field, full sentence) for everything wrong."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(" ".join(f"{name}: {sentence}" for name, sentence in problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a visitor said. None is "not answered"; LOOK_UP is "take it from the tables" (C-20, C-21)."""

    country: str | None = None
    status: Status | None = None
    noc: str | None = None
    conditions: Mapping[str, bool] = field(default_factory=lambda: NO_CONDITIONS)
    education_level: EducationLevel | None = None
    education_years: Decimal | None = None
    education_country: str | None = None
    degree_field_related: bool | None = None
    employer_equivalence_letter: bool | None = None
    associate_equivalent: bool | None = None
    experience_years: Decimal | None = None
    experience_part_time: bool | None = None
    licence_needed: bool | LookUp | None = LOOK_UP
    licence_held: LicenceHeld | None = None
    licence_within_4_months: bool | None = None
    language_evidence: frozenset[LanguageEvidence] | None = None
    works_in_english_or_french: bool | None = None
    offer_language_met: bool | None = None
    job_offer: JobOffer | None = None
    region: str | None = None
    wage_amount: Decimal | None = None
    wage_period: WagePeriod | None = None
    hours_per_week: Decimal | None = None
    wage_allowances: Decimal | None = None
    prevailing_wage_hourly: Decimal | LookUp | None = LOOK_UP
    employer_scale_hourly: Decimal | None = None
    controls_employer: bool | None = None
    passport_country: str | None = None
    current_location: CurrentLocation | None = None
    has_partner: bool | None = None
    offer_start_date: date | None = None
    passport_expiry: date | None = None
    offer_months: int | None = None

    @classmethod
    def parse(cls, raw: Mapping[str, object], reference: Reference) -> Self:
        """Answers from raw JSON values (C-23, C-27).

        Raises AnswersError that names every field that is wrong, at most MAX_PROBLEMS of them.
        """
        return cls(**cls._values(raw, reference))

    def with_more(self, raw: Mapping[str, object], reference: Reference) -> Self:
        """These answers and those of `raw`, which come in place of earlier ones. Raises as `parse` does."""
        if not raw:
            return self
        more = object.__new__(type(self))
        # A replay does this for each step; dataclasses.replace would set all the fields one by one.
        more.__dict__.update(self.__dict__, **self._values(raw, reference))
        return more

    @classmethod
    def _values(cls, raw: Mapping[str, object], reference: Reference) -> dict[str, Any]:
        if type(raw) is not dict and not isinstance(raw, Mapping):
            raise AnswersError(
                [("answers", f"An object of answers is needed, and not {reading.shown(raw)}.")]
            )
        values: dict[str, Any] = {}
        problems: list[tuple[str, str]] = []
        for name, value in raw.items():
            reader = READERS.get(name)
            if reader is None:
                problems.append((_short_name(name), f"There is no answer called {reading.shown(name)}."))
            elif value is not None or name in LOOKED_UP:
                try:
                    values[name] = None if value is None else reader(value, reference)
                except reading.Refused as refusal:
                    problems.append((name, str(refusal)))
            if len(problems) == MAX_PROBLEMS:
                break
        if problems:
            raise AnswersError(problems)
        return values

    def to_json(self) -> dict[str, object]:
        """Raw JSON values of what was answered: the inverse of `parse`."""
        raw: dict[str, object] = {}
        for name, value in self.__dict__.items():
            if value is LOOK_UP or value is NO_CONDITIONS or (value is None and name not in LOOKED_UP):
                continue
            raw[name] = _to_raw(value)
        return raw


_RAW_ALREADY: Final = frozenset({str, bool, int, type(None)})


def _short_name(name: object) -> str:
    return str(name)[: reading.SHOWN_CHARACTERS]


def _to_raw(value: object) -> object:
    if type(value) in _RAW_ALREADY:
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    return dict(value) if isinstance(value, Mapping) else value


Reader = Callable[[object, Reference], object]


def _alone(read: Callable[[object], object]) -> Reader:
    """A reader for values that can be judged without the reference tables."""
    return lambda value, reference: read(value)


def _word(words: type[StrEnum]) -> Reader:
    return _alone(partial(reading.read_word, words=reading.by_word(words)))


_YES_NO = _alone(reading.read_yes_no)
_DECIMAL = _alone(reading.read_decimal)
_DATE = _alone(reading.read_date)

LOOKED_UP: Final = frozenset({"prevailing_wage_hourly", "licence_needed"})
"""Fields in which null differs from a missing key."""

READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "country": reading.read_country,
        "status": _word(Status),
        "noc": reading.read_noc,
        "conditions": _alone(lambda value: MappingProxyType(reading.read_conditions(value)) or NO_CONDITIONS),
        "education_level": _word(EducationLevel),
        "education_years": _DECIMAL,
        "education_country": reading.read_country,
        "degree_field_related": _YES_NO,
        "employer_equivalence_letter": _YES_NO,
        "associate_equivalent": _YES_NO,
        "experience_years": _DECIMAL,
        "experience_part_time": _YES_NO,
        "licence_needed": _YES_NO,
        "licence_held": _word(LicenceHeld),
        "licence_within_4_months": _YES_NO,
        "language_evidence": _alone(reading.read_words),
        "works_in_english_or_french": _YES_NO,
        "offer_language_met": _YES_NO,
        "job_offer": _word(JobOffer),
        "region": reading.read_region,
        "wage_amount": _DECIMAL,
        "wage_period": _word(WagePeriod),
        "hours_per_week": _DECIMAL,
        "wage_allowances": _DECIMAL,
        "prevailing_wage_hourly": _DECIMAL,
        "employer_scale_hourly": _DECIMAL,
        "controls_employer": _YES_NO,
        "passport_country": reading.read_country,
        "current_location": _word(CurrentLocation),
        "has_partner": _YES_NO,
        "offer_start_date": _DATE,
        "passport_expiry": _DATE,
        "offer_months": _alone(reading.read_whole_number),
    }
)
