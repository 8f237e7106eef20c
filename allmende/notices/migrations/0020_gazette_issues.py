"""An issue of the gazette can replace one that was withdrawn, and has a day on which it is meant to appear.

Both columns are empty at first, so SQLite adds them without rebuilding the table, and its triggers stay.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0019_explanation_guards")]
    operations = [
        migrations.AddField(
            model_name="issue",
            name="replaces",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notices.issue"),
        ),
        migrations.AddField(model_name="issue", name="appears_on", field=models.DateField(null=True)),
    ]
