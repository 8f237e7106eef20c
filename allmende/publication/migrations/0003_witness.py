"""Witnessing. Besides the tables, what the database itself refuses, on both engines: that a head which was cosigned goes back or is
forgotten, and that this installation counts as its own witness.

SQLite: a later migration that rebuilds one of these tables silently drops its triggers. Repeat OPERATIONS at its end.
"""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.manager
from django.db import migrations, models

from allmende.core.sql import VendorSQL

HEAD = "a cosigned head never goes back"
KEPT = "a witnessed log is never forgotten"
OWN = "an installation is no witness of itself"
BACK = "NEW.size < OLD.size OR (NEW.size = OLD.size AND OLD.checkpoint IS NOT NULL AND NEW.root <> OLD.root)"
FIXED = "NEW.body_id <> OLD.body_id OR NEW.origin <> OLD.origin OR NEW.vkey <> OLD.vkey"
# The last 44 characters of a vkey are the key, whatever name somebody gave it.
IS_OWN = (
    "EXISTS (SELECT 1 FROM publication_log l"
    " WHERE substr(l.witness_vkey, length(l.witness_vkey) - 43) = substr(NEW.vkey, length(NEW.vkey) - 43))"
)

THERE = "EXISTS (SELECT 1 FROM publication_witnessedlog WHERE id = NEW.id)"

SQLITE = [
    f"CREATE TRIGGER witnessed_log_head BEFORE UPDATE ON publication_witnessedlog WHEN {BACK} OR {FIXED}"
    f" BEGIN SELECT RAISE(ABORT, '{HEAD}'); END",
    f"CREATE TRIGGER witnessed_log_kept BEFORE DELETE ON publication_witnessedlog BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    f"CREATE TRIGGER witnessed_log_no_replace BEFORE INSERT ON publication_witnessedlog WHEN {THERE}"
    f" BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    f"CREATE TRIGGER witness_not_own BEFORE INSERT ON publication_witness WHEN {IS_OWN} BEGIN SELECT RAISE(ABORT, '{OWN}'); END",
    f"CREATE TRIGGER witness_not_own_later BEFORE UPDATE ON publication_witness WHEN {IS_OWN} BEGIN SELECT RAISE(ABORT, '{OWN}'); END",
]
SQLITE_REVERSE = [
    "DROP TRIGGER witnessed_log_head",
    "DROP TRIGGER witnessed_log_kept",
    "DROP TRIGGER witnessed_log_no_replace",
    "DROP TRIGGER witness_not_own",
    "DROP TRIGGER witness_not_own_later",
]
RAISE = "RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';"
POSTGRESQL = [
    f"CREATE FUNCTION witness_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {RAISE} END $$",
    f"CREATE FUNCTION witness_refuse_own() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {IS_OWN} THEN {RAISE} END IF; RETURN NEW; END $$",
    f"CREATE TRIGGER witnessed_log_head BEFORE UPDATE ON publication_witnessedlog FOR EACH ROW WHEN ({BACK} OR {FIXED})"
    f" EXECUTE FUNCTION witness_refuse('{HEAD}')",
    f"CREATE TRIGGER witnessed_log_kept BEFORE DELETE ON publication_witnessedlog FOR EACH ROW EXECUTE FUNCTION witness_refuse('{KEPT}')",
    "CREATE TRIGGER witnessed_log_no_truncate BEFORE TRUNCATE ON publication_witnessedlog"
    f" FOR EACH STATEMENT EXECUTE FUNCTION witness_refuse('{KEPT}')",
    "CREATE TRIGGER witness_not_own BEFORE INSERT OR UPDATE ON publication_witness"
    f" FOR EACH ROW EXECUTE FUNCTION witness_refuse_own('{OWN}')",
]
POSTGRESQL_REVERSE = [
    "DROP TRIGGER witnessed_log_head ON publication_witnessedlog",
    "DROP TRIGGER witnessed_log_kept ON publication_witnessedlog",
    "DROP TRIGGER witnessed_log_no_truncate ON publication_witnessedlog",
    "DROP TRIGGER witness_not_own ON publication_witness",
    "DROP FUNCTION witness_refuse()",
    "DROP FUNCTION witness_refuse_own()",
]
OPERATIONS = [VendorSQL("sqlite", SQLITE, SQLITE_REVERSE), VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE)]


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_audit_append_only"),
        ("publication", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Witness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=300, verbose_name="Adresse des Zeugen")),
                ("vkey", models.CharField(max_length=400, verbose_name="Schlüssel des Zeugen")),
                ("operator", models.CharField(max_length=200, verbose_name="Wer betreibt den Zeugen")),
                ("is_active", models.BooleanField(default=True)),
                ("size", models.PositiveBigIntegerField(default=0, help_text="Size that it last cosigned: where the next proof begins")),
                ("heard_at", models.DateTimeField(help_text="When it last cosigned", null=True)),
                ("silent_since", models.DateTimeField(help_text="First failure since then", null=True)),
                ("last_error", models.CharField(blank=True, help_text="Code of the last failure (witness.errors)", max_length=40)),
                ("created_at", models.DateTimeField()),
                ("body", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.body")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("body"), django.db.models.functions.text.Right("vkey", 44), name="publication_witness_key_once"
                    ),
                    models.UniqueConstraint(
                        models.F("body"),
                        django.db.models.functions.text.Lower("operator"),
                        condition=models.Q(("is_active", True)),
                        name="publication_witness_operator_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("url", ""), _negated=True),
                            models.Q(("vkey", ""), _negated=True),
                            models.Q(("operator", ""), _negated=True),
                        ),
                        name="publication_witness_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("last_error", ""), ("silent_since", None)),
                            models.Q(("silent_since__isnull", False), models.Q(("last_error", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="publication_witness_silent_completely",
                    ),
                ],
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="WitnessedLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("origin", models.CharField(max_length=200, verbose_name="Name des Protokolls")),
                ("vkey", models.CharField(max_length=400, verbose_name="Schlüssel des Protokolls")),
                ("operator", models.CharField(max_length=200, verbose_name="Wer führt das Protokoll")),
                ("is_active", models.BooleanField(default=True)),
                ("size", models.PositiveBigIntegerField(default=0)),
                (
                    "root",
                    models.BinaryField(
                        default=b"\xe3\xb0\xc4B\x98\xfc\x1c\x14\x9a\xfb\xf4\xc8\x99o\xb9$'\xaeA\xe4d\x9b\x93L\xa4\x95\x99\x1bxR\xb8U",
                        max_length=32,
                    ),
                ),
                ("checkpoint", models.BinaryField(null=True)),
                ("cosigned_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("body", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.body")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("body", "origin"), name="publication_witnessedlog_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin", ""), _negated=True),
                            models.Q(("vkey", ""), _negated=True),
                            models.Q(("operator", ""), _negated=True),
                        ),
                        name="publication_witnessedlog_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checkpoint", None), ("cosigned_at", None), ("size", 0)),
                            models.Q(("checkpoint__isnull", False), ("cosigned_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="publication_witnessedlog_head_completely",
                    ),
                ],
            },
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        *OPERATIONS,
    ]
