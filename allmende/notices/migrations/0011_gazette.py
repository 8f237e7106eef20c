"""Issues of the gazette, and who gets them."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_gazette"),
        ("notices", "0010_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GazetteSettings",
            fields=[
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+", serialize=False, to="core.body"
                    ),
                ),
                ("printer", models.EmailField(blank=True, max_length=254, verbose_name="E-Mail der Druckerei")),
            ],
            options={
                "abstract": False,
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="+", serialize=False, to="core.record"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Entwurf"), ("approved", "freigegeben, wird veröffentlicht"), ("public", "öffentlich")],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("number", models.PositiveIntegerField(null=True)),
                ("provided_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "Ausgabe des Amtsblatts",
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="IssueAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("issue", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="authors", to="notices.issue")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="IssueItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("issue", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="items", to="notices.issue")),
                ("notice", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notices.notice")),
            ],
            options={
                "ordering": ["position", "pk"],
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="GazetteReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="E-Mail")),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("body", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.body")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("body", "email"), name="notices_gazettereader_once")],
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "approved", "public"])), name="notices_issue_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at", None), ("approved_by", None), ("number", None), ("state", "draft"), ("year", None)),
                    models.Q(
                        models.Q(("state", "draft"), _negated=True),
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        ("number__isnull", False),
                        ("year__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="notices_issue_approved_completely",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("provided_at__isnull", False), ("state", "public")),
                    models.Q(models.Q(("state", "public"), _negated=True), ("provided_at", None)),
                    _connector="OR",
                ),
                name="notices_issue_provided_when_public",
            ),
        ),
        migrations.AddConstraint(
            model_name="issueauthor",
            constraint=models.UniqueConstraint(fields=("issue", "person"), name="notices_issueauthor_once"),
        ),
        migrations.AddConstraint(
            model_name="issueitem",
            constraint=models.UniqueConstraint(fields=("issue", "notice"), name="notices_issueitem_once"),
        ),
    ]
