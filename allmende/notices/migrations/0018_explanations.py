"""Explanations of notices, and what a notice means for its readers."""

import uuid

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import allmende.core.sql
from allmende.notices.migrations._guards import CALENDAR_DROP, CALENDAR_MAKE, off, on


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0017_subscriptions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        off(CALENDAR_DROP, CALENDAR_MAKE),
        migrations.AddField(
            model_name="notice",
            name="meaning",
            field=models.CharField(blank=True, max_length=600, verbose_name="Was bedeutet das für mich?"),
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "form",
                    models.CharField(
                        choices=[("easy", "Leichte Sprache"), ("plain", "Einfache Sprache"), ("sign", "Gebärdensprache")], max_length=5
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("saved", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Entwurf"),
                            ("submitted", "wartet auf Prüfung"),
                            ("reviewed", "geprüft"),
                            ("published", "veröffentlicht"),
                            ("ended", "nicht mehr gezeigt"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="Überschrift")),
                ("content", models.JSONField(verbose_name="Text")),
                ("film", models.UUIDField(null=True, unique=True)),
                ("media", models.CharField(blank=True, max_length=4)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("milliseconds", models.PositiveIntegerField(default=0)),
                ("captions", models.TextField(blank=True, verbose_name="Untertitel")),
                ("remark", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("of_version", models.PositiveIntegerField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("checked_by", models.CharField(blank=True, max_length=200)),
                ("checked_on", models.DateField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "notice",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="explanations", to="notices.notice"),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["form", "-number"],
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ExplanationAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "explanation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="authors", to="notices.explanation"),
                ),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["easy", "plain", "sign"])), name="notices_explanation_form_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "reviewed", "published", "ended"])),
                name="notices_explanation_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(condition=allmende.core.sql.IsObject("content"), name="notices_explanation_content_object"),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(
                condition=models.Q(("media__in", ["", "mp4", "webm"])), name="notices_explanation_media_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.UniqueConstraint(fields=("notice", "form", "number"), name="notices_explanation_number_once"),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "submitted", "reviewed"))),
                fields=("notice", "form"),
                name="notices_explanation_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "published")), fields=("notice", "form"), name="notices_explanation_one_shown"
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("of_version__isnull", False),
                        ("reviewed_at__isnull", False),
                        ("reviewed_by__isnull", False),
                        ("state__in", ("reviewed", "published", "ended")),
                    ),
                    models.Q(
                        models.Q(("state__in", ("reviewed", "published", "ended")), _negated=True),
                        ("checked_by", ""),
                        ("checked_on", None),
                        ("of_version", None),
                        ("reviewed_at", None),
                        ("reviewed_by", None),
                    ),
                    _connector="OR",
                ),
                name="notices_explanation_reviewed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("form", "easy"), _negated=True),
                    models.Q(("state__in", ("reviewed", "published", "ended")), _negated=True),
                    models.Q(("checked_on__isnull", False), models.Q(("checked_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="notices_explanation_easy_read_by_a_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("film", None), ("media", ""), ("name", ""), ("sha256", ""), ("size", 0)),
                    models.Q(("form", "sign"), ("size__gte", 1), models.Q(("media", ""), _negated=True)),
                    _connector="OR",
                ),
                name="notices_explanation_film_of_sign",
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("form", "sign"), _negated=True),
                    ("state", "draft"),
                    models.Q(("film__isnull", False), models.Q(("captions", ""), _negated=True)),
                    _connector="OR",
                ),
                name="notices_explanation_film_with_captions",
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", False), ("state__in", ["published", "ended"])),
                    models.Q(models.Q(("state__in", ["published", "ended"]), _negated=True), ("ended_at", None), ("published_at", None)),
                    _connector="OR",
                ),
                name="notices_explanation_shown_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="explanationauthor",
            constraint=models.UniqueConstraint(fields=("explanation", "person"), name="notices_explanationauthor_once"),
        ),
        on(CALENDAR_DROP, CALENDAR_MAKE),
    ]
