"""Impact: what another edition would change, shown on a generated population and on reference cases.

Pure, like the rules: no database, no Django, no prose. `eligibility.staff` shows it.
"""

from eligibility.impact.cases import Case, CaseRun, criteria_json, read_verdict, run, shipped_cases
from eligibility.impact.comparing import Change, Counts, Group, Report, Verdict, report, verdict
from eligibility.impact.population import SEED, SIZE, Targets, population
from eligibility.impact.profiles import Origin, Profile

__all__ = [
    "SEED",
    "SIZE",
    "Case",
    "CaseRun",
    "Change",
    "Counts",
    "Group",
    "Origin",
    "Profile",
    "Report",
    "Targets",
    "Verdict",
    "criteria_json",
    "population",
    "read_verdict",
    "report",
    "run",
    "shipped_cases",
    "verdict",
]
