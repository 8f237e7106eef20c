"""Whom a reader can ask about a notice: the office with what it has of its own, the rest from the body it belongs to."""

from dataclasses import dataclass

from allmende.core.models import Body, Office


@dataclass(frozen=True)
class Contact:
    """Every part but `body` may be empty. `hours` has a line for each entry."""

    body: str
    office: str = ""
    room: str = ""
    street: str = ""
    place: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""

    @property
    def name(self) -> str:
        return self.office or self.body

    @property
    def address(self) -> str:
        return ", ".join(part for part in (self.street, self.place) if part)

    @property
    def can_be_asked(self) -> bool:
        return bool(self.phone or self.email)


def contact_of(body: Body, office: Office | None) -> Contact:
    """Office, telephone, mail and room where it has them; 1 query more where the office is one of the association."""
    where = body if office is None or office.body_id == body.pk else office.body
    return Contact(
        body=where.name,
        office=office.name if office else "",
        room=office.room if office else "",
        street=where.street,
        place=f"{where.postal_code} {where.city}".strip(),
        phone=(office.phone if office else "") or where.phone,
        email=(office.email if office else "") or where.email,
        hours=where.opening_hours.strip(),
    )
