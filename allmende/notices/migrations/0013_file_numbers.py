"""The number under which an attachment was approved."""

from django.conf import settings
from django.db import migrations, models

from allmende.core.generation import sqlite_triggers
from allmende.core.sql import VendorSQL

MAKE = tuple(sqlite_triggers("notices_noticefile", "{row}.role = 'attachment'"))
DROP = tuple(f"DROP TRIGGER notices_noticefile_generation_{act}" for act in ("insert", "update", "delete"))


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0012_gazette_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        VendorSQL("sqlite", DROP, MAKE),  # SQLite rebuilds the table and drops its triggers
        migrations.AddField(
            model_name="noticefile",
            name="number",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="noticefile",
            constraint=models.UniqueConstraint(fields=("notice", "number"), name="notices_file_number_once"),
        ),
        migrations.AddConstraint(
            model_name="noticefile",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", None), ("role", "attachment"), _connector="OR"), name="notices_file_number_of_attachment"
            ),
        ),
        VendorSQL("sqlite", MAKE, DROP),
    ]
