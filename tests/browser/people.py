"""Visitors of the browser tests: what each one answers, in the names of the answers contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Person = dict[str, Any]

_CASES = Path(__file__).parent.parent / "data" / "profiles.jsonl"
_PUBLISHED = {
    case["id"]: case["answers"] for case in map(json.loads, _CASES.read_text(encoding="utf-8").splitlines())
}

ENGINEER: Person = {
    "country": "MX",
    "status": "citizen",
    "noc": "21231",
    "education_level": "bachelor",
    "education_years": "4",
    "degree_field_related": True,
    "experience_years": "5",
    "experience_part_time": False,
    "region": "ER3530",
    "licence_needed": False,
    "works_in_english_or_french": True,
    "language_evidence": ["schooling", "work"],
    "offer_language_met": True,
    "job_offer": "written",
    "wage_amount": "8000",
    "wage_period": "month",
    "hours_per_week": "37.5",
    "wage_allowances": "250",
    "prevailing_wage_hourly": "46.15",
    "employer_scale_hourly": "45",
    "controls_employer": False,
    "current_location": "in_canada_visitor",
    "passport_country": "MX",
    "has_partner": True,
    "offer_start_date": "2027-03-01",
    "offer_months": "24",
    "passport_expiry": "2031-06-30",
}
"""Eligible; answers every question that a Mexican software engineer is asked."""

NURSE: Person = _PUBLISHED["pub-09"]
"""Not eligible from the occupation on: an early result."""

CHEMIST: Person = _PUBLISHED["pub-12"]
"""Japanese, with questions about the details of the job."""

DEVELOPER: Person = _PUBLISHED["pub-24"]
"""Needs more information: no usual wage was found."""

SHORT_DEGREE: Person = _PUBLISHED["pub-22"]
"""Australian with a degree of three years and the employer's letter."""

LOW_PAY: Person = _PUBLISHED["pub-14"]
"""Mexican whose offer is below the usual wage."""

DIPLOMA: Person = {**_PUBLISHED["pub-06"], "education_level": "diploma"}
"""Japanese technician whose diploma may equal an associate degree."""

LICENSED: Person = _PUBLISHED["pub-15"]
"""Japanese civil engineer in Ontario, where a regulator is named."""

UNSURE: Person = {"country": "MX", "status": "citizen"}
"""Says "I do not know yet" wherever that is possible."""

NO_OFFER: Person = _PUBLISHED["pub-13"]
"""Australian without an offer."""
