"""Invitations: how a person comes to an account. There is no other way in (adapter.py closes signing up)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Body, Membership, Person
from allmende.core.scope import BodyOwned


class Invitation(BodyOwned):
    """An administrator asks somebody to work for the body, by a link that works once and for seven days.

    The link itself is kept nowhere: it follows from the secret key of the installation, the id and
    `edition` (invitations.py). Sending it again makes a new edition, and the older link ends.
    """

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        ACCEPTED = "accepted", _("angenommen")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="invitations")
    name = models.CharField(_("Name"), max_length=200)
    email = models.EmailField(_("E-Mail"))
    roles = models.JSONField(help_text="Membership roles that accepting gives")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    edition = models.PositiveSmallIntegerField(default=1)
    link_hash = models.BinaryField(max_length=32, unique=True, help_text="SHA-256 of the link's secret")
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    accepted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("Einladung")
        constraints = [
            models.UniqueConstraint(name="accounts_invitation_one_open", fields=["body", "email"], condition=Q(state="open")),
            models.CheckConstraint(name="accounts_invitation_state_known", condition=Q(state__in=["open", "accepted", "withdrawn"])),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"

    @property
    def role_names(self) -> list[str]:
        return [str(Membership.Role(role).label) for role in self.roles]
