"""Tables that staff keep. What a row means for an assessment is said in `occupations.rulebook`."""

from occupations.models.applying import AdviceLine, ApplicationRoute, ApplicationRule, Fee, PermitTerm
from occupations.models.classification import (
    Classification,
    ConcordancePair,
    JobTitle,
    Noc2016Group,
    NocGroup,
    UnitGroup,
)
from occupations.models.doors import OtherDoor
from occupations.models.drafts import DraftStart
from occupations.models.editions import Condition, Country, Edition, Requirement
from occupations.models.grounds import Citation, CriterionFacts
from occupations.models.guide import GuideText
from occupations.models.history import Change
from occupations.models.imports import ImportRecord, Upload, UploadedFile
from occupations.models.lists import OccupationRule, UncodedEntry
from occupations.models.periods import EditionCheck, PeriodInForce, SourceCheck
from occupations.models.reviews import EditionAuthor, EditionReview, ReviewStep
from occupations.models.revision import DataRevision, LoadedFile
from occupations.models.sources import Difference, DifferenceText, Fact, Source, Translation
from occupations.models.synonyms import OccupationSynonym
from occupations.models.wages import CountryName, Region, Regulation, Wage, WageVintage

__all__ = [
    "AdviceLine",
    "ApplicationRoute",
    "ApplicationRule",
    "Change",
    "Citation",
    "Classification",
    "ConcordancePair",
    "Condition",
    "Country",
    "CountryName",
    "CriterionFacts",
    "DataRevision",
    "Difference",
    "DifferenceText",
    "DraftStart",
    "Edition",
    "EditionAuthor",
    "EditionCheck",
    "EditionReview",
    "Fact",
    "Fee",
    "GuideText",
    "ImportRecord",
    "JobTitle",
    "LoadedFile",
    "Noc2016Group",
    "NocGroup",
    "OccupationRule",
    "OccupationSynonym",
    "OtherDoor",
    "PeriodInForce",
    "PermitTerm",
    "Region",
    "Regulation",
    "Requirement",
    "ReviewStep",
    "Source",
    "SourceCheck",
    "Translation",
    "UncodedEntry",
    "UnitGroup",
    "Upload",
    "UploadedFile",
    "Wage",
    "WageVintage",
]
