"""Attachments may be data: GML, CSV and ZIP."""

from django.db import migrations, models
from django.db.models import Q

from allmende.core.generation import sqlite_triggers
from allmende.core.sql import VendorSQL

MAKE = tuple(sqlite_triggers("notices_noticefile", "{row}.role = 'attachment'"))
DROP = tuple(f"DROP TRIGGER notices_noticefile_generation_{act}" for act in ("insert", "update", "delete"))
KINDS = ["pdf", "docx", "xlsx", "odt", "ods", "png", "jpeg", "tiff", "gml", "csv", "zip"]


class Migration(migrations.Migration):
    dependencies = [("notices", "0020_gazette_issues")]

    operations = [
        VendorSQL("sqlite", DROP, MAKE),  # SQLite rebuilds the table and drops its triggers
        migrations.RemoveConstraint("noticefile", "notices_file_media_known"),
        migrations.AddConstraint("noticefile", models.CheckConstraint(condition=Q(media__in=KINDS), name="notices_file_media_known")),
        VendorSQL("sqlite", MAKE, DROP),
    ]
