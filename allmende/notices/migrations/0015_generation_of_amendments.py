"""The page of a notice names those that correct, renew or heal it: what is begun or given up raises the generation."""

from django.db import migrations

from allmende.core.generation import RaisesGeneration


class Migration(migrations.Migration):
    dependencies = [("core", "0003_generation"), ("notices", "0014_after_publication")]
    operations = [RaisesGeneration("notices_amendment")]
