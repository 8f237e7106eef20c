"""Offering to the archive before erasure: the rule of a body, and how it stands with a notice."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_generation_of_links"),
        ("notices", "0021_data_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="offer",
                        serialize=False,
                        to="notices.notice",
                    ),
                ),
                ("erase_on", models.DateField()),
                ("wait_until", models.DateField(help_text="First day on which it is erased, whether or not the archive has answered")),
                ("offered_on", models.DateField(null=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("open", "noch keine Antwort"),
                            ("taken_over", "übernommen"),
                            ("not_wanted", "nicht gewünscht"),
                            ("no_answer", "keine Antwort in der Frist"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("wait_until__gte", models.F("erase_on"))), name="notices_offer_waits"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "open"), ("answered_at", None)),
                            models.Q(("answer__in", ["taken_over", "not_wanted", "no_answer"]), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="notices_offer_answered",
                    ),
                ],
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ArchiveRule",
            fields=[
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+", serialize=False, to="core.body"
                    ),
                ),
                ("archive", models.CharField(max_length=200)),
                ("kinds", models.JSONField(default=list, help_text="Codes of the kinds of notices that are offered")),
                ("lead_days", models.PositiveSmallIntegerField(help_text="Days before the day of erasure on which the task is opened")),
                ("answer_days", models.PositiveSmallIntegerField(null=True)),
                ("source", models.CharField(help_text="Act, section, or what the body has agreed with its archive", max_length=300)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("archive", ""), _negated=True), models.Q(("source", ""), _negated=True), ("lead_days__gte", 1)
                        ),
                        name="notices_archiverule_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer_days", None), models.Q(("answer_days__gte", 1), ("answer_days__lte", 730)), _connector="OR"
                        ),
                        name="notices_archiverule_answer",
                    ),
                ],
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
    ]
