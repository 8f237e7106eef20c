"""Taking down and erasing: what was taken away is a row, and so is what belongs together; content can go to NULL, once."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from allmende.core.generation import RaisesGeneration
from allmende.publication.migrations._removal_guards import first, last


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_generation"),
        ("publication", "0005_attachments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *first(),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "word",
                    models.CharField(
                        choices=[("corrects", "berichtigt"), ("renews", "macht neu bekannt"), ("heals", "heilt einen Fehler von")],
                        max_length=8,
                    ),
                ),
                (
                    "entry_index",
                    models.PositiveBigIntegerField(help_text="Its line in the log; empty until the later one is public", null=True),
                ),
            ],
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Removal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.CharField(choices=[("removed", "nicht mehr veröffentlicht"), ("erased", "gelöscht")], max_length=7)),
                ("artefacts", models.JSONField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("personal_data", "personenbezogene Daten, die nicht hätten veröffentlicht werden dürfen"),
                            ("rights", "Rechte anderer, zum Beispiel Urheberrecht"),
                            ("court_order", "Anordnung eines Gerichts oder einer Behörde"),
                            ("mistake", "versehentlich veröffentlicht"),
                            ("period_over", "Die Zeit der Veröffentlichung ist vorüber"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("entry_index", models.PositiveBigIntegerField(help_text="Its line in the log; empty until it is there", null=True)),
            ],
            managers=[
                ("_unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="attempt",
            name="publication_attempt_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="attempt",
            name="publication_attempt_sealed_completely",
        ),
        migrations.RemoveConstraint(
            model_name="attempt",
            name="publication_attempt_public_completely",
        ),
        migrations.RemoveConstraint(
            model_name="publication",
            name="publication_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="publication",
            name="publication_public_waits_for_nothing",
        ),
        migrations.AddField(
            model_name="attempt",
            name="bundle_due_at",
            field=models.DateTimeField(help_text="Since when its bundle is not answered: it still holds what was removed", null=True),
        ),
        migrations.AddField(
            model_name="attempt",
            name="erased_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="publication",
            name="erased_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="attempt",
            name="state",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "wird gesiegelt"),
                    (2, "gesiegelt"),
                    (3, "im Protokoll"),
                    (4, "unter einem Prüfpunkt"),
                    (5, "bereitgestellt"),
                    (6, "öffentlich"),
                    (7, "nicht mehr veröffentlicht"),
                    (9, "ungültig"),
                ],
                default=1,
            ),
        ),
        migrations.AlterField(
            model_name="publication",
            name="payload",
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name="publication",
            name="state",
            field=models.CharField(
                choices=[
                    ("approved", "freigegeben, noch nicht öffentlich"),
                    ("public", "öffentlich"),
                    ("removed", "nicht mehr veröffentlicht"),
                    ("erased", "gelöscht"),
                ],
                default="approved",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", [1, 2, 3, 4, 5, 6, 7, 9])), name="publication_attempt_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("leaf__isnull", True),
                        ("seal_key__isnull", True),
                        ("sealed_at__isnull", True),
                        ("stamped_at__isnull", True),
                        ("state__lt", 2),
                    ),
                    models.Q(
                        ("leaf__isnull", False),
                        ("seal_key__isnull", False),
                        ("sealed_at__isnull", False),
                        ("stamped_at__isnull", False),
                        ("state__gte", 2),
                        ("state__lt", 9),
                    ),
                    models.Q(
                        ("state", 9),
                        ("leaf__isnull", False),
                        ("seal_key__isnull", False),
                        ("sealed_at__isnull", False),
                        ("stamped_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="publication_attempt_sealed_completely",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("erased_at", None),
                        ("state__lt", 2),
                        ("document__isnull", True),
                        ("document_salt__isnull", True),
                        ("fragment__isnull", True),
                        ("page__isnull", True),
                        ("page_salt__isnull", True),
                        ("token__isnull", True),
                    ),
                    models.Q(
                        ("erased_at", None),
                        ("state__gte", 2),
                        ("document__isnull", False),
                        ("document_salt__isnull", False),
                        ("fragment__isnull", False),
                        ("page__isnull", False),
                        ("page_salt__isnull", False),
                        ("token__isnull", False),
                    ),
                    models.Q(
                        ("erased_at__isnull", False),
                        ("state__in", [7, 9]),
                        ("document__isnull", True),
                        ("document_salt__isnull", True),
                        ("fragment__isnull", True),
                        ("page__isnull", True),
                        ("page_salt__isnull", True),
                        ("token__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="publication_attempt_content_until_erased",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("state__lt", 6)),
                    models.Q(("confirmed_at__isnull", False), ("state", 6)),
                    ("state", 7),
                    models.Q(("confirmed_at", None), ("state", 9)),
                    _connector="OR",
                ),
                name="publication_attempt_public_completely",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["approved", "public", "removed", "erased"])), name="publication_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("erased_at__isnull", False), ("payload", None), ("state", "erased")),
                    models.Q(models.Q(("state", "erased"), _negated=True), ("erased_at", None), ("payload__isnull", False)),
                    _connector="OR",
                ),
                name="publication_erased_completely",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "approved"), ("waiting_code", ""), _connector="OR"),
                name="publication_public_waits_for_nothing",
            ),
        ),
        migrations.AddField(
            model_name="relation",
            name="earlier",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="related_by", to="publication.publication"),
        ),
        migrations.AddField(
            model_name="relation",
            name="later",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="relations", to="publication.publication"),
        ),
        migrations.AddField(
            model_name="removal",
            name="attempt",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="removals", to="publication.attempt"),
        ),
        migrations.AddField(
            model_name="removal",
            name="by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.UniqueConstraint(fields=("later", "earlier"), name="publication_relation_once"),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("word__in", ["corrects", "renews", "heals"])), name="publication_relation_word_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("later", models.F("earlier")), _negated=True), name="publication_relation_no_self"
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event", "removed"), models.Q(("reason", ""), _negated=True), ("by__isnull", False)),
                    models.Q(("event", "erased"), ("reason", "")),
                    _connector="OR",
                ),
                name="publication_removal_known",
            ),
        ),
        *last(),
        RaisesGeneration("publication_removal"),
        RaisesGeneration("publication_relation"),
    ]
