"""Counts of requests of a client, kept for minutes, for the limits."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RequestCount",
            fields=[
                ("key", models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)),
                ("since", models.DateTimeField(db_index=True, editable=False)),
                ("count", models.PositiveIntegerField(editable=False)),
            ],
            options={
                "verbose_name": "request count",
            },
        ),
    ]
