"""The first body and its administrator, on a page or by `allmende setup`."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from allmende.accounts.invitations import write_invitation
from allmende.administration import setup_code
from allmende.administration.operations import require_operator
from allmende.core import audit
from allmende.core.errors import DomainError
from allmende.core.models import Body, Membership, Person
from allmende.core.permissions import Role

name_in_address = RegexValidator(
    r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z",
    _("Schreiben Sie nur Kleinbuchstaben ohne Umlaute, Ziffern und einzelne Bindestriche dazwischen, zum Beispiel quellstedt."),
)


class AlreadySetUp(DomainError):
    code = "already_set_up"
    message = _("Die Plattform ist schon eingerichtet. Melden Sie sich an.")


@dataclass(frozen=True)
class FirstBody:
    """What must be known of the first body; the rest can follow."""

    name: str
    short_name: str
    slug: str
    kind: Body.Kind
    ars: str = ""

    def body(self, **values: object) -> Body:
        """Such a body, not stored yet, with whatever its fields alone can tell being right. Raises ValidationError, by field."""
        body = Body(name=self.name, short_name=self.short_name, slug=self.slug, kind=self.kind, ars=self.ars, **values)
        wrong: dict[str, list[ValidationError]] = {}
        try:
            body.clean_fields()
        except ValidationError as error:
            wrong = error.error_dict
        try:
            name_in_address(self.slug)
        except ValidationError as error:
            wrong["slug"] = [error]
        if not self.ars and self.kind != Body.Kind.SPECIAL_PURPOSE:
            wrong["ars"] = [ValidationError(_("Nur ein Zweckverband hat keinen Regionalschlüssel. Tragen Sie die 12 Ziffern ein."))]
        if wrong:
            raise ValidationError(wrong)
        return body


def open_body(first: FirstBody, *, administrator: str, email: str, by: Person, at: datetime) -> Body:
    """Take one more body into the installation and invite its first administrator. For the operator, who gets no role in it.

    Raises:
        NotAllowed: `by` does not operate this installation.
        ValidationError: by field, see Body.
    """
    require_operator(by)
    body = first.body()
    body.full_clean()
    with transaction.atomic():
        try:
            with transaction.atomic():
                body.save(force_insert=True)
        except IntegrityError as error:  # another operator was faster
            raise ValidationError({"slug": _("Diese Kommune wurde gerade aufgenommen. Laden Sie die Seite neu.")}) from error
        audit.note(body, "body.set_up", {"name": body.name, "administrator": administrator}, by=by, at=at)
        write_invitation(body=body, name=administrator, email=email, roles=[Role.ADMINISTRATOR], by=by, at=at)
    return body


def is_set_up() -> bool:
    """1 query."""
    return Body.objects.exists()


def set_up_installation(
    first: FirstBody, *, administrator: str, email: str, password: str, at: datetime, operator: bool = True
) -> tuple[Body, Person]:
    """Make the first body and its administrator, who also operates the installation unless `operator` is False.

    Safe against two at once: only one default body can exist.

    Raises:
        AlreadySetUp: there is a body.
        ValidationError: by field, see Body.
    """
    if is_set_up():
        raise AlreadySetUp
    body = first.body(is_default=True)
    body.full_clean()
    try:
        with transaction.atomic():
            body.save(force_insert=True)
            person = Person.objects.create_user(email=email, name=administrator, password=password)
            if operator:
                Person.objects.filter(pk=person.pk).update(is_operator=True)
            Membership.objects.create(person=person, body=body, role=Role.ADMINISTRATOR)
            audit.note(body, "body.set_up", {"name": body.name, "administrator": person.name}, by=person, at=at)
    except IntegrityError as error:
        raise AlreadySetUp from error
    setup_code.discard()
    person.refresh_from_db()
    return body, person
