"""Inviting people: the only way to an account besides the first run of an installation."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from allmende.accounts import mails
from allmende.accounts.models import Invitation
from allmende.core import addresses, audit, outbox
from allmende.core.errors import DomainError
from allmende.core.models import Body, Membership, OutboxRow, Person
from allmende.core.permissions import Act, Role, require
from allmende.lib import german

LIFE = timedelta(days=7)
State = Invitation.State


class InvitationOver(DomainError):
    code, status = "invitation_over", 410
    message = _("Diese Einladung gilt nicht mehr. Bitten Sie die Administration Ihrer Kommune um eine neue.")


class AlreadyInvited(DomainError):
    code = "already_invited"
    message = _("Für diese E-Mail-Adresse gibt es schon eine offene Einladung. Senden Sie sie noch einmal oder ziehen Sie sie zurück.")


class NoRole(DomainError):
    code, status = "invitation_without_role", 400
    message = _("Die Einladung nennt keine Rolle. Wählen Sie mindestens eine.")


class AccountClosed(DomainError):
    code, status = "account_closed", 403
    message = _("Ihr Konto ist gesperrt. Bitten Sie die Administration, es wieder zu öffnen, bevor Sie die Einladung annehmen.")


class OtherAccount(DomainError):
    code, status = "invitation_for_other_account", 403
    message = _("Die Einladung gilt für eine andere E-Mail-Adresse. Melden Sie sich ab und öffnen Sie den Link noch einmal.")


class HasAccount(DomainError):
    code = "has_account"
    message = _("Für diese E-Mail-Adresse gibt es schon ein Konto. Melden Sie sich an, dann können Sie die Einladung annehmen.")


def secret_of(invitation: Invitation) -> str:
    """The secret part of the link: signed with the key of the installation, other for each edition."""
    value = f"{invitation.pk}:{invitation.edition}:{invitation.email}"
    return salted_hmac("allmende/invitation/v1", value, algorithm="sha256").hexdigest()


def link_of(invitation: Invitation) -> str:
    """Where the invitation is accepted. Whoever has it can accept."""
    return f"{addresses.root(invitation.body)}/konto/einladung/{secret_of(invitation)}/"


@transaction.atomic
def show_link(invitation_id: int, *, body: Body, by: Person, at: datetime) -> tuple[Invitation, str]:
    """The invitation and its link, to be handed over in person where no mail goes out. The audit trail keeps who has seen it.

    Raises:
        NotAllowed: `by` does not manage this body.
        InvitationOver: it has been accepted or withdrawn, its time is over, or the installation sends mail itself.
    """
    require(by, body, Act.MANAGE, at=at)
    invitation = Invitation.objects.for_body(body).select_related("body").get(pk=invitation_id)
    if mails.goes_out() or invitation.state != State.OPEN or invitation.expires_at <= at:
        raise InvitationOver
    audit.note(body, "people.invitation_shown", {"name": invitation.name}, by=by, at=at)
    return invitation, link_of(invitation)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


@transaction.atomic
def invite(*, body: Body, name: str, email: str, roles: Collection[Role], by: Person, at: datetime) -> Invitation:
    """Invite somebody to work for `body` in `roles`. The worker sends the mail.

    Raises:
        NotAllowed: `by` does not manage this body.
        AlreadyInvited: an invitation for this address is open.
        NoRole: `roles` is empty.
    """
    require(by, body, Act.MANAGE, at=at)
    return write_invitation(body=body, name=name, email=email, roles=roles, by=by, at=at)


@transaction.atomic
def write_invitation(*, body: Body, name: str, email: str, roles: Collection[Role], by: Person, at: datetime) -> Invitation:
    """The same for a caller that has checked the right of `by` itself: the operator inviting the first administrator of a body.

    Raises AlreadyInvited, NoRole.
    """
    validate_email(email)
    if not roles:
        raise NoRole
    Invitation.objects.for_body(body).filter(email=email.strip().lower(), state=State.OPEN, expires_at__lte=at).update(
        state=State.WITHDRAWN
    )
    invitation = Invitation(
        body=body,
        name=name.strip(),
        email=email.strip().lower(),
        roles=sorted(role.value for role in roles),
        invited_by=by,
        invited_at=at,
        expires_at=at + LIFE,
        link_hash=_hash(f"{body.pk}:{email}:{at.isoformat()}"),  # replaced below: the secret needs the id
    )
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyInvited from error
    _write_link(invitation)
    audit.note(body, "people.invited", {"name": invitation.name, "roles": invitation.roles}, by=by, at=at)
    _ask_mail(invitation, at=at)
    return invitation


def _write_link(invitation: Invitation) -> None:
    invitation.link_hash = _hash(secret_of(invitation))
    invitation.save(update_fields=["link_hash"])


def _ask_mail(invitation: Invitation, *, at: datetime) -> None:
    outbox.put(invitation.body, "accounts.invitation", subject=str(invitation.pk), once=str(invitation.edition), at=at)


@transaction.atomic
def send_again(invitation_id: int, *, body: Body, by: Person, at: datetime) -> Invitation:
    """Make a new edition of an open invitation with seven days from now; the older link ends.

    Raises:
        NotAllowed: `by` does not manage this body.
        InvitationOver: it has been accepted or withdrawn.
    """
    require(by, body, Act.MANAGE, at=at)
    invitation = Invitation.objects.for_body(body).select_related("body").get(pk=invitation_id)
    still = Invitation.objects.for_body(body).filter(pk=invitation.pk, state=State.OPEN, edition=invitation.edition)
    if not still.update(edition=invitation.edition + 1, expires_at=at + LIFE):
        raise InvitationOver
    invitation.edition += 1
    _write_link(invitation)
    audit.note(body, "people.invited_again", {"name": invitation.name}, by=by, at=at)
    _ask_mail(invitation, at=at)
    return invitation


@transaction.atomic
def withdraw(invitation_id: int, *, body: Body, by: Person, at: datetime) -> None:
    """End an open invitation.

    Raises:
        NotAllowed: `by` does not manage this body.
        InvitationOver: it has been accepted or withdrawn before.
    """
    require(by, body, Act.MANAGE, at=at)
    invitation = Invitation.objects.for_body(body).get(pk=invitation_id)
    if not Invitation.objects.for_body(body).filter(pk=invitation.pk, state=State.OPEN).update(state=State.WITHDRAWN):
        raise InvitationOver
    audit.note(body, "people.invitation_withdrawn", {"name": invitation.name}, by=by, at=at)


def find(secret: str, *, body: Body, at: datetime) -> Invitation:
    """The open invitation that a link leads to. 1 query.

    Raises:
        InvitationOver: used, withdrawn, replaced by a newer one, expired, or never there.
    """
    rows = Invitation.objects.for_body(body).select_related("body", "invited_by")
    invitation = rows.filter(link_hash=_hash(secret), state=State.OPEN, expires_at__gt=at).first()
    if invitation is None:
        raise InvitationOver
    return invitation


def account_of(invitation: Invitation) -> Person | None:
    """The account that the invited address has already, if any. 1 query."""
    return Person.objects.filter(email=invitation.email).first()


@transaction.atomic
def _accept(invitation: Invitation, person: Person, *, at: datetime) -> None:
    """Single use: the conditional UPDATE decides which of two clicks was first."""
    still = Invitation.objects.for_body(invitation.body).filter(
        pk=invitation.pk, state=State.OPEN, edition=invitation.edition, expires_at__gt=at
    )
    if not still.update(state=State.ACCEPTED, accepted_by=person):
        raise InvitationOver
    for role in invitation.roles:
        here = Membership.objects.for_body(invitation.body)
        here.get_or_create(person=person, role=role, deputy_for=None, defaults={"body": invitation.body})
    audit.note(invitation.body, "people.joined", {"person": person.pk, "name": person.name, "roles": invitation.roles}, by=person, at=at)


@transaction.atomic
def accept_as_new(invitation: Invitation, *, password: str, at: datetime) -> Person:
    """Make the account and give the roles. The password has been validated by the form.

    Raises:
        InvitationOver: it was used or withdrawn meanwhile.
        HasAccount: the address has an account; its owner has to log in (accept_as).
    """
    try:
        with transaction.atomic():
            person = Person.objects.create_user(email=invitation.email, name=invitation.name, password=password)
    except IntegrityError as error:
        raise HasAccount from error
    _accept(invitation, person, at=at)
    return person


def accept_as(invitation: Invitation, person: Person, *, at: datetime) -> None:
    """Give the roles to somebody who has an account and is logged in.

    Raises:
        InvitationOver: it was used or withdrawn meanwhile.
        OtherAccount: it was sent to another address.
        AccountClosed: the account is closed.
    """
    if not person.is_active:
        raise AccountClosed
    if person.email != invitation.email:
        raise OtherAccount
    _accept(invitation, person, at=at)


def send_invitation(row: OutboxRow, at: datetime) -> None:
    """Outbox topic accounts.invitation. The link is made here, so that neither row nor database holds it."""
    invitation = Invitation.objects.for_body(row.body).select_related("invited_by").get(pk=int(row.subject))
    if invitation.state != State.OPEN or row.key.rpartition(":")[2] != str(invitation.edition):
        return  # withdrawn, accepted, or replaced by a newer edition before it was sent
    mails.send(
        row,
        to=invitation.email,
        subject=_("Einladung zur Mitarbeit"),
        template="invitation",
        at=at,
        invitation=invitation,
        roles=[str(Role(role).label) for role in invitation.roles],
        until=german.moment(invitation.expires_at),
        link=link_of(invitation),
    )
