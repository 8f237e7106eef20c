"""What was seen on the page that local law names."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Body
from allmende.core.scope import BodyOwned


class StartPageCheck(BodyOwned):
    """The last look at one page for one area. `address` as local law names it; `problem` is empty where the area was found."""

    class Problem(models.TextChoices):
        ADDRESS = "address", _("Die Adresse ist keine, die von außen erreichbar sein darf. Nötig ist eine mit https.")
        UNREACHABLE = "unreachable", _("Die Seite war nicht erreichbar.")
        SLOW = "slow", _("Die Seite hat nicht rechtzeitig geantwortet.")
        OVERSIZED = "oversized", _("Die Seite ist zu groß, um sie anzusehen.")
        STATUS = "status", _("Unter der Adresse steht keine Seite.")
        ELSEWHERE = "elsewhere", _("Die Adresse führt zu einer anderen Website weiter. Sehen Sie nach, ob das die genannte Seite ist.")
        NO_PAGE = "no_page", _("Unter der Adresse steht etwas anderes als eine Seite.")
        NO_LINK = "no_link", _("Auf der Seite ist kein Link mit diesem Wort zu finden.")

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=300)
    area = models.CharField(max_length=200)
    problem = models.CharField(max_length=12, choices=Problem, blank=True)
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="administration_startpage_once", fields=["body", "address", "area"]),
            models.CheckConstraint(
                name="administration_startpage_problem",
                condition=Q(
                    problem__in=["", "address", "unreachable", "slow", "oversized", "status", "elsewhere", "no_page", "no_link"],
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.problem or 'found'}"
