"""What was taken away of something published, and where the log says so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Person
from allmende.core.scope import BodyOwned, Scoped
from allmende.publication.models.attempt import Attempt
from allmende.publication.models.publication import Publication


class Removal(BodyOwned):
    """Artefacts of a sealed attempt that are no longer provided, or no longer exist. Append-only (trigger): the line is filled in once.

    `artefacts`: names as in the leaf. Each of them is removed at most once, and erased at most once.
    """

    class Event(models.TextChoices):
        REMOVED = "removed", _("nicht mehr veröffentlicht")
        ERASED = "erased", _("gelöscht")

    class Reason(models.TextChoices):
        """Stands in the public log for ever: a word, and never about a person."""

        PERSONAL_DATA = "personal_data", _("personenbezogene Daten, die nicht hätten veröffentlicht werden dürfen")
        RIGHTS = "rights", _("Rechte anderer, zum Beispiel Urheberrecht")
        COURT_ORDER = "court_order", _("Anordnung eines Gerichts oder einer Behörde")
        MISTAKE = "mistake", _("versehentlich veröffentlicht")
        PERIOD_OVER = "period_over", _("Die Zeit der Veröffentlichung ist vorüber")

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="removals")
    event = models.CharField(max_length=7, choices=Event)
    artefacts = models.JSONField()
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")  # null: the worker, at the day set
    entry_index = models.PositiveBigIntegerField(null=True, help_text="Its line in the log; empty until it is there")

    objects = Scoped("attempt__body")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publication_removal_known",
                condition=~Q(reason="") & (Q(by__isnull=False) | Q(reason="period_over")) & Q(event="removed")
                | Q(event="erased", reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.event}: {self.at:%Y-%m-%d %H:%M}"


class Relation(BodyOwned):
    """A later publication corrects, renews or heals an earlier one of the same body. Append-only (trigger), as above."""

    class Word(models.TextChoices):
        CORRECTS = "corrects", _("berichtigt")
        RENEWS = "renews", _("macht neu bekannt")
        HEALS = "heals", _("heilt einen Fehler von")

    later = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="relations")
    earlier = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="related_by")
    word = models.CharField(max_length=8, choices=Word)
    entry_index = models.PositiveBigIntegerField(null=True, help_text="Its line in the log; empty until the later one is public")

    objects = Scoped("later__body")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="publication_relation_once", fields=["later", "earlier"]),
            models.CheckConstraint(name="publication_relation_word_known", condition=Q(word__in=["corrects", "renews", "heals"])),
            models.CheckConstraint(name="publication_relation_no_self", condition=~Q(later=models.F("earlier"))),
        ]

    def __str__(self) -> str:
        return f"{self.later_id} {self.word} {self.earlier_id}"
