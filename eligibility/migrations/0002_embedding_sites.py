"""Sites that may show the card in a frame; staff keep them."""

from __future__ import annotations

import django.core.validators
from django.db import migrations, models

import eligibility.models.embedding


class Migration(migrations.Migration):
    dependencies = [
        ("eligibility", "0001_request_counts"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmbeddingSite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        help_text="Such as https://www.example.org. International names in their xn-- form.",
                        max_length=200,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(https://([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?|http://(localhost|127\\.0\\.0\\.1))(:[1-9][0-9]{0,4})?$",
                                "Write the origin alone, in small letters: https://www.example.org, without a path or a slash at the end. Each name has a line of its own; there are no wildcards.",
                            ),
                            eligibility.models.embedding.port_exists,
                        ],
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Whose site it is, and who asked for it when.",
                        max_length=200,
                        verbose_name="note",
                    ),
                ),
                ("active", models.BooleanField(db_default=True, default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "embedding site",
                "verbose_name_plural": "embedding sites",
                "ordering": ["origin"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "origin__regex",
                                "^(https://([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?|http://(localhost|127\\.0\\.0\\.1))(:[1-9][0-9]{0,4})?$",
                            )
                        ),
                        name="embedding_site_is_one_origin",
                    )
                ],
            },
        ),
    ]
