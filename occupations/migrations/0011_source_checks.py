"""Checks of sources: when somebody looked at a document again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("occupations", "0010_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="SourceCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checked_on", models.DateField(verbose_name="checked on")),
                ("who", models.CharField(max_length=150, verbose_name="who")),
                ("finding", models.CharField(max_length=300, verbose_name="finding")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="occupations.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of a source",
                "verbose_name_plural": "checks of sources",
                "ordering": ["-checked_on"],
            },
        ),
    ]
