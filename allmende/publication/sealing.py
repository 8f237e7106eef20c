"""From the approved payload to a sealed document: the libraries put together. Slow, so never inside a transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from allmende.core.models import Body
from allmende.lib import official
from allmende.lib import seal as lib
from allmende.publication import encoded, kinds, revocation, seals
from allmende.publication.clock import Clock
from allmende.publication.errors import SealLocked
from allmende.publication.models import Image, Publication, SealKey
from allmende.publication.seals import authority_of, opened, opening


@dataclass(frozen=True)
class Made:
    """Everything that exists once an attempt is sealed. Certificates and revocation data are DER."""

    page: bytes
    fragment: bytes
    document: bytes
    token: bytes
    stamped_at: datetime
    level: str
    subject: str
    authority: str
    certificates: tuple[bytes, ...]
    stamp_certificates: tuple[bytes, ...]
    revocation: tuple[bytes, ...]


@dataclass(frozen=True)
class Drawn:
    """The page, its wording alone as the public page shows it, and the document before it is sealed."""

    page: bytes
    fragment: bytes
    document: bytes


def usable_key(body: Body, *, at: datetime) -> SealKey:
    """The seal of the body, unlocked at `at`. Raises NoSeal, SealLocked."""
    key = seals.in_use(body)
    if key.state != SealKey.State.ACTIVE or key.unlocked_until is None or key.unlocked_until <= at:
        opening.close(opening.left_open(at), at)
        raise SealLocked
    return key


def still_usable(key: SealKey, *, at: datetime) -> bool:
    """Whether nobody has locked, renewed or stopped the seal while it was at work. Decided by the row, inside a transaction."""
    rows = SealKey.objects.for_body(key.body).filter(pk=key.pk, state=SealKey.State.ACTIVE, unlocked_until__gt=at)
    return rows.update(state=SealKey.State.ACTIVE) == 1


def page_of(publication: Publication, day: date) -> official.OfficialPage:
    """The page as it is sealed for a day, made from the payload as it was approved. Deterministic: a copy made later says the same.

    Raises:
        DomainError: its module does not let it appear on that day.
    """
    images = {image.sha256: bytes(image.data) for image in Image.objects.for_body(publication.body).filter(publication=publication)}
    page = official.from_payload(bytes(publication.payload or b""), images).with_day(day)
    return kinds.of(publication.record).on_sealing(publication.record, page, day)


def render(publication: Publication, day: date) -> Drawn:
    """Page and document with the same text. Deterministic. Raises DomainError as page_of does."""
    page = page_of(publication, day)
    fragment = official.wording_html(page).encode()
    return Drawn(official.page_html(page), fragment, official.document_pdf(page, fonts=fonts_of(Path(settings.FONT_DIR))))


@lru_cache(maxsize=4)
def fonts_of(folder: Path) -> official.Fonts:
    """Loaded once. Raises FontsMissing: the set-up has not fetched them."""
    return official.Fonts.bundled(folder)


def make(publication: Publication, day: date, key: SealKey, clock: Clock) -> Made:
    """Render page and document with `day` in them, seal and stamp the document.

    Raises:
        SealLocked: the secret of the installation has changed since the seal was unlocked.
        lib.seal.SealError: clock off, authority silent, certificate expired …
    """
    drawn = render(publication, day)
    sealed = seal_document(drawn.document, publication.body, key, clock)
    facts, authority = lib.facts_of(sealed.certificates[0]), lib.facts_of(sealed.timestamp_certificates[0])
    return Made(
        page=drawn.page,
        fragment=drawn.fragment,
        document=sealed.pdf,
        token=sealed.token,
        stamped_at=sealed.stamped_at,
        level=facts.level.value,
        subject=facts.organisation,
        authority=authority.name,
        certificates=sealed.certificates,
        stamp_certificates=sealed.timestamp_certificates,
        revocation=sealed.revocation,
    )


def seal_document(document: bytes, body: Body, key: SealKey, clock: Clock, *, reason: str = "") -> lib.SealedPdf:
    """A PDF with the seal of the body and a time stamp. That it was used is for the caller to note. Raises as `make`.

    `reason`: what the seal states that it is for, if anything.
    """
    return lib.seal_pdf(
        document,
        seal=opened(key),
        authority=authority_of(key, clock),
        authority_certificates=encoded.from_pem(key.authority_certificates),
        field_label=f"Elektronisches Siegel: {body.name}",
        reason=reason,
        revocation=revocation.current(key, at=clock()),
        policy=key.authority_policy or None,
        clock=clock,
    )
