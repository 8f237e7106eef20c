"""What can happen to a notice after its publication: amended by another one, taken down, erased."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from allmende.notices.migrations._guards import CALENDAR_DROP, CALENDAR_MAKE, off, on


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_relations_of_notices"),
        ("notices", "0013_file_numbers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        off(CALENDAR_DROP, CALENDAR_MAKE),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="amends",
                        serialize=False,
                        to="notices.notice",
                    ),
                ),
                (
                    "word",
                    models.CharField(
                        choices=[("corrects", "Berichtigung"), ("renews", "Neubekanntmachung"), ("heals", "Heilung")], max_length=8
                    ),
                ),
            ],
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notices_notice_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notices_notice_number_from_approval",
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notices_notice_provided_when_public",
        ),
        migrations.AlterField(
            model_name="notice",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Entwurf"),
                    ("submitted", "wartet auf Freigabe"),
                    ("approved", "freigegeben, wird veröffentlicht"),
                    ("public", "öffentlich"),
                    ("removed", "vom Netz genommen"),
                    ("erased", "gelöscht"),
                    ("discarded", "verworfen"),
                ],
                default="draft",
                editable=False,
                max_length=9,
                verbose_name="Stand",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "approved", "public", "removed", "erased", "discarded"])),
                name="notices_notice_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        ("number__isnull", False),
                        ("state__in", ("approved", "public", "removed", "erased")),
                        ("year__isnull", False),
                    ),
                    models.Q(
                        models.Q(("state__in", ("approved", "public", "removed", "erased")), _negated=True),
                        ("approved_at", None),
                        ("approved_by", None),
                        ("number", None),
                        ("year", None),
                    ),
                    _connector="OR",
                ),
                name="notices_notice_number_from_approval",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("provided_at__isnull", False), ("state__in", ("public", "removed", "erased"))),
                    models.Q(models.Q(("state__in", ("public", "removed", "erased")), _negated=True), ("provided_at", None)),
                    _connector="OR",
                ),
                name="notices_notice_provided_when_public",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="earlier",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="amended_by", to="notices.notice"),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("word__in", ["corrects", "renews", "heals"])), name="notices_amendment_word_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("notice", models.F("earlier")), _negated=True), name="notices_amendment_no_self"
            ),
        ),
        on(CALENDAR_DROP, CALENDAR_MAKE),
    ]
