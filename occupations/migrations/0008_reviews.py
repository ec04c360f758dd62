"""Reviews of editions: who wrote, approved and published them. Rows are only ever added.

The database itself notes the authors, computes the digest of what was looked at, and refuses an approval by an
author and a publication that nobody approved (docs/decisions: a second person approves).
"""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

RULE_TABLES = (
    "country",
    "requirement",
    "condition",
    "occupationrule",
    "uncodedentry",
    "criterionfacts",
    "citation",
)
SEEN = {
    "INSERT": "REFERENCING NEW TABLE AS changed",
    "UPDATE": "REFERENCING OLD TABLE AS changed NEW TABLE AS changed_to",
    "DELETE": "REFERENCING OLD TABLE AS changed",
}

DIGEST = """
CREATE FUNCTION occupations_content_digest(slug text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(coalesce(
        string_agg(kind || content::text, chr(10) ORDER BY kind COLLATE "C", content::text COLLATE "C"), ''
    ), 'UTF8')), 'hex')
    FROM (
        SELECT 'edition' AS kind, to_jsonb(e) - 'state' AS content
        FROM occupations_edition AS e WHERE e.slug = $1
        UNION ALL
        SELECT 'country', to_jsonb(r) - 'id' - 'edition_id' FROM occupations_country AS r WHERE edition_id = $1
        UNION ALL
        SELECT 'requirement', to_jsonb(r) - 'id' - 'edition_id' FROM occupations_requirement AS r WHERE edition_id = $1
        UNION ALL
        SELECT 'condition', to_jsonb(r) - 'id' - 'edition_id' FROM occupations_condition AS r WHERE edition_id = $1
        UNION ALL
        SELECT 'occupationrule', to_jsonb(r) - 'id' - 'edition_id' FROM occupations_occupationrule AS r WHERE edition_id = $1
        UNION ALL
        SELECT 'uncodedentry', to_jsonb(r) - 'id' - 'edition_id' FROM occupations_uncodedentry AS r WHERE edition_id = $1
        UNION ALL
        SELECT 'criterionfacts', to_jsonb(r) - 'id' - 'edition_id' FROM occupations_criterionfacts AS r WHERE edition_id = $1
        UNION ALL
        SELECT 'citation', to_jsonb(r) - 'id' - 'edition_id' FROM occupations_citation AS r WHERE edition_id = $1
    ) AS rows
$$;
"""

AUTHORS = """
-- Who is at work, as the context of the history says it.
CREATE FUNCTION occupations_account() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT (nullif(current_setting('pghistory.context_metadata', true), '')::jsonb ->> 'user')::bigint
$$;

CREATE FUNCTION occupations_note_author(slug text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO occupations_editionauthor (edition_id, account, who)
    SELECT slug, occupations_account(),
        coalesce((SELECT username FROM auth_user WHERE id = occupations_account()), 'deleted account')
    ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION occupations_note_authors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF occupations_account() IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM occupations_note_author(edition_id) FROM (SELECT DISTINCT edition_id FROM changed) AS touched;
    IF TG_OP = 'UPDATE' THEN
        PERFORM occupations_note_author(edition_id)
        FROM (SELECT DISTINCT edition_id FROM changed_to) AS touched;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION occupations_note_author_of_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF occupations_account() IS NOT NULL
        AND (TG_OP = 'INSERT' OR (to_jsonb(OLD) - 'state') <> (to_jsonb(NEW) - 'state'))
    THEN
        PERFORM occupations_note_author(NEW.slug);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION occupations_is_author(slug text, person bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM occupations_editionauthor WHERE edition_id = slug AND account = person)
        OR EXISTS (
            SELECT 1 FROM occupations_editionreview
            WHERE edition_id = slug AND account = person AND step = 'submit'
        )
$$;

CREATE TRIGGER author_of_edition AFTER INSERT OR UPDATE ON occupations_edition
    FOR EACH ROW EXECUTE FUNCTION occupations_note_author_of_edition();
"""

APPROVAL = """
-- The approval that still counts: of this very content, and after the last submission and return.
CREATE FUNCTION occupations_approval(slug text) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT max(id) FROM occupations_editionreview
    WHERE edition_id = slug AND step = 'approve' AND digest = occupations_content_digest(slug)
        AND NOT occupations_is_author(slug, account)
        AND id > coalesce((
            SELECT max(id) FROM occupations_editionreview
            WHERE edition_id = slug AND step IN ('submit', 'return')
        ), 0)
$$;
"""

GUARD_REVIEWS = """
CREATE FUNCTION occupations_guard_review() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found_state text;
    due text := CASE NEW.step WHEN 'submit' THEN 'draft' WHEN 'withdraw' THEN 'published' ELSE 'in_review' END;
BEGIN
    -- Two people at once: the second waits here and then sees what the first has done.
    SELECT state INTO found_state FROM occupations_edition WHERE slug = NEW.edition_id FOR UPDATE;
    IF found_state IS NULL THEN
        RAISE EXCEPTION 'There is no edition %.', NEW.edition_id USING ERRCODE = 'restrict_violation';
    END IF;
    IF found_state <> due THEN
        RAISE EXCEPTION 'The edition % is %, so this step is not open. Look at the page of the edition again.',
            NEW.edition_id, occupations_said(found_state) USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.step = 'approve' AND occupations_is_author(NEW.edition_id, NEW.account) THEN
        RAISE EXCEPTION '% submitted or changed the edition %, so somebody else must approve it.',
            NEW.who, NEW.edition_id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.step = 'publish' AND NOT NEW.alone AND occupations_approval(NEW.edition_id) IS NULL THEN
        RAISE EXCEPTION 'Nobody has approved the edition % as it is now. A second person must approve it first.',
            NEW.edition_id USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.digest := occupations_content_digest(NEW.edition_id);
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE FUNCTION occupations_guard_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The record of who wrote and who approved an edition cannot be changed or erased.'
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION occupations_guard_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Editions that come with the site have neither authors nor reviews here.
    IF NOT EXISTS (SELECT 1 FROM occupations_editionauthor WHERE edition_id = NEW.slug)
        AND NOT EXISTS (SELECT 1 FROM occupations_editionreview WHERE edition_id = NEW.slug)
    THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM occupations_editionreview
        WHERE edition_id = NEW.slug AND step = 'publish' AND digest = occupations_content_digest(NEW.slug)
            AND id > coalesce((
                SELECT max(id) FROM occupations_editionreview
                WHERE edition_id = NEW.slug AND step IN ('submit', 'return')
            ), 0)
    ) THEN
        RAISE EXCEPTION 'The edition % was made on this site and its publication is not on record. Publish it on its page.',
            NEW.slug USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_review BEFORE INSERT ON occupations_editionreview
    FOR EACH ROW EXECUTE FUNCTION occupations_guard_review();
CREATE TRIGGER guard_review_record BEFORE UPDATE OR DELETE OR TRUNCATE ON occupations_editionreview
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_guard_record();
CREATE TRIGGER guard_author_record BEFORE UPDATE OR DELETE OR TRUNCATE ON occupations_editionauthor
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_guard_record();
CREATE TRIGGER guard_release BEFORE UPDATE ON occupations_edition
    FOR EACH ROW WHEN (OLD.state = 'in_review' AND NEW.state = 'published')
    EXECUTE FUNCTION occupations_guard_release();
"""


def author_triggers(table: str) -> str:
    """One trigger a kind of statement, because each sees other transition tables."""
    return "\n".join(
        f"CREATE TRIGGER author_{kind.lower()} AFTER {kind} ON occupations_{table} {seen} "
        "FOR EACH STATEMENT EXECUTE FUNCTION occupations_note_authors();"
        for kind, seen in SEEN.items()
    )


GUARDS = "\n".join([DIGEST, AUTHORS, APPROVAL, GUARD_REVIEWS, *map(author_triggers, RULE_TABLES)])

UNDO = """
DROP FUNCTION occupations_guard_release, occupations_guard_record, occupations_guard_review,
    occupations_approval, occupations_is_author, occupations_note_author_of_edition,
    occupations_note_authors, occupations_note_author, occupations_account, occupations_content_digest CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("occupations", "0007_draft_start"),
    ]

    operations = [
        migrations.CreateModel(
            name="EditionAuthor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.BigIntegerField(verbose_name="number of the account")),
                ("who", models.CharField(max_length=150, verbose_name="who")),
                (
                    "since",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="since",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="authors",
                        to="occupations.edition",
                        verbose_name="edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "author of an edition",
                "verbose_name_plural": "authors of editions",
                "ordering": ["edition", "since"],
                "constraints": [models.UniqueConstraint(fields=("edition", "account"), name="author_once")],
            },
        ),
        migrations.CreateModel(
            name="EditionReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("submit", "submitted for review"),
                            ("approve", "approved"),
                            ("return", "returned to the authors"),
                            ("publish", "published"),
                            ("withdraw", "withdrawn"),
                        ],
                        max_length=8,
                        verbose_name="step",
                    ),
                ),
                ("account", models.BigIntegerField(null=True, verbose_name="number of the account")),
                ("who", models.CharField(max_length=150, verbose_name="who")),
                ("reason", models.CharField(max_length=1000, verbose_name="reason")),
                (
                    "first_day",
                    models.DateField(
                        help_text="Of a publication: the day from which the edition decides.",
                        null=True,
                        verbose_name="first day",
                    ),
                ),
                (
                    "alone",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Of a publication: nobody but its authors looked at it.",
                        verbose_name="without a second person",
                    ),
                ),
                (
                    "digest",
                    models.CharField(editable=False, max_length=64, verbose_name="digest of the content"),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="when",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="reviews",
                        to="occupations.edition",
                        verbose_name="edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a review",
                "verbose_name_plural": "reviews of editions",
                "ordering": ["pk"],
                "permissions": [
                    ("submit_edition", "Can submit an edition for review"),
                    ("approve_edition", "Can approve an edition or return it"),
                    ("publish_edition", "Can publish, schedule and withdraw an edition"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step__in", ["submit", "approve", "return", "publish", "withdraw"])
                        ),
                        name="review_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True), models.Q(("who", ""), _negated=True)
                        ),
                        name="review_says_why_and_who",
                        violation_error_message="Say why; the reason stays on record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step", "publish"),
                            models.Q(("alone", False), ("first_day__isnull", True)),
                            _connector="OR",
                        ),
                        name="review_day_and_alone_of_a_publication",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("step", "approve"), _negated=True),
                            ("account__isnull", False),
                            _connector="OR",
                        ),
                        name="review_approved_by_an_account",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, UNDO),
    ]
