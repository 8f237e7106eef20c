"""Requests for print-outs."""

import uuid

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0008_calendar_guards"),
        ("tasks", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PrintRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("large", models.BooleanField(default=False)),
                ("delivery", models.CharField(choices=[("post", "per Post"), ("collect", "zum Abholen")], max_length=7)),
                (
                    "channel",
                    models.CharField(
                        choices=[("form", "Formular"), ("phone", "Telefon"), ("letter", "Brief oder persönlich")], max_length=6
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("street", models.CharField(blank=True, max_length=120)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("asked_at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("notice", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notices.notice")),
                ("task", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tasks.task")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("delivery__in", ["post", "collect"])), name="notices_printrequest_delivery_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "form"), ("entered_by", None)),
                            models.Q(("channel__in", ["phone", "letter"]), ("entered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="notices_printrequest_who_entered_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("erased_at__isnull", False), ("name", ""), ("place", ""), ("street", "")),
                            models.Q(
                                ("delivery", "collect"),
                                ("erased_at", None),
                                ("place", ""),
                                ("street", ""),
                                models.Q(("name", ""), _negated=True),
                            ),
                            models.Q(
                                ("delivery", "post"),
                                ("erased_at", None),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("street", ""), _negated=True),
                                models.Q(("place", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="notices_printrequest_only_what_is_needed",
                    ),
                ],
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
    ]
