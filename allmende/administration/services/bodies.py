"""The body itself: names, key, colour, contact, coat of arms, host names, who administers it."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from allmende.administration import coat_of_arms
from allmende.core import audit
from allmende.core.errors import DomainError
from allmende.core.models import Body, Host, Person
from allmende.core.permissions import Act, require

CHANGEABLE = frozenset(
    {
        "name",
        "short_name",
        "subtitle",
        "kind",
        "ars",
        "administered_by",
        "colour",
        "street",
        "postal_code",
        "city",
        "phone",
        "email",
        "website",
        "opening_hours",
        "represented_by",
    }
)


class HostTaken(DomainError):
    code = "host_taken"
    message = _("Dieser Rechnername gehört schon zu einer Kommune oder zur Plattform. Nehmen Sie einen anderen.")


class NotAnOffice(DomainError):
    code = "not_an_office"
    message = _("Diese Kommune wird selbst von einer anderen verwaltet. Wählen Sie eine, die ihre Verwaltung selbst führt.")


def _plain(value: object) -> object:
    return value.name if isinstance(value, Body) else value


@transaction.atomic
def change_body(body: Body, values: Mapping[str, object], *, by: Person, at: datetime) -> None:
    """Change fields of `body` (CHANGEABLE; validated by the form). The audit trail keeps before and after.

    Raises:
        NotAllowed: `by` does not manage this body.
        NotAnOffice: the chosen office is administered by another body itself.
    """
    require(by, body, Act.MANAGE, at=at)
    if unknown := set(values) - CHANGEABLE:
        raise ValueError(f"not for an administrator to change: {sorted(unknown)}")
    office = values.get("administered_by")
    if isinstance(office, Body) and office.administered_by_id:
        raise NotAnOffice
    stored = Body.objects.get(pk=body.pk)
    before = {name: _plain(getattr(stored, name)) for name, value in values.items() if getattr(stored, name) != value}
    if not before:
        return
    Body.objects.filter(pk=body.pk).update(**{name: values[name] for name in before})
    audit.note(body, "body.changed", {"before": before, "after": {name: _plain(values[name]) for name in before}}, by=by, at=at)


def set_coat_of_arms(body: Body, content: bytes, *, by: Person, at: datetime) -> None:
    """Take a picture as coat of arms: read, made anew as PNG, at most 200 kB.

    Raises:
        NotAllowed: `by` does not manage this body.
        SvgRefused, NotAPicture, PictureTooLarge: see coat_of_arms.cleaned.
    """
    require(by, body, Act.MANAGE, at=at)
    picture = coat_of_arms.cleaned(content)  # slow: before the transaction
    with transaction.atomic():
        Body.objects.filter(pk=body.pk).update(coat_of_arms=picture)
        audit.note(body, "body.coat_of_arms_set", {"bytes": len(picture)}, by=by, at=at)


@transaction.atomic
def remove_coat_of_arms(body: Body, *, by: Person, at: datetime) -> None:
    """Show the neutral shield again. Raises NotAllowed."""
    require(by, body, Act.MANAGE, at=at)
    if Body.objects.filter(pk=body.pk, coat_of_arms__isnull=False).update(coat_of_arms=None):
        audit.note(body, "body.coat_of_arms_removed", {}, by=by, at=at)


@transaction.atomic
def add_host(body: Body, name: str, *, primary: bool, by: Person, at: datetime) -> Host:
    """Let `body` answer on a host name of its own; `primary`: its public addresses begin with it.

    Raises:
        NotAllowed: `by` does not manage this body.
        HostTaken: the name belongs to a body or to the installation.
    """
    require(by, body, Act.MANAGE, at=at)
    if name in settings.INSTALLATION_HOSTS:
        raise HostTaken
    if primary:
        Host.objects.for_body(body).filter(is_primary=True).update(is_primary=False)
    try:
        with transaction.atomic():
            host: Host = Host.objects.create(body=body, name=name, is_primary=primary)
    except IntegrityError as error:
        raise HostTaken from error
    audit.note(body, "body.host_added", {"host": name, "primary": primary}, by=by, at=at)
    return host


@transaction.atomic
def remove_host(body: Body, host_id: int, *, by: Person, at: datetime) -> None:
    """Stop answering on a host name. Raises NotAllowed."""
    require(by, body, Act.MANAGE, at=at)
    host = Host.objects.for_body(body).filter(pk=host_id).first()
    if host and Host.objects.for_body(body).filter(pk=host_id).delete()[0]:
        audit.note(body, "body.host_removed", {"host": host.name}, by=by, at=at)
