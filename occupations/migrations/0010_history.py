"""The history of what staff keep (docs/decisions/0014-history.md): its table, the functions that write it, its guards.

`occupations.history.tables` puts the triggers on the tables after each `migrate`. Plain triggers rather than those of
django-pgtrigger, which a setting of the session can switch off.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

WRITE = """
CREATE FUNCTION occupations_write_history(
    happened text, of_table text, key text, old_row jsonb, new_row jsonb, secrets text[], changed text[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    context jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
    secret text;
BEGIN
    FOREACH secret IN ARRAY secrets LOOP
        IF old_row ? secret THEN old_row := old_row || jsonb_build_object(secret, '***'); END IF;
        IF new_row ? secret THEN new_row := new_row || jsonb_build_object(secret, '***'); END IF;
    END LOOP;
    INSERT INTO occupations_change
        (at, action, "table", "row", edition, before, after, fields, account, who, role, why, "where", batch)
    VALUES (
        clock_timestamp(), happened, of_table, key,
        CASE WHEN of_table = 'occupations_edition' THEN key
             ELSE coalesce(new_row ->> 'edition_id', old_row ->> 'edition_id', '') END,
        old_row, new_row, coalesce(changed, '{}'), (context ->> 'user')::bigint, coalesce(context ->> 'who', ''),
        session_user, coalesce(context ->> 'why', ''), coalesce(context ->> 'where', ''),
        nullif(current_setting('pghistory.context_id', true), '')::uuid
    );
END $$;
"""

KEEP = """
CREATE FUNCTION occupations_keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
-- Arguments: the column of the key; columns that are secret; columns that are not worth a line. Commas between.
DECLARE
    secrets text[] := string_to_array(TG_ARGV[1], ',');
    ignored text[] := string_to_array(TG_ARGV[2], ',');
    old_row jsonb;
    new_row jsonb;
    changed text[];
    one jsonb;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        FOR one IN EXECUTE format('SELECT to_jsonb(t) FROM %I.%I AS t', TG_TABLE_SCHEMA, TG_TABLE_NAME) LOOP
            PERFORM occupations_write_history(
                'removed', TG_TABLE_NAME, one ->> TG_ARGV[0], one - ignored, NULL, secrets, NULL);
        END LOOP;
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD) - ignored; END IF;
    IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW) - ignored; END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(key ORDER BY key) INTO changed
        FROM jsonb_each(new_row) AS now_there (key, value) WHERE old_row -> key IS DISTINCT FROM value;
        IF changed IS NULL THEN RETURN NULL; END IF;
    END IF;
    PERFORM occupations_write_history(
        CASE TG_OP WHEN 'INSERT' THEN 'added' WHEN 'UPDATE' THEN 'changed' ELSE 'removed' END, TG_TABLE_NAME,
        coalesce(to_jsonb(OLD), to_jsonb(NEW)) ->> TG_ARGV[0], old_row, new_row, secrets, changed);
    RETURN NULL;
END $$;
"""

GUARD = """
CREATE FUNCTION occupations_guard_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'The history cannot be changed or erased, only read.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    -- Deeper than one means that another trigger writes. Rows that were there before are noted once for each table.
    IF pg_trigger_depth() < 2 AND (NEW.action <> 'kept' OR EXISTS (
        SELECT 1 FROM occupations_change WHERE "table" = NEW."table" AND at <> now()
    )) THEN
        RAISE EXCEPTION 'The history is written by the database itself. Change the row, and the history will say so.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_history BEFORE INSERT OR UPDATE OR DELETE ON occupations_change
    FOR EACH ROW EXECUTE FUNCTION occupations_guard_history();
CREATE TRIGGER guard_history_truncate BEFORE TRUNCATE ON occupations_change
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_guard_history();
"""

FOLLOW = """
CREATE FUNCTION occupations_follow_table(of_table regclass, key text, secrets text, ignored text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = of_table);
    hidden jsonb := (SELECT jsonb_object_agg(each, '***') FROM unnest(string_to_array(secrets, ',')) AS each);
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = of_table AND tgname = 'keep_history') THEN
        EXECUTE format(
            $q$
            INSERT INTO occupations_change
                (at, action, "table", "row", edition, after, fields, who, role, why, "where")
            SELECT now(), 'kept', %1$L, one ->> %2$L,
                coalesce(CASE WHEN %1$L = 'occupations_edition' THEN one ->> %2$L ELSE one ->> 'edition_id' END, ''),
                (one - string_to_array(%3$L, ',')) || %4$L::jsonb, '{}', '', session_user, '', ''
            FROM (SELECT to_jsonb(t) AS one FROM %5$s AS t) AS there
            $q$,
            name, key, ignored, coalesce(hidden, '{}'), of_table);
    END IF;
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER keep_history AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW '
        'EXECUTE FUNCTION occupations_keep_history(%L, %L, %L)', of_table, key, secrets, ignored);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER keep_history_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT '
        'EXECUTE FUNCTION occupations_keep_history(%L, %L, %L)', of_table, key, secrets, ignored);
END $$;
"""

UNDO = """
DROP FUNCTION occupations_follow_table, occupations_guard_history, occupations_keep_history, occupations_write_history CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("occupations", "0009_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(editable=False, verbose_name="when")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("kept", "there when the history began"),
                            ("added", "added"),
                            ("changed", "changed"),
                            ("removed", "removed"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="what happened",
                    ),
                ),
                ("table", models.CharField(editable=False, max_length=63, verbose_name="table")),
                ("row", models.CharField(editable=False, max_length=200, verbose_name="row")),
                (
                    "edition",
                    models.CharField(blank=True, editable=False, max_length=60, verbose_name="edition"),
                ),
                ("before", models.JSONField(editable=False, null=True, verbose_name="before")),
                ("after", models.JSONField(editable=False, null=True, verbose_name="after")),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=63),
                        default=list,
                        editable=False,
                        size=None,
                        verbose_name="fields",
                    ),
                ),
                ("account", models.BigIntegerField(editable=False, null=True, verbose_name="account")),
                ("who", models.CharField(blank=True, editable=False, max_length=150, verbose_name="who")),
                ("role", models.CharField(editable=False, max_length=63, verbose_name="database role")),
                ("why", models.TextField(blank=True, editable=False, verbose_name="why")),
                ("where", models.CharField(blank=True, editable=False, max_length=300, verbose_name="where")),
                ("batch", models.UUIDField(editable=False, null=True, verbose_name="batch")),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "history",
                "ordering": ["-id"],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["table", "row", "-id"], name="change_of_a_row"),
                    models.Index(fields=["edition", "table", "-id"], name="change_of_an_edition"),
                    models.Index(fields=["-at"], name="change_at"),
                    models.Index(fields=["who", "-id"], name="change_by"),
                    models.Index(fields=["batch"], name="change_in_a_batch"),
                ],
            },
        ),
        migrations.RunSQL(WRITE + KEEP + GUARD + FOLLOW, UNDO),
    ]
