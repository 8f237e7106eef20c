"""People and roles of a body. Nobody removes the last administrator."""

from collections.abc import Iterable
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allmende.core import audit
from allmende.core.errors import DomainError, NotAllowed
from allmende.core.models import Body, Membership, Person
from allmende.core.permissions import Act, Role, may, require


class LastAdministrator(DomainError):
    code = "last_administrator"
    message = _("Das wäre die letzte Person mit der Rolle Administration. Geben Sie diese Rolle erst jemand anderem.")


class HasRole(DomainError):
    code = "has_role"
    message = _("Diese Rolle hat die Person schon. Laden Sie die Seite neu.")


class NobodyToStandFor(DomainError):
    code = "nobody_to_stand_for"
    message = _("Die vertretene Person hat diese Rolle hier nicht. Wählen Sie eine Rolle, die sie selbst hat.")


class PeriodNotMeaningful(DomainError):
    code, status = "deputy_period", 400
    message = _("Der Zeitraum der Vertretung liegt in der Vergangenheit oder verkehrt herum. Prüfen Sie Anfang und Ende.")


class ReasonMissing(DomainError):
    code, status = "deputy_reason", 400
    message = _("Es fehlt der Grund der Vertretung. Schreiben Sie zum Beispiel: Urlaub.")


class ForHimself(DomainError):
    code, status = "deputy_for_oneself", 400
    message = _("Niemand vertritt sich selbst. Wählen Sie zwei verschiedene Personen.")


class WorksElsewhere(DomainError):
    code, status = "works_elsewhere", 403
    message = _("Die Person arbeitet auch für Kommunen, die Sie nicht verwalten. Entziehen Sie ihr hier die Rollen, das genügt.")


class EmailTaken(DomainError):
    code = "email_taken"
    message = _("Zu dieser E-Mail-Adresse gibt es schon ein Konto. Prüfen Sie die Adresse.")


def _line_up(bodies: Iterable[int]) -> None:
    """Make writers of roles of the same body wait for each other: whoever has written the row of the body first, goes first.

    After that a statement sees what the one before has committed, on both databases; in order of id, so that two never wait
    for each other.
    """
    for pk in sorted(bodies):
        Body.objects.filter(pk=pk).update(short_name=F("short_name"))


def _keeps_an_administrator(body: Body, *, at: datetime) -> bool:
    """Whether somebody with an open account administers `body` for good: in it, or in the office that administers it."""
    day = timezone.localdate(at)
    for office in filter(None, (body, body.administered_by)):
        standing = Membership.objects.for_body(office).filter(
            Q(valid_from=None) | Q(valid_from__lte=day), role=Role.ADMINISTRATOR, deputy_for=None, valid_until=None, person__is_active=True
        )
        if standing.exists():
            return True
    return False


def _check_administrators(body: Body, *, at: datetime) -> None:
    """Raises LastAdministrator if `body`, or a body that it administers, has nobody left. Call it last, in the transaction."""
    for affected in (body, *body.members.all()):
        if not _keeps_an_administrator(affected, at=at):
            raise LastAdministrator


def _named(membership: Membership) -> dict[str, object]:
    named: dict[str, object] = {"person": membership.person_id, "name": membership.person.name, "role": membership.role}
    if membership.deputy_for:
        named |= {"deputy_for": membership.deputy_for.name, "from": str(membership.valid_from), "until": str(membership.valid_until)}
        named |= {"reason": membership.reason}
    return named


@transaction.atomic
def give_role(person: Person, role: Role, *, body: Body, by: Person, at: datetime) -> Membership:
    """Give somebody who works here one more role.

    Raises:
        NotAllowed: `by` does not manage this body, or `person` has never worked here (invite instead).
        HasRole: given before.
    """
    require(by, body, Act.MANAGE, at=at)
    if not Membership.objects.for_body(body).filter(person=person).exists():
        raise NotAllowed
    try:
        with transaction.atomic():
            membership: Membership = Membership.objects.create(person=person, body=body, role=role)
    except IntegrityError as error:
        raise HasRole from error
    audit.note(body, "people.role_given", _named(membership), by=by, at=at)
    return membership


@transaction.atomic
def remove_role(membership_id: int, *, body: Body, by: Person, at: datetime) -> None:
    """Take a role or a deputyship away.

    Raises:
        NotAllowed: `by` does not manage this body.
        LastAdministrator: nobody would be left. Safe against two administrators who remove each other at the same time.
        Membership.DoesNotExist: not in this body.
    """
    require(by, body, Act.MANAGE, at=at)
    _line_up([body.pk])
    membership = Membership.objects.for_body(body).select_related("person", "deputy_for").get(pk=membership_id)
    values = _named(membership)
    Membership.objects.for_body(body).filter(pk=membership_id).delete()
    _check_administrators(body, at=at)
    audit.note(body, "people.role_removed", values, by=by, at=at)


@transaction.atomic
def appoint_deputy(
    *,
    deputy: Person,
    stands_for: Person,
    role: Role,
    first: date,
    last: date,
    reason: str,
    body: Body,
    by: Person,
    at: datetime,
) -> Membership:
    """Let somebody who works here stand for a colleague in one role, from `first` until `last` (both included).

    Four eyes stay: whoever wrote a version cannot approve it as a deputy either (publication.services.approve).

    Raises:
        NotAllowed: `by` does not manage this body, or the deputy has never worked here.
        NobodyToStandFor: the colleague does not hold the role here.
        PeriodNotMeaningful, ReasonMissing, ForHimself
    """
    require(by, body, Act.MANAGE, at=at)
    if deputy == stands_for:
        raise ForHimself
    if last < first or last < timezone.localdate(at):
        raise PeriodNotMeaningful
    if not reason.strip():
        raise ReasonMissing
    here = Membership.objects.for_body(body)
    if not here.filter(person=deputy).exists():
        raise NotAllowed
    if not here.filter(person=stands_for, role=role, deputy_for=None).exists():
        raise NobodyToStandFor
    membership: Membership = Membership.objects.create(
        person=deputy, body=body, role=role, deputy_for=stands_for, valid_from=first, valid_until=last, reason=reason.strip()
    )
    audit.note(body, "people.deputy_appointed", _named(membership), by=by, at=at)
    return membership


def answers_for(by: Person, person: Person, *, at: datetime) -> bool:
    """Whether everything that `person` is on this installation lies with bodies that `by` manages."""
    if person.is_operator and person != by:
        return False
    bodies = Body.objects.filter(memberships__person=person).distinct()
    return all(may(by, body, Act.MANAGE, at=at) for body in bodies)


def _require_all(by: Person, person: Person, body: Body, *, at: datetime) -> None:
    require(by, body, Act.MANAGE, at=at)
    if not Membership.objects.for_body(body).filter(person=person).exists():
        raise NotAllowed
    if not answers_for(by, person, at=at):
        raise WorksElsewhere


def _end_sessions(person: Person) -> None:
    for session in UserSession.objects.filter(user=person):
        session.end()


@transaction.atomic
def close_account(person: Person, *, body: Body, by: Person, at: datetime) -> None:
    """Close an account; roles stay recorded. Open sessions end at once.

    Raises:
        NotAllowed: `by` does not manage this body, or `person` does not work here.
        WorksElsewhere: `person` also works for bodies that `by` does not manage.
        LastAdministrator: a body would have none left.
    """
    _require_all(by, person, body, at=at)
    bodies = list(Body.objects.filter(memberships__person=person).distinct())
    _line_up(one.pk for one in bodies)
    if Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        for one in bodies:
            _check_administrators(one, at=at)
        _end_sessions(person)
        audit.note(body, "people.account_closed", {"person": person.pk, "name": person.name}, by=by, at=at)


@transaction.atomic
def open_account(person: Person, *, body: Body, by: Person, at: datetime) -> None:
    """Open a closed account again. Raises NotAllowed, WorksElsewhere."""
    _require_all(by, person, body, at=at)
    if Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        audit.note(body, "people.account_opened", {"person": person.pk, "name": person.name}, by=by, at=at)


@transaction.atomic
def reset_second_factor(person: Person, *, body: Body, by: Person, at: datetime) -> None:
    """Remove all second factors of somebody who has lost them; they are set up anew after the next log-in.

    Raises NotAllowed, WorksElsewhere.
    """
    _require_all(by, person, body, at=at)
    Authenticator.objects.filter(user=person).delete()
    _end_sessions(person)
    audit.note(body, "people.second_factor_reset", {"person": person.pk, "name": person.name}, by=by, at=at)


@transaction.atomic
def change_email(person: Person, email: str, *, body: Body, by: Person, at: datetime) -> None:
    """Change the address that somebody logs in with. Raises NotAllowed, WorksElsewhere, EmailTaken."""
    _require_all(by, person, body, at=at)
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person.pk).update(email=email.strip().lower())
    except IntegrityError as error:
        raise EmailTaken from error
    audit.note(body, "people.email_changed", {"person": person.pk, "before": person.email, "after": email.strip().lower()}, by=by, at=at)
