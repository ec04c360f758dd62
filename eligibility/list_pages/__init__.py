"""What the public lists show: contexts of the templates in `templates/lists/`, from a Rulebook and nothing else."""

from __future__ import annotations

from eligibility.list_pages.country import country
from eligibility.list_pages.missing import NotListed, known_country, not_found
from eligibility.list_pages.overview import compare, overview
from eligibility.list_pages.unit_group import unit_group

__all__ = ["NotListed", "compare", "country", "known_country", "not_found", "overview", "unit_group"]
