"""The check of migrations refuses what would break replicas of the release before."""

from __future__ import annotations

import pytest
from django_migration_linter.sql_analyser.analyser import analyse_sql_statements

from scripts.migration_check import linter


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "is_refused"),
    [
        ('ALTER TABLE "eligibility_feedback" DROP COLUMN "page" CASCADE;', True),
        ('ALTER TABLE "eligibility_feedback" ADD COLUMN "page" varchar(10) NOT NULL;', True),
        ('ALTER TABLE "eligibility_feedback" RENAME TO "remark";', True),
        ('ALTER TABLE "eligibility_feedback" ADD COLUMN "page" varchar(10) NULL;', False),
        ('ALTER TABLE "eligibility_feedback" ADD COLUMN "page" varchar(10) DEFAULT \'x\' NOT NULL;', False),
    ],
)
def test_a_statement_that_the_older_release_cannot_live_with_is_refused(
    statement: str, is_refused: bool
) -> None:
    errors, _ignored, _warnings = analyse_sql_statements(linter().sql_analyser_class, [statement], [])
    assert bool(errors) is is_refused
