"""`python manage.py import_noc FILE ...`: a version of the classification, or its job titles."""

from __future__ import annotations

from occupations.importing import noc_plan
from occupations.management.importing import ImportCommand


class Command(ImportCommand):
    help = (
        "Import Statistics Canada's structure and elements files of the NOC, in English and French; one to four "
        "files, told apart by their headers. A new version stands beside the one in use."
    )
    kind = noc_plan.KIND
    several = True
