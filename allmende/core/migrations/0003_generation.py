"""The generation of the public pages, and what of the bodies raises it (core/generation.py)."""

from django.db import migrations

from allmende.core.generation import CREATE, POSTGRESQL_FUNCTIONS, RaisesGeneration
from allmende.core.sql import VendorSQL


class Migration(migrations.Migration):
    dependencies = [("core", "0002_audit_append_only")]
    operations = [
        migrations.RunSQL(CREATE, "DROP TABLE core_generation"),
        VendorSQL("postgresql", POSTGRESQL_FUNCTIONS, ["DROP FUNCTION core_raise_generation()"]),
        RaisesGeneration("core_body"),
        RaisesGeneration("core_host"),
        RaisesGeneration("core_district"),
        RaisesGeneration("core_office"),
        RaisesGeneration("core_record", when="{row}.visibility <> 'internal'"),
    ]
