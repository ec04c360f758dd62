"""`python manage.py import_concordance FILE`: the correspondence table from NOC 2016."""

from __future__ import annotations

from occupations.importing import concordance_plan
from occupations.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import Statistics Canada's correspondence table from NOC 2016 to a later version."
    kind = concordance_plan.KIND
