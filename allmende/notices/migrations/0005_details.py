"""What the kind of a notice asks for, and its class of personal data."""

from django.db import migrations, models

from allmende.core.sql import IsObject
from allmende.notices.migrations._guards import off, on


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_comment_with_approval")]
    operations = [
        off(),
        migrations.AddField(
            model_name="notice",
            name="details",
            field=models.JSONField(default=dict, verbose_name="Angaben der Art"),
        ),
        migrations.AddField(
            model_name="notice",
            name="personal",
            field=models.CharField(
                choices=[("none", "keine Namen von Privatpersonen"), ("names", "nennt Privatpersonen")],
                default="none",
                editable=False,
                max_length=5,
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("personal__in", ["none", "names"])), name="notices_notice_personal_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(condition=IsObject("details"), name="notices_notice_details_object"),
        ),
        on(),
    ]
