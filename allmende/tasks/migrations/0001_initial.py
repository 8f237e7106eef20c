import uuid

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0003_generation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("opened", "angelegt"),
                            ("taken", "übernommen"),
                            ("let_go", "abgegeben"),
                            ("evidence", "Nachweis ergänzt"),
                            ("done", "erledigt"),
                            ("dropped", "nicht nötig"),
                            ("reopened", "wieder geöffnet"),
                            ("erased", "Angaben gelöscht"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("day", models.DateField(null=True)),
                ("medium", models.CharField(blank=True, max_length=40)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="tasks.entry",
                    ),
                ),
                ("values", models.JSONField()),
            ],
            options={
                "abstract": False,
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("key", models.CharField(help_text="The same task has the same key: it is opened once", max_length=160)),
                ("titles", models.JSONField(default=dict, help_text='By language: {"de": "…", "en": "…"}; empty: the name of the kind')),
                ("details", models.JSONField(default=dict, help_text="What the kind needs to know")),
                ("urgent", models.BooleanField(default=False)),
                ("due_at", models.DateTimeField(null=True)),
                ("by_day", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "offen"), ("done", "erledigt"), ("dropped", "nicht nötig")], default="open", max_length=7
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("body", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.body")),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("record", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.record")),
            ],
            options={
                "verbose_name": "Aufgabe",
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name="entry",
            name="task",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="tasks.task"),
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("media_type", models.CharField(max_length=20)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("entry", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="scan", to="tasks.entry")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("media_type__in", ["application/pdf", "image/png", "image/jpeg"])), name="tasks_scan_type_known"
                    )
                ],
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["body", "state", "due_at"], name="tasks_task_list"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(fields=("body", "key"), name="tasks_task_once"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "done", "dropped"])), name="tasks_task_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="tasks_task_closed_completely",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("by_day", False), ("due_at__isnull", False), _connector="OR"), name="tasks_task_day_is_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("titles", {}), ("titles__has_key", "de"), _connector="OR"), name="tasks_task_german_title"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["task", "id"], name="tasks_entry_of"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["opened", "taken", "let_go", "evidence", "done", "dropped", "reopened", "erased"])),
                name="tasks_entry_act_known",
            ),
        ),
    ]
