"""Recovery codes as hashes. Those that were kept readable are hashed, so their owners need no new ones."""

from __future__ import annotations

import django.db.models.deletion
from django.contrib.auth.hashers import get_hasher, make_password
from django.db import migrations, models


def hash_codes(apps, schema_editor):
    """One salt for the codes of a device. Hashing is slow on purpose: about a second for each member of staff."""
    code = apps.get_model("staff", "RecoveryCode")
    for device in apps.get_model("otp_static", "StaticDevice").objects.all():
        salt = get_hasher().salt()
        for token in device.token_set.all():
            code.objects.create(device=device, hashed=make_password(token.token, salt))
        device.token_set.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0002_staff_language"),
        ("otp_static", "0003_add_timestamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hashed", models.CharField(editable=False, max_length=128)),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to="otp_static.staticdevice",
                    ),
                ),
            ],
            options={
                "verbose_name": "recovery code",
                "verbose_name_plural": "recovery codes",
            },
        ),
        # Back: nobody can read the codes again, so their owners make new ones.
        migrations.RunPython(hash_codes, migrations.RunPython.noop),
    ]
