"""Readers of the gazette become subscriptions: of the gazette, or of new notices by kind."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0016_basis_taken_back"),
    ]

    operations = [
        migrations.RenameModel("GazetteReader", "Subscription"),
        migrations.RemoveConstraint("subscription", "notices_gazettereader_once"),
        migrations.AddField("subscription", "kinds", models.JSONField(default=list)),
        migrations.AddField(
            "subscription",
            "topic",
            models.CharField(choices=[("gazette", "Amtsblatt"), ("notices", "Bekanntmachungen")], default="gazette", max_length=8),
        ),
        migrations.AddConstraint(
            "subscription", models.UniqueConstraint(fields=("body", "topic", "email"), name="notices_subscription_once")
        ),
        migrations.AddConstraint(
            "subscription",
            models.CheckConstraint(condition=Q(topic__in=["gazette", "notices"]), name="notices_subscription_topic_known"),
        ),
    ]
