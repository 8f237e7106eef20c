"""Files of a record: document, proof bundle, attachments. The views of modules call these after they have found the record."""

from datetime import datetime
from typing import Final

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header

from allmende.core.models import Record
from allmende.publication import selectors, store
from allmende.publication.errors import BundleDue, TooManyDownloads
from allmende.publication.files import LARGE_PRINT
from allmende.publication.models import VALID, Attachment, Attempt
from allmende.publication.views import parts

TYPES = {"pdf": "application/pdf", "zip": "application/zip", LARGE_PRINT: "application/pdf"}
ONE = {"bekanntmachungen": "bekanntmachung"}  # first part of the path -> what one file of it is called when it is kept
SHOWN: Final = frozenset({"application/pdf", "image/jpeg", "image/png", "text/plain"})  # by a browser itself; others are saved
# Files come from outside: whatever a browser may take them for, they run nothing and ask for nothing.
SANDBOX: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def serve(request: HttpRequest, record: Record, suffix: str, *, at: datetime | None = None, indexable: bool = True) -> HttpResponseBase:
    """The file 'pdf', 'zip' or (once it is kept) LARGE_PRINT of `record`, from *provided at* on. 2 queries.

    `indexable`: whether search engines may find it and caches may keep it; not where it holds personal data.

    Raises:
        Http404: not public at this moment.
        BundleDue: the bundle there is still holds what has just been taken down.
        TooManyDownloads
    """
    if not selectors.is_public(record, at=at or timezone.now()):
        raise Http404
    attempt = Attempt.objects.for_body(record.body).filter(publication=record.pk, state__in=VALID)
    number, edition, due = attempt.values_list("number", "bundle_edition", "bundle_due_at").get()
    if suffix == "zip" and due:
        raise BundleDue
    shelf, *place = record.path.strip("/").split("/")
    name = "-".join([ONE.get(shelf, shelf), *place])
    headers = {
        "ETag": f'"{record.pk.hex}-{number}-{edition if suffix == "zip" else suffix}"',
        "Content-Disposition": f'{"attachment" if suffix == "zip" else "inline"}; filename="{name}.{suffix}"',
    }
    sent = parts.send(request, store.file_of(record, suffix), headers | _kept(indexable), content_type=TYPES[suffix])
    if sent is None:
        raise TooManyDownloads
    return sent


def serve_attachment(
    request: HttpRequest, record: Record, number: int, name: str, *, at: datetime | None = None, indexable: bool = True
) -> HttpResponseBase:
    """An attachment by number and file name, from *provided at* on until it is taken down. 2 queries; `indexable` as above.

    Raises:
        Http404: not public at this moment, or there is none of that number and name.
        TooManyDownloads
    """
    if not selectors.is_public(record, at=at or timezone.now()):
        raise Http404
    mine = Attachment.objects.for_body(record.body).filter(publication=record.pk, removed_at=None)
    attachment = mine.filter(number=number, file_name=name).first()
    if attachment is None:
        raise Http404
    kind = attachment.media_type
    headers = {
        "ETag": f'"{record.pk.hex}-a{number}"',
        "Content-Disposition": content_disposition_header(kind not in SHOWN, attachment.file_name) or "attachment",
    }
    if kind != "application/pdf":  # browsers show no PDF in a sandbox; they have one of their own for it
        headers["Content-Security-Policy"] = SANDBOX
    typed = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    sent = parts.send(request, store.attachment_file(record, number), headers | _kept(indexable), content_type=typed)
    if sent is None:
        raise TooManyDownloads
    return sent


def _kept(indexable: bool) -> dict[str, str]:
    """Who may keep the file and find it."""
    return (
        {"Cache-Control": "public, no-cache"}
        if indexable
        else {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive, nosnippet"}
    )
