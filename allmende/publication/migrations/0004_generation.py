"""What of publications and logs raises the generation of the public pages (core/generation.py).

And two indexes: the next page to come, and the attempts of one publication.
"""

from django.db import migrations, models

from allmende.core.generation import RaisesGeneration


class Migration(migrations.Migration):
    dependencies = [("core", "0003_generation"), ("publication", "0003_witness")]
    operations = [
        migrations.AddIndex("attempt", models.Index(fields=["provided_at"], name="publication_attempt_provided")),
        migrations.AddIndex("attempt", models.Index(fields=["body", "publication"], name="publication_attempt_of")),
        RaisesGeneration("publication_publication", when="{row}.state = 'public'"),
        RaisesGeneration("publication_attempt", when="{row}.state >= 5"),  # provided, public, void
        RaisesGeneration("publication_log"),
        RaisesGeneration("publication_checkpoint"),
        RaisesGeneration("publication_cosignature"),
    ]
