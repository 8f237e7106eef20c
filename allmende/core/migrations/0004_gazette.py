"""The gazette is a kind of record, and its address belongs to the platform.

SQLite drops the triggers of the two tables when it rebuilds them: they are made again at the end.
"""

from django.db import migrations, models

from allmende.core.generation import sqlite_triggers
from allmende.core.sql import VendorSQL

MAKE = (*sqlite_triggers("core_body"), *sqlite_triggers("core_record", "{row}.visibility <> 'internal'"))
DROP = tuple(f"DROP TRIGGER {table}_generation_{act}" for table in ("core_body", "core_record") for act in ("insert", "update", "delete"))


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_generation"),
    ]

    operations = [
        VendorSQL("sqlite", DROP, MAKE),
        migrations.RemoveConstraint(
            model_name="body",
            name="core_body_slug_not_reserved",
        ),
        migrations.RemoveConstraint(
            model_name="record",
            name="core_record_kind_known",
        ),
        migrations.AlterField(
            model_name="record",
            name="kind",
            field=models.CharField(
                choices=[
                    ("idea", "Idee"),
                    ("procedure", "Beteiligungsverfahren"),
                    ("strategy", "Strategie"),
                    ("measure", "Maßnahme"),
                    ("indicator", "Indikator"),
                    ("meeting", "Sitzung"),
                    ("paper", "Vorlage"),
                    ("resolution", "Beschluss"),
                    ("bylaw", "Satzung"),
                    ("notice", "Bekanntmachung"),
                    ("gazette", "Amtsblatt"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "slug__in",
                        [
                            "abmelden",
                            "allmende",
                            "amtsblatt",
                            "anmelden",
                            "api",
                            "barrierefreiheit",
                            "bekanntmachungen",
                            "betrieb",
                            "checkpoint",
                            "datenschutz",
                            "de",
                            "demo",
                            "einrichten",
                            "en",
                            "entwuerfe",
                            "feed",
                            "impressum",
                            "karte",
                            "konto",
                            "log",
                            "massnahmen",
                            "media",
                            "mitmachen",
                            "neu",
                            "ortsrecht",
                            "protokoll",
                            "pruefung",
                            "rat",
                            "robots",
                            "schreibtisch",
                            "sitemap",
                            "stadt",
                            "static",
                            "strategie",
                            "suche",
                            "tile",
                            "verwaltung",
                            "wappen",
                            "witness",
                        ],
                    ),
                    _negated=True,
                ),
                name="core_body_slug_not_reserved",
            ),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "idea",
                            "procedure",
                            "strategy",
                            "measure",
                            "indicator",
                            "meeting",
                            "paper",
                            "resolution",
                            "bylaw",
                            "notice",
                            "gazette",
                        ],
                    )
                ),
                name="core_record_kind_known",
            ),
        ),
        VendorSQL("sqlite", MAKE, DROP),
    ]
