"""Notices that correct, renew or heal an earlier one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_gazette"),
    ]

    operations = [
        migrations.AlterField(
            model_name="link",
            name="relation",
            field=models.CharField(
                choices=[
                    ("takes_up", "greift auf"),
                    ("proposes", "schlägt vor"),
                    ("decides", "entscheidet über"),
                    ("enacts", "erlässt"),
                    ("promulgates", "macht bekannt"),
                    ("measures", "misst"),
                    ("replaces", "ersetzt"),
                    ("corrects", "berichtigt"),
                    ("renews", "macht neu bekannt"),
                    ("heals", "heilt einen Fehler von"),
                ],
                max_length=12,
            ),
        ),
    ]
