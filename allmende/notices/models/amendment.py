"""A notice that corrects, renews or heals an earlier one of the same body."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from allmende.core.scope import BodyOwned, Scoped
from allmende.notices.models.notice import Notice


class Amendment(BodyOwned):
    """What `notice` does to `earlier`; stated when it is begun, in force with its publication."""

    class Word(models.TextChoices):
        """As in the log (publication.models.Relation.Word)."""

        CORRECTS = "corrects", _("Berichtigung")
        RENEWS = "renews", _("Neubekanntmachung")
        HEALS = "heals", _("Heilung")

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, primary_key=True, related_name="amends")
    earlier = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="amended_by")
    word = models.CharField(max_length=8, choices=Word)

    objects = Scoped("notice__record__body")

    class Meta:
        constraints = [
            models.CheckConstraint(name="notices_amendment_word_known", condition=Q(word__in=["corrects", "renews", "heals"])),
            models.CheckConstraint(name="notices_amendment_no_self", condition=~Q(notice=F("earlier"))),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.word} {self.earlier_id}"
