"""Who gets mail: a confirmed address, for the gazette or for new notices."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Body
from allmende.core.scope import BodyOwned


class Subscription(BodyOwned):
    """One address that wants mail about one thing. Nothing else is kept; leaving deletes the row.

    `kinds`: codes of the kinds of notices it wants, none for all of them, also those that come later.
    """

    class Topic(models.TextChoices):
        GAZETTE = "gazette", _("Amtsblatt")
        NOTICES = "notices", _("Bekanntmachungen")

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=8, choices=Topic, default=Topic.GAZETTE)
    email = models.EmailField(_("E-Mail"))
    kinds = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notices_subscription_once", fields=["body", "topic", "email"]),
            models.CheckConstraint(name="notices_subscription_topic_known", condition=Q(topic__in=["gazette", "notices"])),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
