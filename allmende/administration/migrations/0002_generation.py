"""What of the legal pages raises the generation of the public pages (core/generation.py)."""

from django.db import migrations

from allmende.core.generation import RaisesGeneration


class Migration(migrations.Migration):
    dependencies = [("core", "0003_generation"), ("administration", "0001_legal_pages")]
    operations = [RaisesGeneration("administration_legalfacts"), RaisesGeneration("administration_pagetext")]
