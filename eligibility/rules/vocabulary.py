"""The words that Answers are made of: the value lists of the answers contract (facts, section 9)."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Final


class LookUp(Enum):
    """Marks an answer that was not given and is found in the tables instead (C-20, C-21).

    For these fields None is an answer of its own: "I looked, and it is not known".
    """

    LOOK_UP = "look up"


LOOK_UP: Final = LookUp.LOOK_UP


class Status(StrEnum):
    """Standing in the CPTPP country relied on (F-01)."""

    CITIZEN = "citizen"
    PERMANENT_RESIDENT = "permanent_resident"
    NEITHER = "neither"


class EducationLevel(StrEnum):
    """Highest relevant credential (C-7, C-8)."""

    NONE = "none"
    SECONDARY = "secondary"
    TRADE_CERTIFICATE = "trade_certificate"
    DIPLOMA = "diploma"
    ASSOCIATE = "associate"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"


class LicenceHeld(StrEnum):
    CANADIAN = "canadian"
    HOME_COUNTRY = "home_country"
    NONE = "none"


class LanguageEvidence(StrEnum):
    SCHOOLING = "schooling"
    WORK = "work"
    CORRESPONDENCE = "correspondence"
    TEST = "test"
    OTHER = "other"


class JobOffer(StrEnum):
    WRITTEN = "written"
    CONTRACT_DIRECT = "contract_direct"
    CONTRACT_VIA_HOME_EMPLOYER = "contract_via_home_employer"
    VERBAL = "verbal"
    NONE = "none"


class WagePeriod(StrEnum):
    HOUR = "hour"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class CurrentLocation(StrEnum):
    OUTSIDE_CANADA = "outside_canada"
    IN_CANADA_VISITOR = "in_canada_visitor"
    IN_CANADA_WORK_PERMIT = "in_canada_work_permit"
    IN_CANADA_STUDY_PERMIT = "in_canada_study_permit"
    IN_CANADA_OTHER = "in_canada_other"
