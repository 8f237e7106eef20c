"""From which notice a draft was copied."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0005_details")]
    operations = [
        migrations.AddField(
            model_name="notice",
            name="pattern",
            field=models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notices.notice"
            ),
        ),
    ]
