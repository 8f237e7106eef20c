"""What is sealed: the official page of a version. The same version gives the same page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from allmende.core import addresses
from allmende.core.models import Body, District, Membership, Person
from allmende.core.permissions import Act, memberships
from allmende.notices import kinds, printed, text
from allmende.notices.attachments.publishing import listed
from allmende.notices.calendar.sealing import with_lines
from allmende.notices.contact import contact_of
from allmende.notices.models import Notice, Picture
from allmende.notices.selectors.versions import offices_of
from allmende.notices.services import pictures as store
from allmende.notices.services.errors import NoDocument

if TYPE_CHECKING:
    from allmende.lib import official
    from allmende.notices.calendar.outlook import Outlook
    from allmende.notices.services import Draft


def facts(values: "Draft", *, body: Body) -> list[tuple[str, str]]:
    """Label and value of what belongs to the notice beside its wording, in German. 2 queries."""
    with translation.override("de"):
        found = [(fact.label, fact.value) for fact in printed.facts(kinds.get(values.kind), values.details)]
        if values.office is not None and (office := offices_of(body).filter(pk=values.office).first()):
            found.append((_("Zuständig"), office.name))
        names = District.objects.for_body(body).filter(pk__in=values.districts).order_by("name").values_list("name", flat=True)
        found.append((_("Gilt für"), ", ".join(names) or _("die ganze Kommune")))
        return found


def contact_lines(values: "Draft", *, body: Body) -> list[tuple[str, str]]:
    """Whom a reader of the document can ask, in German. 1 query, 2 where the office is one of the association."""
    office = offices_of(body).filter(pk=values.office).first() if values.office is not None else None
    contact = contact_of(body, office)
    with translation.override("de"):
        lines = (
            (_("Stelle"), f"{contact.office}, {contact.body}" if contact.office else contact.body),
            (_("Anschrift"), contact.address),
            (_("Raum"), contact.room),
            (_("Telefon"), contact.phone),
            (_("E-Mail"), contact.email),
            (_("Öffnungszeiten"), "; ".join(line.strip() for line in contact.hours.splitlines() if line.strip())),
        )
    return [(label, value) for label, value in lines if value]


def official_page(
    notice_id: UUID, values: "Draft", *, body: Body, acting: Body | None, number: str, address: str
) -> tuple["official.OfficialPage", dict[str, bytes]]:
    """(page, SHA-256 → bytes of the images on it), in German whatever the language of the request.

    `acting` is the body whose office acted, if that is another than `body`. `number` and `address` are empty in a preview.

    Raises:
        lib.official.PageInvalid: title missing, or a picture that this notice does not have.
        NoDocument: the file of a picture is lost, or not the one that was taken in.
    """
    from allmende.lib import official

    document = printed.wording(kinds.get(values.kind), values.details, text.read(values.content))
    rows = Picture.objects.for_body(body).filter(notice=notice_id, pk__in=document.images)
    try:
        images = {str(row.pk): official.Image(f"image/{row.format}", store.read(row, body)) for row in rows}
    except (FileNotFoundError, ValueError) as error:
        raise NoDocument("image", str(error)) from error
    arms = official.Image("image/png", bytes(body.coat_of_arms)) if body.coat_of_arms else None
    with translation.override("de"):
        check = (
            _("Diese Bekanntmachung steht dauerhaft unter %(address)s") % {"address": address},
            _("Den Nachweis dazu und die Prüfung finden Sie dort und unter %(address)s") % {"address": f"{addresses.root(body)}/pruefung/"},
        )
        kind = str(kinds.get(values.kind).name)
        contact = tuple(official.Fact(label, value) for label, value in contact_lines(values, body=body))
    page = official.OfficialPage(
        kind=kind,
        number=number,
        title=values.title,
        issuer=body.name,
        place=body.city or body.short_name,
        acting=acting.name if acting else "",
        document=document,
        facts=tuple(official.Fact(label, value) for label, value in facts(values, body=body)),
        images=images,
        coat_of_arms=arms,
        contact=contact,
        check=check if address else (),
        colour=body.colour.lower(),
        attachments=listed(values),
    )
    files = {image.sha256: image.data for image in (*images.values(), *([arms] if arms else []))}
    return page, files


def acting_for(person: Person, body: Body, *, at: datetime) -> Body | None:
    """The other body in whose office `person` would act for `body`: as who approves, else as who writes. 1 query."""
    for act in (Act.APPROVE, Act.WRITE):
        own: Membership | None = None
        for membership in memberships(person, body, act, at=at).select_related("body"):
            if membership.body_id == body.pk:
                return None
            own = membership
        if own is not None:
            return own.body
    return None


@cache
def _fonts(*, sealed: bool) -> "official.Fonts":
    """What is sealed is set in the bundled fonts; a preview takes what is there."""
    from allmende.lib import official

    folder = Path(settings.FONT_DIR)
    return official.Fonts.bundled(folder) if sealed else official.Fonts.found(folder)


def preview_page(notice: Notice, values: "Draft", *, by: Person, at: datetime) -> "official.OfficialPage":
    """The page as it will be if `by` acts; what is not known yet is named in words, a picture that is missing is left out."""
    from allmende.lib import official

    body = notice.record.body
    known = {picture: picture for picture in store.ids_of(body, notice.pk)}
    with translation.override("de"):
        values = replace(values, title=values.title or _("Ohne Titel"), content=text.with_pictures(values.content, known))
        day = official.Fact(_("Bereitgestellt am"), _("wird beim Veröffentlichen eingesetzt"))
    acting = notice.acting_body or acting_for(by, body, at=at)
    page, _images = official_page(notice.pk, values, body=body, acting=acting, number=notice.label, address="")
    return replace(page, facts=(day, *page.facts))


def wording(page: "official.OfficialPage") -> SafeString:
    """The wording as HTML. Safe: written from the model, pictures inside it."""
    from allmende.lib import official

    return mark_safe(official.wording_html(page))  # noqa: S308


@contextmanager
def _in_words() -> Iterator[None]:
    """Raises NoDocument, whose sentence says what to do, where no document can be made."""
    from allmende.lib.official import DocumentRefused, PageInvalid

    try:
        yield
    except DocumentRefused as error:
        raise NoDocument(error.reason, error.detail) from error
    except PageInvalid as error:
        raise NoDocument("other", str(error)) from error


def preview_pdf(notice: Notice, values: "Draft", *, by: Person, at: datetime) -> bytes:
    """The document as it will be, unsealed. About half a second.

    Raises NoDocument: none can be made of this text.
    """
    from allmende.lib import official

    with _in_words():
        return official.document_pdf(preview_page(notice, values, by=by, at=at), fonts=_fonts(sealed=False), draft=True)


def try_document(notice_id: UUID, values: "Draft", *, body: Body, at: datetime, follows: "Outlook | None" = None) -> None:
    """Make the document once as it will be sealed, to learn now whether that works. About a second: never inside a transaction.

    `follows`: what the legal calendar adds to it.

    Raises NoDocument: it does not.
    """
    from allmende.lib import official

    with _in_words():
        page, _images = official_page(notice_id, values, body=body, acting=None, number="", address="")
        page = page.with_day(timezone.localdate(at))
        page = with_lines(page, follows, values.details) if follows else page
        official.document_pdf(page, fonts=_fonts(sealed=True))
