"""Document and proof bundle of a record. The views of modules call these after they have found the record."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.utils import timezone

from allmende.core.http import TownRequest
from allmende.core.models import Record
from allmende.publication import selectors, store
from allmende.publication.models import Attempt

TYPES = {"pdf": "application/pdf", "zip": "application/zip"}
ONE = {"bekanntmachungen": "bekanntmachung"}  # first part of the path -> what one file of it is called when it is kept


def serve(request: TownRequest, record: Record, suffix: str, *, at: datetime | None = None) -> HttpResponse:
    """The file 'pdf' or 'zip' of `record`, from *provided at* on. 2 queries.

    Raises:
        Http404: not public at this moment.
    """
    if not selectors.is_public(record, at=at or timezone.now()):
        raise Http404
    attempt = Attempt.objects.for_body(record.body).filter(publication=record.pk, state__in=selectors.VALID)
    number, edition = attempt.values_list("number", "bundle_edition").get()
    tag = f'"{record.pk.hex}-{number}-{edition if suffix == "zip" else 0}"'
    headers = {"ETag": tag, "Cache-Control": "public, no-cache"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers=headers)
    data = store.read(store.file_of(record, suffix))
    if data is None:
        raise Http404
    shelf, *place = record.path.strip("/").split("/")
    name = "-".join([ONE.get(shelf, shelf), *place])
    how = "inline" if suffix == "pdf" else "attachment"
    headers["Content-Disposition"] = f'{how}; filename="{name}.{suffix}"'
    return HttpResponse(data, content_type=TYPES[suffix], headers=headers)
