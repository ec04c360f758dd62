"""What the database itself refuses, and the revision that it keeps (docs/decisions: guards in the database).

Plain triggers rather than django-pgtrigger's: those can be switched off by a setting of the session.
"""

from __future__ import annotations

from django.db import migrations

RULE_TABLES = (
    "country",
    "requirement",
    "condition",
    "occupationrule",
    "uncodedentry",
    "criterionfacts",
    "citation",
)
PUBLIC_TABLES = (
    "source",
    "fact",
    "difference",
    "differencetext",
    "translation",
    "classification",
    "nocgroup",
    "unitgroup",
    "jobtitle",
    "noc2016group",
    "concordancepair",
    "region",
    "wagevintage",
    "wage",
    "regulation",
    "countryname",
    "periodinforce",
)
SEEN = {
    "INSERT": "REFERENCING NEW TABLE AS changed",
    "UPDATE": "REFERENCING OLD TABLE AS changed NEW TABLE AS changed_to",
    "DELETE": "REFERENCING OLD TABLE AS changed",
}

TODAY = """
CREATE FUNCTION occupations_today() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (now() AT TIME ZONE 'America/Toronto')::date
$$;
"""

STATE_IN_A_SENTENCE = """
CREATE FUNCTION occupations_said(state text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE state WHEN 'draft' THEN 'a draft' ELSE replace(state, '_', ' ') END
$$;
"""

GUARD_RULES = """
CREATE FUNCTION occupations_guard_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    slugs text[];
    found record;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        SELECT array_agg(slug) INTO slugs FROM occupations_edition;
    ELSIF TG_OP = 'UPDATE' THEN
        SELECT array_agg(edition_id) INTO slugs
        FROM (SELECT edition_id FROM changed UNION SELECT edition_id FROM changed_to) AS both_sides;
    ELSE
        SELECT array_agg(DISTINCT edition_id) INTO slugs FROM changed;
    END IF;
    -- The lock holds a publication back until this transaction has ended.
    FOR found IN
        SELECT slug, state FROM occupations_edition WHERE slug = ANY (slugs) ORDER BY slug FOR SHARE
    LOOP
        IF found.state <> 'draft' THEN
            RAISE EXCEPTION 'The edition % is %, so its rules cannot be changed. Copy it to a draft, change the draft and publish that.',
                found.slug, occupations_said(found.state)
                USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
"""

GUARD_EDITION = """
CREATE FUNCTION occupations_guard_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'A new edition begins as a draft. Add % as a draft, then send it to review and publish it.', NEW.slug
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'The edition % is % and cannot be deleted. Only a draft can be deleted.',
                OLD.slug, occupations_said(OLD.state)
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'in_review'), ('in_review', 'draft'), ('in_review', 'published'), ('published', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'The edition % cannot go from % to %. The way is draft, in review (and back to draft), published, withdrawn.',
            OLD.slug, replace(OLD.state, '_', ' '), replace(NEW.state, '_', ' ')
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.state <> 'draft' OR NEW.state <> 'draft')
        AND (to_jsonb(OLD) - 'state') <> (to_jsonb(NEW) - 'state')
    THEN
        RAISE EXCEPTION 'The edition % is %, so its texts and dates cannot be changed. Copy it to a draft, change the draft and publish that.',
            OLD.slug, occupations_said(OLD.state)
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> NEW.state AND NEW.state = 'withdrawn' AND EXISTS (
        SELECT 1 FROM occupations_periodinforce
        WHERE edition_id = OLD.slug AND days && daterange(occupations_today(), NULL)
    ) THEN
        RAISE EXCEPTION 'The edition % decides today or on a later day, so it cannot be withdrawn. Put another edition in force first.',
            OLD.slug
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION occupations_guard_edition_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM occupations_edition WHERE state <> 'draft') THEN
        RAISE EXCEPTION 'Published editions cannot be removed, so this table cannot be emptied.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER guard_edition BEFORE INSERT OR UPDATE OR DELETE ON occupations_edition
    FOR EACH ROW EXECUTE FUNCTION occupations_guard_edition();
CREATE TRIGGER guard_edition_truncate BEFORE TRUNCATE ON occupations_edition
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_guard_edition_truncate();
"""

GUARD_PERIODS = """
CREATE FUNCTION occupations_guard_period() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    past daterange := daterange(NULL, occupations_today());
    edition_state text;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'The record of which edition decided on which day cannot be erased.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.days && past THEN
            RAISE EXCEPTION 'The period of % has days in the past, which stay on record. End it and add another instead.',
                OLD.edition_id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        NEW.added_at := now();
        -- The very first rows tell which edition decided before this record began.
        IF NEW.days && past AND EXISTS (SELECT 1 FROM occupations_periodinforce WHERE added_at < now()) THEN
            RAISE EXCEPTION 'A period cannot begin in the past. Let % begin today (%) or later.',
                NEW.edition_id, occupations_today()
                USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF OLD.days * past <> NEW.days * past OR (
        OLD.days && past AND (to_jsonb(OLD) - 'days') <> (to_jsonb(NEW) - 'days')
    ) THEN
        RAISE EXCEPTION 'Past days of the period of % stay as they are. Only its days from today (%) on can be changed.',
            OLD.edition_id, occupations_today()
            USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT state INTO edition_state FROM occupations_edition WHERE slug = NEW.edition_id FOR SHARE;
    IF edition_state IS NOT NULL AND edition_state <> 'published' AND NEW.days && daterange(occupations_today(), NULL) THEN
        RAISE EXCEPTION 'The edition % is %. Only a published edition can decide.',
            NEW.edition_id, occupations_said(edition_state)
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION occupations_check_no_gap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    covered datemultirange;
BEGIN
    SELECT range_agg(days) INTO covered FROM occupations_periodinforce;
    IF covered IS NOT NULL AND (NOT upper_inf(covered) OR (SELECT count(*) FROM unnest(covered)) > 1) THEN
        RAISE EXCEPTION 'Every day from the first period on needs an edition that decides. Now only these days have one: %.',
            covered
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER guard_period BEFORE INSERT OR UPDATE OR DELETE ON occupations_periodinforce
    FOR EACH ROW EXECUTE FUNCTION occupations_guard_period();
CREATE TRIGGER guard_period_truncate BEFORE TRUNCATE ON occupations_periodinforce
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_guard_period();
CREATE CONSTRAINT TRIGGER period_no_gap AFTER INSERT OR UPDATE OR DELETE ON occupations_periodinforce
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION occupations_check_no_gap();
"""

GUARD_WAGES = """
CREATE FUNCTION occupations_guard_vintage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.added_at := now();
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Wages that were published once stay as they are. Load a correction as a new data year, such as 2025-2.'
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION occupations_guard_new_wages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM changed JOIN occupations_wagevintage AS vintage ON vintage.edition = changed.vintage_id
        WHERE vintage.added_at <> now()
    ) THEN
        RAISE EXCEPTION 'Wages are stored together with their data year. Load further wages as a new data year, such as 2025-2.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION occupations_guard_unit_group() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.code, OLD.teer, OLD.classification_id) <> (NEW.code, NEW.teer, NEW.classification_id) THEN
        RAISE EXCEPTION 'The code % keeps its meaning, because published lists name it. Add a new classification instead.',
            OLD.code
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_vintage BEFORE INSERT OR UPDATE OR DELETE ON occupations_wagevintage
    FOR EACH ROW EXECUTE FUNCTION occupations_guard_vintage();
CREATE TRIGGER guard_vintage_truncate BEFORE TRUNCATE ON occupations_wagevintage
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_guard_vintage();
CREATE TRIGGER guard_wages BEFORE UPDATE OR DELETE OR TRUNCATE ON occupations_wage
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_guard_vintage();
CREATE TRIGGER guard_new_wages AFTER INSERT ON occupations_wage
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION occupations_guard_new_wages();
CREATE TRIGGER guard_unit_group BEFORE UPDATE ON occupations_unitgroup
    FOR EACH ROW EXECUTE FUNCTION occupations_guard_unit_group();
"""

REVISION = """
INSERT INTO occupations_datarevision (id, number, changed_at) VALUES (1, 0, clock_timestamp());

CREATE FUNCTION occupations_raise_revision() RETURNS void LANGUAGE sql AS $$
    INSERT INTO occupations_datarevision AS revision (id, number, changed_at) VALUES (1, 1, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET number = revision.number + 1, changed_at = clock_timestamp()
$$;

CREATE FUNCTION occupations_public_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM occupations_raise_revision();
    ELSIF EXISTS (SELECT 1 FROM changed) THEN
        PERFORM occupations_raise_revision();
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION occupations_edition_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only these states are public, and in them nothing but the state can change.
    IF EXISTS (SELECT 1 FROM changed_to WHERE state IN ('published', 'withdrawn')) THEN
        PERFORM occupations_raise_revision();
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER revision_update AFTER UPDATE ON occupations_edition
    REFERENCING OLD TABLE AS changed NEW TABLE AS changed_to
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_edition_change();
"""

SAME_EDITION = """
ALTER TABLE occupations_occupationrule
    ADD CONSTRAINT occupation_rule_when_of_its_edition FOREIGN KEY (edition_id, "when")
        REFERENCES occupations_condition (edition_id, slug) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT occupation_rule_unless_of_its_edition FOREIGN KEY (edition_id, "unless")
        REFERENCES occupations_condition (edition_id, slug) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT occupation_rule_country_of_its_edition FOREIGN KEY (edition_id, country)
        REFERENCES occupations_country (edition_id, country) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE occupations_uncodedentry
    ADD CONSTRAINT uncoded_entry_country_of_its_edition FOREIGN KEY (edition_id, country)
        REFERENCES occupations_country (edition_id, country) DEFERRABLE INITIALLY DEFERRED;
"""


def triggers(table: str, name: str, function: str) -> str:
    """One trigger a kind of statement, because each sees other transition tables."""
    statements = [
        f"CREATE TRIGGER {name}_{kind.lower()} AFTER {kind} ON occupations_{table} {seen} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
        for kind, seen in SEEN.items()
    ]
    statements.append(
        f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON occupations_{table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
    )
    return "\n".join(statements)


GUARDS = "\n".join(
    [
        TODAY,
        STATE_IN_A_SENTENCE,
        GUARD_RULES,
        *(triggers(table, "guard", "occupations_guard_rules") for table in RULE_TABLES),
        GUARD_EDITION,
        GUARD_PERIODS,
        GUARD_WAGES,
        REVISION,
        *(triggers(table, "revision", "occupations_public_change") for table in PUBLIC_TABLES),
        SAME_EDITION,
    ]
)

UNDO = """
ALTER TABLE occupations_uncodedentry DROP CONSTRAINT uncoded_entry_country_of_its_edition;
ALTER TABLE occupations_occupationrule
    DROP CONSTRAINT occupation_rule_when_of_its_edition,
    DROP CONSTRAINT occupation_rule_unless_of_its_edition,
    DROP CONSTRAINT occupation_rule_country_of_its_edition;
DROP FUNCTION occupations_edition_change, occupations_public_change, occupations_raise_revision,
    occupations_guard_unit_group, occupations_guard_new_wages, occupations_guard_vintage,
    occupations_check_no_gap, occupations_guard_period, occupations_guard_edition_truncate,
    occupations_guard_edition, occupations_guard_rules, occupations_said, occupations_today CASCADE;
DELETE FROM occupations_datarevision;
"""


class Migration(migrations.Migration):
    dependencies = [("occupations", "0001_tables")]

    operations = [migrations.RunSQL(GUARDS, UNDO)]
