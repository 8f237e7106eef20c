"""What of the notices raises the generation of the public pages (core/generation.py). Drafts do not."""

from django.db import migrations

from allmende.core.generation import RaisesGeneration


class Migration(migrations.Migration):
    dependencies = [("core", "0003_generation"), ("notices", "0002_four_eyes")]
    operations = [
        RaisesGeneration("notices_notice", when="{row}.state = 'public'"),
        RaisesGeneration("notices_notice_districts"),
        RaisesGeneration("notices_numberseries"),
    ]
