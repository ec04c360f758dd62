"""House rules that a machine can check: imports run one way, no policy stands in code (design, 3 and 4)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.eligibility.rules.cases import shipped

ROOT = Path(__file__).resolve().parent.parent
OURS = ("cptpp_site", "eligibility", "occupations")
RULES = sorted((ROOT / "eligibility" / "rules").glob("*.py"))
JUDGING = [path for path in RULES if path.stem not in {"reading", "outcomes", "answers"}]


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The full name of everything that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def test_rules_import_nothing_of_ours_but_the_rulebook_and_no_django() -> None:
    for path in RULES:
        for name in imported(path):
            if is_in(name.split(".")[0], "django") or any(is_in(name, package) for package in OURS):
                assert is_in(name, "eligibility.rules") or is_in(name, "occupations.rulebook"), (path, name)


def test_the_rulebook_imports_nothing_of_ours_and_no_django() -> None:
    for path in modules("occupations/rulebook"):
        for name in imported(path):
            is_own = is_in(name, "occupations.rulebook")
            assert is_own or name.split(".")[0] not in {*OURS, "django"}, (path, name)


@pytest.mark.parametrize(
    ("package", "never"), [("occupations", "eligibility"), ("eligibility", "cptpp_site")]
)
def test_imports_run_one_way(package: str, never: str) -> None:
    for path in modules(package):
        assert [name for name in imported(path) if is_in(name, never)] == [], path


def policy_files() -> list[Path]:
    """Everything under `eligibility/` that is text of ours."""
    suffixes = {".py", ".html", ".txt"}
    return [path for path in sorted((ROOT / "eligibility").rglob("*")) if path.suffix in suffixes]


def test_no_country_code_stands_in_the_eligibility_code() -> None:
    codes = {country for edition in shipped().editions.values() for country in edition.countries}
    word = re.compile(rf"\b({'|'.join(sorted(codes))})\b")
    found = {
        (path.name, code)
        for path in policy_files()
        for code in word.findall(path.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_no_occupation_or_region_code_stands_in_the_eligibility_code() -> None:
    known = set(shipped().reference.unit_groups) | set(shipped().reference.regions)
    code = re.compile(r"\b(?:\d{5}|ER\d{2,4})\b")
    found = {
        (path.name, each)
        for path in policy_files()
        for each in code.findall(path.read_text(encoding="utf-8"))
    }
    assert {each for each in found if each[1] in known} == set()


def thresholds() -> set[Decimal]:
    """Every number of a requirement row, but for none and one."""
    rows = [row for edition in shipped().editions.values() for row in edition.requirements.values()]
    numbers: set[Decimal] = set()
    for row in rows:
        numbers |= {row.min_education_years, row.min_experience_years, Decimal(row.licence_grace_months)}
        numbers |= {row.equivalent_years_with_letter or Decimal(0)}
        numbers |= {Decimal(teer) for teer in row.teers}
    return numbers - {Decimal(0), Decimal(1)}


def test_no_threshold_of_an_edition_stands_in_the_rules() -> None:
    numbers = thresholds()
    assert {Decimal(2), Decimal(3), Decimal(4)} <= numbers
    for path in JUDGING:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
                assert Decimal(node.value) not in numbers, (path, node.lineno)


def test_no_floating_point_number_stands_in_the_rules() -> None:
    for path in RULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), (path, node)


@pytest.mark.parametrize(
    "path",
    [*modules("eligibility/rules"), *modules("eligibility/explanations")],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_modules_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, node.name
