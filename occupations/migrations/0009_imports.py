"""The record of imports, which nothing changes afterwards, and uploads that wait for a confirmation."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE FUNCTION occupations_guard_import() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The record of imports stays as it is. Import the right file; both imports stay on record.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard_import BEFORE UPDATE OR DELETE OR TRUNCATE ON occupations_importrecord
    FOR EACH STATEMENT EXECUTE FUNCTION occupations_guard_import();
"""
UNDO = """
DROP TRIGGER guard_import ON occupations_importrecord;
DROP FUNCTION occupations_guard_import;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("occupations", "0008_reviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("target", models.CharField(max_length=100, verbose_name="what")),
                (
                    "files",
                    models.JSONField(help_text="Name, SHA-256 and size of each file.", verbose_name="files"),
                ),
                ("who", models.CharField(max_length=150, verbose_name="who")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="when",
                    ),
                ),
                ("added", models.PositiveIntegerField(default=0, verbose_name="rows added")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="rows changed")),
                ("removed", models.PositiveIntegerField(default=0, verbose_name="rows removed")),
                ("said", models.JSONField(default=list, verbose_name="report")),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("options", models.JSONField(default=dict, verbose_name="options")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "being checked"),
                            ("refused", "refused"),
                            ("checked", "waits for confirmation"),
                            ("storing", "being stored"),
                            ("stored", "stored"),
                            ("failed", "failed, nothing stored"),
                        ],
                        default="checking",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="rows done")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="rows in all")),
                ("report", models.JSONField(blank=True, null=True, verbose_name="report")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="digest of the report")),
                ("flaws", models.JSONField(default=list, verbose_name="flaws")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="sent")),
                (
                    "seen_working_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="last sign of work"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "upload",
                "verbose_name_plural": "uploads",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="UploadedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("content", models.BinaryField(verbose_name="content")),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="occupations.upload",
                        verbose_name="upload",
                    ),
                ),
            ],
            options={
                "verbose_name": "uploaded file",
                "verbose_name_plural": "uploaded files",
                "ordering": ["pk"],
            },
        ),
        migrations.RunSQL(GUARD, UNDO),
    ]
