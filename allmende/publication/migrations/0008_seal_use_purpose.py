"""A seal is used for certificates too: what it was used for, and no attempt where it was for one.

SQLite drops the triggers of the table when it rebuilds it: they are taken off first and made again last.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from allmende.core.sql import VendorSQL

SQLITE = [one for one in import_module("allmende.publication.migrations.0002_guards").SQLITE if " seal_use_" in one]
DROP = [f"DROP TRIGGER {one.split()[2]}" for one in SQLITE]


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_gazette"),
        ("publication", "0007_attachment_found"),
    ]

    operations = [
        VendorSQL("sqlite", DROP, SQLITE),
        migrations.AddField(
            model_name="sealuse",
            name="purpose",
            field=models.CharField(
                choices=[("publication", "Veröffentlichung"), ("certificate", "Bekanntmachungsnachweis")],
                default="publication",
                max_length=11,
            ),
        ),
        migrations.AlterField(
            model_name="sealuse",
            name="attempt",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="seal_use", to="publication.attempt"
            ),
        ),
        migrations.AddConstraint(
            model_name="sealuse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attempt__isnull", False), ("purpose", "publication")),
                    models.Q(("attempt", None), ("purpose", "certificate")),
                    _connector="OR",
                ),
                name="publication_sealuse_purpose",
            ),
        ),
        VendorSQL("sqlite", SQLITE, DROP),
    ]
