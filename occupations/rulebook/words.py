"""The words of the rules, and one text in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

DEFAULT_LANGUAGE = "en"
EVERY_COUNTRY = "*"
EVERY_PROVINCE = "ALL"

Texts = Mapping[str, str]
"""One text in several languages: language code -> text. English is always there."""


def text_in(texts: Texts, language: str) -> str:
    """The text in `language`, or in English where no translation exists."""
    return texts.get(language) or texts[DEFAULT_LANGUAGE]


class Category(StrEnum):
    PROFESSIONAL = "professional"
    TECHNICIAN = "technician"


class Effect(StrEnum):
    INCLUDE = "include"
    EXCLUDE = "exclude"


class CredentialRule(StrEnum):
    """Which credentials count (C-7, C-8)."""

    DEGREE = "degree"
    DEGREE_OR_TECHNICAL = "degree_or_technical"
    ASSOCIATE_OR_HIGHER = "associate_or_higher"


class RegionLevel(StrEnum):
    NATIONAL = "national"
    PROVINCE = "province"
    ECONOMIC_REGION = "economic_region"


class RegulationKind(StrEnum):
    """What a province asks of an occupation (C-21)."""

    LICENCE = "licence"
    CERTIFICATE = "certificate"
    COMPULSORY_TRADE = "compulsory_trade"
    TITLE = "title"
    UPCOMING = "upcoming"
    VOLUNTARY = "voluntary"
    NONE = "none"
