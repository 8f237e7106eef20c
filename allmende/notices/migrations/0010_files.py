"""Files beside the text: sources, attachments, originals; and who has compared the text with a scan."""

import uuid

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from allmende.core.generation import RaisesGeneration


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0009_print_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("attachment", "Anlage: wird mit der Bekanntmachung öffentlich"),
                            ("original", "Unterzeichnetes Original (Scan): wird nie öffentlich"),
                            ("source", "Vorlage für den Text: bleibt im Haus"),
                        ],
                        max_length=10,
                        verbose_name="Wozu",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=300, verbose_name="Bezeichnung")),
                ("name", models.CharField(max_length=120, verbose_name="Dateiname")),
                ("media", models.CharField(max_length=8)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "accessible",
                    models.CharField(
                        choices=[("yes", "barrierefrei"), ("no", "nicht barrierefrei"), ("unknown", "Barrierefreiheit nicht geprüft")],
                        max_length=7,
                    ),
                ),
                ("pages", models.PositiveIntegerField(default=0)),
                ("findings", models.JSONField(default=list)),
                ("taken_at", models.DateTimeField(null=True)),
                ("uploaded_at", models.DateTimeField()),
                ("notice", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="notices.notice")),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["position", "uploaded_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "sha256"), name="notices_file_once"),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["attachment", "original", "source"])), name="notices_file_role_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accessible__in", ["yes", "no", "unknown"])), name="notices_file_accessible_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("media__in", ["pdf", "docx", "xlsx", "odt", "ods", "png", "jpeg", "tiff"])),
                        name="notices_file_media_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1), models.Q(("title", ""), _negated=True), models.Q(("name", ""), _negated=True)),
                        name="notices_file_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_at", None), ("taken_by", None)),
                            models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="notices_file_taken_completely",
                    ),
                ],
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="TextConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "of",
                    models.CharField(
                        choices=[
                            ("scan", "Text verglichen mit dem Scan"),
                            ("original", "Text verglichen mit dem unterzeichneten Original"),
                        ],
                        max_length=8,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("content_sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "notice",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="confirmations", to="notices.notice"),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("of__in", ["scan", "original"])), name="notices_confirmation_of_known")
                ],
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        # What a public page says about an attachment.
        RaisesGeneration("notices_noticefile", when="{row}.role = 'attachment'"),
    ]
