"""By-laws have a page: their records are public, and every change of a version makes it anew."""

from typing import Any

from django.db import migrations

from allmende.core.generation import RaisesGeneration


def publish(apps: Any, schema_editor: Any) -> None:
    bylaws = apps.get_model("law", "ByLaw")._base_manager.values("record")
    apps.get_model("core", "Record")._base_manager.filter(pk__in=bylaws, visibility="internal").update(visibility="public")


class Migration(migrations.Migration):
    dependencies = [("law", "0001_initial"), ("core", "0006_generation_of_links")]
    operations = [
        migrations.RunPython(publish, migrations.RunPython.noop),
        RaisesGeneration("law_bylaw"),
        RaisesGeneration("law_version"),
    ]
