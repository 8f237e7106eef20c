"""The official page as data, and its stored form."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from allmende.lib.commitment import NotCanonical, canonical_json, parse_canonical_json
from allmende.lib.german import long_date
from allmende.lib.official import attachment
from allmende.lib.official.attachment import Attachment, AttachmentInvalid
from allmende.lib.official.words import words
from allmende.lib.richtext import Document, RichTextInvalid, clean_text, from_data, to_data

VERSION = 1
COLOUR = "#12586a"  # of the design kit; a body sets its own
TYPES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/svg+xml": b"<"}

ImageBytes = Callable[[str], bytes] | Mapping[str, bytes]


class PageInvalid(ValueError):
    """The values do not make an official page; the message says which."""


@dataclass(frozen=True, slots=True)
class Image:
    """An image file. Raises PageInvalid if the bytes are not of the type (PNG, JPEG or SVG)."""

    media_type: str
    data: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if self.media_type not in TYPES or not self.data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(TYPES[self.media_type]):
            raise PageInvalid(f"image of type {self.media_type!r}: expected {', '.join(TYPES)}, and bytes to match")

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the table under the title: 'Zuständig': 'Hauptamt'."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers for the text: '{place}, den {date}', then 'gezeichnet {name}', then the function."""

    name: str
    function: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class OfficialPage:
    """What a body publishes. Text is brought into one line each; PageInvalid names what is missing or impossible.

    kind: what it is, above the title ('Bekanntmachung'); number: '17/2026', or empty.
    issuer: in whose name; acting: the office of another body that acts for it, or empty.
    images: by the id that figures of the document use. coat_of_arms: SVG, PNG or JPEG.
    contact: whom a reader can ask, below the wording: 'Telefon': '03999 000-10'.
    attachments: the files that belong to it, in the order of their numbers, which begin with 1.
    check: lines at the end that say how the proof is checked (address of the check page).
    seal: which level the seal has, in words; empty if nothing is to be said.
    colour: '#rrggbb', the colour of the body. day: the day of provision (Europe/Berlin), set when the page is sealed.
    follows, notes: what follows from that day, set with it: lines below the facts, and texts below the wording.
    """

    kind: str
    title: str
    issuer: str
    place: str
    document: Document
    number: str = ""
    acting: str = ""
    language: str = "de"
    facts: tuple[Fact, ...] = ()
    images: Mapping[str, Image] = field(default_factory=dict)
    signature: Signature | None = None
    coat_of_arms: Image | None = None
    contact: tuple[Fact, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    check: tuple[str, ...] = ()
    seal: str = ""
    colour: str = COLOUR
    day: date | None = None
    follows: tuple[Fact, ...] = ()
    notes: tuple[Fact, ...] = ()

    def __post_init__(self) -> None:
        for name in ("kind", "title", "issuer", "place", "number", "acting", "seal"):
            object.__setattr__(self, name, clean_text(getattr(self, name)))
        for name in ("kind", "title", "issuer"):
            if not getattr(self, name):
                raise PageInvalid(f"{name} is empty")
        for name in ("facts", "contact", "follows", "notes"):
            facts = tuple(Fact(clean_text(fact.label), clean_text(fact.value)) for fact in getattr(self, name))
            object.__setattr__(self, name, facts)
        object.__setattr__(self, "check", tuple(line for line in map(clean_text, self.check) if line))
        if self.signature:
            signature = replace(self.signature, name=clean_text(self.signature.name), function=clean_text(self.signature.function))
            object.__setattr__(self, "signature", signature)
        object.__setattr__(self, "images", {str(UUID(name)): image for name, image in self.images.items()})
        if len(self.attachments) > attachment.MOST:
            raise PageInvalid(f"{len(self.attachments)} attachments: at most {attachment.MOST}")
        if missing := set(self.document.images) - set(self.images):
            raise PageInvalid(f"images missing: {', '.join(sorted(missing))}")
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*", self.language):
            raise PageInvalid(f"language {self.language!r}: expected a tag like 'de'")
        if not re.fullmatch(r"#[0-9a-f]{6}", self.colour):
            raise PageInvalid(f"colour {self.colour!r}: expected '#rrggbb' in small letters")

    def with_day(self, day: date) -> "OfficialPage":
        """The page as it is sealed: the day of provision is part of the text."""
        return replace(self, day=day)

    def to_payload(self) -> bytes:
        """See the function of the same name."""
        return to_payload(self)

    @property
    def all_facts(self) -> tuple[Fact, ...]:
        """The facts as shown: first the day of provision, once it is set, last what follows from it."""
        if self.day is None:
            return self.facts
        return (Fact(words(self.language).provided, long_date(self.day, self.language)), *self.facts, *self.follows)

    @property
    def attachment_facts(self) -> tuple[Fact, ...]:
        """The attachments as shown: 'Anlage 1': 'Lageplan (PDF, 2,3 MB)'."""
        name = words(self.language).attachment
        return tuple(Fact(f"{name} {number}", one.line(self.language)) for number, one in enumerate(self.attachments, start=1))


def to_payload(page: OfficialPage) -> bytes:
    """Return canonical JSON of the page without its day and what follows from it. Images stand in it by SHA-256 and type only."""
    signature = page.signature
    attachments = [{"title": one.title, "type": one.media_type, "size": one.size} for one in page.attachments]
    return canonical_json(
        ({"attachments": attachments} if attachments else {})
        | {
            "v": VERSION,
            "kind": page.kind,
            "number": page.number,
            "title": page.title,
            "issuer": page.issuer,
            "acting": page.acting,
            "place": page.place,
            "language": page.language,
            "facts": [[fact.label, fact.value] for fact in page.facts],
            "contact": [[fact.label, fact.value] for fact in page.contact],
            "document": to_data(page.document),
            "images": {name: _reference(page.images[name]) for name in page.document.images},
            "signature": signature
            and {
                "name": signature.name,
                "function": signature.function,
                "day": signature.day and signature.day.isoformat(),
            },
            "coat_of_arms": page.coat_of_arms and _reference(page.coat_of_arms),
            "check": list(page.check),
            "seal": page.seal,
            "colour": page.colour,
        }
    )


def _reference(image: Image) -> dict[str, str]:
    return {"type": image.media_type, "sha256": image.sha256}


def from_payload(payload: bytes, images: ImageBytes) -> OfficialPage:
    """Read what `to_payload` wrote. `images` gives the bytes of an image by its SHA-256 (64 hex digits).

    Raises PageInvalid: not such a payload, an image that is not there (KeyError of `images`), or one with another SHA-256.
    """
    look_up = images.__getitem__ if isinstance(images, Mapping) else images
    try:
        values = parse_canonical_json(payload)
        if values["v"] != VERSION:
            raise PageInvalid(f"version {values['v']!r}: expected {VERSION}")
        signature = values["signature"]
        return OfficialPage(
            kind=values["kind"],
            title=values["title"],
            issuer=values["issuer"],
            place=values["place"],
            document=from_data(values["document"]),
            number=values["number"],
            acting=values["acting"],
            language=values["language"],
            facts=tuple(Fact(label, value) for label, value in values["facts"]),
            contact=tuple(Fact(label, value) for label, value in values["contact"]),
            images={name: _image(reference, look_up) for name, reference in values["images"].items()},
            signature=signature
            and Signature(signature["name"], signature["function"], signature["day"] and date.fromisoformat(signature["day"])),
            coat_of_arms=values["coat_of_arms"] and _image(values["coat_of_arms"], look_up),
            attachments=tuple(Attachment(one["title"], one["type"], one["size"]) for one in values.get("attachments", [])),
            check=tuple(values["check"]),
            seal=values["seal"],
            colour=values["colour"],
        )
    except PageInvalid:
        raise
    except (NotCanonical, RichTextInvalid, AttachmentInvalid) as error:
        raise PageInvalid(str(error)) from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise PageInvalid(f"{type(error).__name__}: {error}") from error


def _image(reference: Any, look_up: Callable[[str], bytes]) -> Image:
    image = Image(reference["type"], look_up(reference["sha256"]))
    if image.sha256 != reference["sha256"]:
        raise PageInvalid(f"image {reference['sha256']}: the bytes have SHA-256 {image.sha256}")
    return image
