"""Public pages show which notices belong to a by-law: a new link raises the generation."""

from django.db import migrations

from allmende.core.generation import RaisesGeneration


class Migration(migrations.Migration):
    dependencies = [("core", "0005_relations_of_notices")]
    operations = [RaisesGeneration("core_link")]
