"""Attachments and their salts. What was approved stays as it was, except that each row can be erased, once.

SQLite: a later migration that rebuilds one of these tables silently drops its triggers. Repeat OPERATIONS at its end.
"""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

from allmende.core.generation import RaisesGeneration
from allmende.core.sql import VendorSQL

TABLES = ("publication_attachment", "publication_attachmentsalt")
FIXED = {
    "publication_attachment": ("publication_id", "number", "media_type", "size"),
    "publication_attachmentsalt": ("attempt_id", "attachment_id"),
}
ERASABLE = {"publication_attachment": ("title", "file_name", "sha256"), "publication_attachmentsalt": ("salt",)}
ONCE = {"publication_attachment": ("removed_at", "erased_at"), "publication_attachmentsalt": ("erased_at",)}


def _changed(table: str, differs: str) -> str:
    """When an UPDATE is refused. What erased columns hold is for the constraints: nothing."""
    always = [f"NEW.{column} {differs} OLD.{column}" for column in FIXED[table]]
    erasing = "(OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)"
    until = [f"(NEW.{column} {differs} OLD.{column} AND NOT {erasing})" for column in ERASABLE[table]]
    once = [f"(OLD.{column} IS NOT NULL AND NEW.{column} {differs} OLD.{column})" for column in ONCE[table]]
    return " OR ".join([*always, *until, *once])


SQLITE = [
    statement
    for table in TABLES
    for statement in (
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} WHEN {_changed(table, 'IS NOT')}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is fixed'); END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is never deleted'); END",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608
        f" BEGIN SELECT RAISE(ABORT, '{table} is never deleted'); END",
    )
]
SQLITE_REVERSE = [f"DROP TRIGGER {table}_{what}" for table in TABLES for what in ("fixed", "no_delete", "no_replace")]
POSTGRESQL = [
    statement
    for table in TABLES
    for statement in (
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({_changed(table, 'IS DISTINCT FROM')})"
        f" EXECUTE FUNCTION publication_refuse('{table} is fixed')",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW"
        f" EXECUTE FUNCTION publication_refuse('{table} is never deleted')",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
        f" EXECUTE FUNCTION publication_refuse('{table} is never deleted')",
    )
]
POSTGRESQL_REVERSE = [f"DROP TRIGGER {table}_{what} ON {table}" for table in TABLES for what in ("fixed", "no_delete", "no_truncate")]
OPERATIONS = [VendorSQL("sqlite", SQLITE, SQLITE_REVERSE), VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE)]


class Migration(migrations.Migration):
    dependencies = [
        ("publication", "0004_generation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(help_text="From 1, as it stands on the page")),
                ("title", models.CharField(blank=True, max_length=300)),
                ("media_type", models.CharField(max_length=100)),
                ("file_name", models.CharField(blank=True, help_text="Last part of its public address", max_length=120)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(help_text="Bytes")),
                ("removed_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="publication.publication"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="AttachmentSalt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("salt", models.BinaryField(max_length=32, null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "attachment",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="salts", to="publication.attachment"),
                ),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attachment_salts", to="publication.attempt"
                    ),
                ),
            ],
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(fields=("publication", "number"), name="publication_attachment_number_once"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), ("number__lte", 20)), name="publication_attachment_number_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gte", 1), ("size__lte", 314572800)), name="publication_attachment_size"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("erased_at", None),
                        models.Q(("title", ""), _negated=True),
                        models.Q(("file_name", ""), _negated=True),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    models.Q(("erased_at__isnull", False), ("file_name", ""), ("removed_at__isnull", False), ("sha256", ""), ("title", "")),
                    _connector="OR",
                ),
                name="publication_attachment_erased_completely",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachmentsalt",
            constraint=models.UniqueConstraint(fields=("attempt", "attachment"), name="publication_attachmentsalt_once"),
        ),
        migrations.AddConstraint(
            model_name="attachmentsalt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("erased_at", None), ("salt__isnull", False)),
                    models.Q(("erased_at__isnull", False), ("salt", None)),
                    _connector="OR",
                ),
                name="publication_attachmentsalt_erased_completely",
            ),
        ),
        *OPERATIONS,
        RaisesGeneration("publication_attachment", when="{row}.removed_at IS NOT NULL"),
    ]
