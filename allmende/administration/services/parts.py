"""Parts of a body: Ortsteile, Quartiere, offices. What is used stays; it can be renamed."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.translation import gettext_lazy as _

from allmende.core import audit
from allmende.core.errors import DomainError
from allmende.core.models import Body, District, Office, Person
from allmende.core.permissions import Act, require

Part = District | Office


class NameTaken(DomainError):
    code = "part_name_taken"
    message = _("Diesen Namen gibt es in Ihrer Kommune schon. Nehmen Sie einen anderen.")


class InUse(DomainError):
    code = "part_in_use"
    message = _("Daran hängen schon Einträge, deshalb bleibt es. Sie können es umbenennen.")


def _points(relation: ForeignObjectRel, part: Part) -> bool:
    """Whether a row of another table points to `part`; a list of parts (many to many) has a table of its own."""
    model = relation.related_model
    return isinstance(model, type) and model._meta.base_manager.filter(**{relation.field.name: part}).exists()


def _kind(model: type[Model]) -> str:
    return "district" if model is District else "office"


@transaction.atomic
def save_part(
    model: type[District] | type[Office], body: Body, values: Mapping[str, object], *, part_id: int | None = None, by: Person, at: datetime
) -> Part:
    """Add a part, or change one. `values` have been validated by the form.

    Raises:
        NotAllowed: `by` does not manage this body.
        NameTaken: another part of this kind has the name.
        model.DoesNotExist: no such part in this body.
    """
    require(by, body, Act.MANAGE, at=at)
    part: Part = model.objects.for_body(body).get(pk=part_id) if part_id else model(body=body)
    before = str(part.name)
    for name, value in values.items():
        setattr(part, name, value)
    try:
        with transaction.atomic():
            part.save()
    except IntegrityError as error:
        raise NameTaken from error
    act = f"{_kind(model)}.{'changed' if part_id else 'added'}"
    audit.note(body, act, {"before": before, "after": part.name} if part_id else {"name": part.name}, by=by, at=at)
    return part


def remove_part(model: type[District] | type[Office], body: Body, part_id: int, *, by: Person, at: datetime) -> None:
    """Remove a part that nothing points to, whatever the foreign keys would do otherwise.

    What comes to point to it between the look and the end of the transaction is decided by the foreign keys.
    PostgreSQL checks them only then, so the error comes from outside the transaction.

    Raises:
        NotAllowed: `by` does not manage this body.
        InUse: something points to it.
        model.DoesNotExist: no such part in this body.
    """
    try:
        with transaction.atomic():
            _remove(model, body, part_id, by, at)
    except IntegrityError as error:
        raise InUse from error


def _remove(model: type[District] | type[Office], body: Body, part_id: int, by: Person, at: datetime) -> None:
    require(by, body, Act.MANAGE, at=at)
    here = model.objects.for_body(body).filter(pk=part_id)
    part: Part = here.get()
    for relation in part._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and _points(relation, part):
            raise InUse
    here._raw_delete(here.db)  # delete() would take the rows that join it with notices along
    audit.note(body, f"{_kind(model)}.removed", {"name": part.name}, by=by, at=at)
