"""Records and links: the thread from idea to indicator.

Every object that a citizen would cite owns one Record row. Modules never import each other; they
meet here, with real foreign keys.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from allmende.core.models.body import Body
from allmende.core.scope import BodyOwned, Scoped


class Kind(models.TextChoices):
    IDEA = "idea", _("Idee")
    PROCEDURE = "procedure", _("Beteiligungsverfahren")
    STRATEGY = "strategy", _("Strategie")
    MEASURE = "measure", _("Maßnahme")
    INDICATOR = "indicator", _("Indikator")
    MEETING = "meeting", _("Sitzung")
    PAPER = "paper", _("Vorlage")
    RESOLUTION = "resolution", _("Beschluss")
    BYLAW = "bylaw", _("Satzung")
    NOTICE = "notice", _("Bekanntmachung")
    GAZETTE = "gazette", _("Amtsblatt")


class Visibility(models.TextChoices):
    INTERNAL = "internal", _("nur in der Verwaltung")
    PUBLIC = "public", _("öffentlich")
    REMOVED = "removed", _("entfernt, Platzhalter bleibt")


class Record(BodyOwned):
    """One thing with a permanent address in one body: an idea, a resolution, a by-law, a notice …"""

    Kind = Kind

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=12, choices=Kind)
    titles = models.JSONField(help_text='By language; German always: {"de": "…", "en": "…"}')
    path = models.CharField(max_length=200, help_text="Within the body, e.g. bekanntmachungen/2026/17/")
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.INTERNAL)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="core_record_path_unique_in_body", fields=["body", "path"]),
            models.CheckConstraint(name="core_record_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="core_record_visibility_known", condition=Q(visibility__in=Visibility.values)),
            models.CheckConstraint(name="core_record_has_german_title", condition=Q(titles__has_key="de")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """In the language of the page, else in German."""
        titles: dict[str, str] = self.titles
        return titles.get(get_language() or "de") or titles["de"]


class Link(BodyOwned):
    """`source` <relation> `target`, e.g. notice *promulgates* by-law. Belongs to the body of its source.

    Which relation may join which kinds: core/thread.py.
    """

    class Relation(models.TextChoices):
        TAKES_UP = "takes_up", _("greift auf")
        PROPOSES = "proposes", _("schlägt vor")
        DECIDES = "decides", _("entscheidet über")
        ENACTS = "enacts", _("erlässt")
        PROMULGATES = "promulgates", _("macht bekannt")
        MEASURES = "measures", _("misst")
        REPLACES = "replaces", _("ersetzt")
        CORRECTS = "corrects", _("berichtigt")
        RENEWS = "renews", _("macht neu bekannt")
        HEALS = "heals", _("heilt einen Fehler von")

    source = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links_in")
    relation = models.CharField(max_length=12, choices=Relation)

    objects = Scoped("source__body")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "relation"], name="core_link_unique"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="core_link_no_self"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"
