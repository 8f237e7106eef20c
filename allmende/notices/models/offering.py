"""To which archive a body offers what it will erase, and how it stands with one notice. No names: what was said is in the work list."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Body, Person
from allmende.core.scope import BodyOwned, Scoped
from allmende.notices.models.notice import Notice


class ArchiveRule(BodyOwned):
    """The rule of one body, entered with its source. Without a row nothing is offered.

    `answer_days`: how long the archive may take; erasure waits no longer. Empty: no law gives it time, and erasure does not wait.
    """

    body = models.OneToOneField(Body, on_delete=models.CASCADE, primary_key=True, related_name="+")
    archive = models.CharField(max_length=200)
    kinds = models.JSONField(default=list, help_text="Codes of the kinds of notices that are offered")
    lead_days = models.PositiveSmallIntegerField(help_text="Days before the day of erasure on which the task is opened")
    answer_days = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=300, help_text="Act, section, or what the body has agreed with its archive")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="notices_archiverule_complete", condition=~Q(archive="") & ~Q(source="") & Q(lead_days__gte=1)),
            models.CheckConstraint(
                name="notices_archiverule_answer", condition=Q(answer_days=None) | Q(answer_days__gte=1, answer_days__lte=730)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.archive}"


class Offer(BodyOwned):
    """A notice that an archive is asked about before it is erased. Stays when the notice is gone."""

    class Answer(models.TextChoices):
        OPEN = "open", _("noch keine Antwort")
        TAKEN_OVER = "taken_over", _("übernommen")
        NOT_WANTED = "not_wanted", _("nicht gewünscht")
        NO_ANSWER = "no_answer", _("keine Antwort in der Frist")

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, primary_key=True, related_name="offer")
    erase_on = models.DateField()
    wait_until = models.DateField(help_text="First day on which it is erased, whether or not the archive has answered")
    offered_on = models.DateField(null=True)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.OPEN)
    answered_at = models.DateTimeField(null=True)

    objects = Scoped("notice__record__body")

    class Meta:
        constraints = [
            models.CheckConstraint(name="notices_offer_waits", condition=Q(wait_until__gte=models.F("erase_on"))),
            models.CheckConstraint(
                name="notices_offer_answered",
                condition=Q(answer="open", answered_at=None)
                | Q(answer__in=["taken_over", "not_wanted", "no_answer"], answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.answer}"
