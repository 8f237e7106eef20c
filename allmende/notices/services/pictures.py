"""Pictures: taken in only after we have read them, and kept only as we have written them.

What arrives is decoded by its content, whatever its name says, and encoded anew: no metadata
(place, camera, name), no second file behind the first, no script. SVG is a program and is refused.
"""

import hashlib
import io
import os
import tempfile
import warnings
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from allmende.core import audit
from allmende.core.errors import DomainError
from allmende.core.models import Body, Person
from allmende.core.permissions import Act, require
from allmende.notices.models import Explanation, Notice, Picture, Revision
from allmende.notices.services.errors import NotADraft

MAX_BYTES = 10 * 1024 * 1024  # of the file that arrives
MAX_PIXELS = 40_000_000  # decoded: 120 MB at most
MAX_SIDE = 2400  # pixels of what is kept: 300 dpi over the width of a page
MAX_PICTURES = 40  # of one notice
READABLE = ("PNG", "JPEG", "WEBP")


class NotAPicture(DomainError):
    code, status = "picture_unreadable", 422
    message = _("Diese Datei ist kein Bild, das wir lesen können. Wählen Sie ein Bild als PNG, JPEG oder WebP.")


class PictureTooLarge(DomainError):
    code, status = "picture_too_large", 422
    message = _("Das Bild ist zu groß. Verkleinern Sie es auf höchstens 10 MB und 40 Millionen Bildpunkte.")


class TooManyPictures(DomainError):
    code, status = "picture_too_many", 422
    message = _("Eine Bekanntmachung fasst höchstens 40 Bilder. Entfernen Sie erst eines, das Sie nicht brauchen.")


class PictureInUse(DomainError):
    code = "picture_in_use"
    message = _("Dieses Bild steht noch im Text. Nehmen Sie es erst dort heraus.")


def _written_anew(data: bytes) -> tuple[bytes, str, int, int]:
    """(bytes, format, width, height) of the picture as we keep it: PNG where it is transparent or drawn, else JPEG.

    Raises:
        NotAPicture, PictureTooLarge
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=READABLE) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise PictureTooLarge
                source = opened.format
                opened.load()
                turned = ImageOps.exif_transpose(opened) or opened
                transparent = "A" in turned.getbands() or "transparency" in turned.info
                picture = turned.convert("RGBA" if transparent else "RGB")
    except DomainError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge from error
    except Exception as error:  # decoders raise whatever a broken file makes them raise
        raise NotAPicture from error
    if max(picture.size) > MAX_SIDE:
        picture.thumbnail((MAX_SIDE, MAX_SIDE))
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    kept = Picture.Format.JPEG if source == "JPEG" and picture.mode == "RGB" else Picture.Format.PNG
    clean = Image.frombytes(picture.mode, picture.size, picture.tobytes())  # nothing but the points
    out = io.BytesIO()
    if kept == Picture.Format.JPEG:
        clean.save(out, "JPEG", quality=88, optimize=True, progressive=False)
    else:
        clean.save(out, "PNG", optimize=True)
    return out.getvalue(), kept, clean.width, clean.height


def folder(body: Body) -> Path:
    return Path(settings.UPLOAD_DIR) / body.slug


def _file(body: Body, picture_id: UUID) -> Path:
    return folder(body) / str(picture_id)


def _store(body: Body, picture_id: UUID, data: bytes) -> None:
    """Write durably and whole, or not at all."""
    place = _file(body, picture_id)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as half:
        half.write(data)
        half.flush()
        os.fsync(half.fileno())
    os.replace(half.name, place)


def add(
    notice_id: UUID,
    *,
    body: Body,
    file: IO[bytes],
    name: str,
    by: Person,
    at: datetime,
    states: Collection[str] = (Notice.State.DRAFT,),
) -> Picture:
    """Take a picture in for a draft, or for an explanation of a notice in one of `states`. The same picture a second time is the one
    that is there.

    Raises:
        NotAllowed: `by` may not write in `body`.
        NotADraft: pictures come in as long as text does.
        NotAPicture, PictureTooLarge, TooManyPictures
    """
    require(by, body, Act.WRITE, at=at)
    drafts = Notice.objects.for_body(body).filter(pk=notice_id, state__in=states)
    if not drafts.exists():
        raise NotADraft
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise PictureTooLarge
    written, kind, width, height = _written_anew(data)
    sha256 = hashlib.sha256(written).hexdigest()
    have = Picture.objects.for_body(body).filter(notice=notice_id)
    if there := have.filter(sha256=sha256).first():
        return there
    if have.count() >= MAX_PICTURES:
        raise TooManyPictures
    picture = Picture(
        notice_id=notice_id,
        sha256=sha256,
        format=kind,
        width=width,
        height=height,
        size=len(written),
        name=Path(name.replace("\\", "/")).name[-120:] or "Bild",
        uploaded_by=by,
        uploaded_at=at,
    )
    _store(body, picture.pk, written)
    try:
        with transaction.atomic():
            if (notice := drafts.select_related("record").first()) is None:
                raise NotADraft
            picture.save(force_insert=True)
            audit.note(notice.record, "notice.picture_added", {"picture": str(picture.pk), "sha256": sha256}, by=by, at=at)
    except IntegrityError:  # the same picture arrived twice at once
        remove_files(body, [picture])
        return have.get(sha256=sha256)
    except NotADraft:
        remove_files(body, [picture])
        raise
    return picture


def remove(picture_id: UUID, *, body: Body, by: Person, at: datetime) -> None:
    """Take a picture away that no version of the text needs.

    Raises:
        NotAllowed: `by` may not write in `body`.
        NotADraft: what is submitted stays as it is.
        PictureInUse: the current text shows it.
    """
    require(by, body, Act.WRITE, at=at)
    with transaction.atomic():
        picture = Picture.objects.for_body(body).select_related("notice__record").filter(pk=picture_id).first()
        if picture is None:
            return
        # Whoever saves or submits a version at the same time goes first or waits: what is read next is all there is.
        if not Notice.objects.for_body(body).filter(pk=picture.notice_id, state=Notice.State.DRAFT).update(version=F("version")):
            raise NotADraft
        texts = Revision.objects.for_body(body).filter(notice=picture.notice).values_list("values__content", flat=True)
        explained = Explanation.objects.for_body(body).filter(notice=picture.notice).values_list("content", flat=True)
        if any(str(picture_id) in str(content) for content in (*texts, *explained)):
            raise PictureInUse
        Picture.objects.for_body(body).filter(pk=picture_id).delete()
        audit.note(picture.notice.record, "notice.picture_removed", {"picture": str(picture_id)}, by=by, at=at)
    remove_files(body, [picture])


def remove_files(body: Body, pictures: Iterable[Picture]) -> None:
    """Delete the files of pictures whose rows are gone."""
    for picture in pictures:
        _file(body, picture.pk).unlink(missing_ok=True)


def copy_all(source: Notice, new_ids: Mapping[str, str], target: Notice, *, body: Body, by: Person, at: datetime) -> None:
    """Give the copy of a notice pictures of its own: `new_ids` says which id becomes which."""
    for picture in Picture.objects.for_body(body).filter(notice=source, pk__in=list(new_ids)):
        data = read(picture, body)
        picture.pk, picture.notice, picture.uploaded_by, picture.uploaded_at = UUID(new_ids[str(picture.pk)]), target, by, at
        _store(body, picture.pk, data)
        picture.save(force_insert=True)


def ids_of(body: Body, notice_id: UUID) -> frozenset[str]:
    return frozenset(str(pk) for pk in Picture.objects.for_body(body).filter(notice=notice_id).values_list("pk", flat=True))


def read(picture: Picture, body: Body) -> bytes:
    """The bytes of a picture.

    Raises FileNotFoundError if the uploads folder was lost, ValueError if the bytes are not those that were taken in.
    """
    data = _file(body, picture.pk).read_bytes()
    if hashlib.sha256(data).hexdigest() != picture.sha256:
        raise ValueError(f"{picture.sha256}: the file has other bytes. Restore the uploads folder from the backup.")
    return data
