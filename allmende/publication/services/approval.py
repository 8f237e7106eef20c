"""The approval: from here on nothing changes any more."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from allmende.core import audit, outbox
from allmende.core.models import Person, Record
from allmende.core.permissions import Act, capacity
from allmende.lib.official import OfficialPage, PageInvalid, from_payload, to_payload
from allmende.publication import attachments as files
from allmende.publication.attachments import Attached
from allmende.publication.errors import AlreadyApproved, FourEyes, ImageMissing
from allmende.publication.models import Author, Image, Publication

TOPIC = "publish"


@transaction.atomic
def approve(
    record: Record,
    page: OfficialPage,
    *,
    images: Mapping[str, bytes],
    attachments: Sequence[Attached] = (),
    authors: Collection[Person],
    by: Person,
    at: datetime,
) -> Publication:
    """Start the way into the public. `page` is what `by` has read; it is stored byte for byte and nothing of it changes any more.

    Called inside the transaction of the module. `images`: SHA-256 in hex → bytes, every image that the stored page refers to.
    `attachments`: the files that the page lists, in that order; their bytes are taken over, and compared once more when sealed.
    `authors`: everyone who wrote a part of this version.

    Raises:
        NotAllowed: `by` may not approve in the body of the record.
        FourEyes: `by` is among the authors, or there is no author.
        ImageMissing: an image is not the one its hash names, or the page needs one that is not given.
        AttachmentMissing: the page lists other attachments, or a file is not there as stated.
        AlreadyApproved: someone was faster, or the button was pressed twice.
    """
    acting = capacity(by, record.body, Act.APPROVE, at=at)
    if not authors or by in authors:
        raise FourEyes
    payload = to_payload(page)
    try:
        # What is stored must be enough to make the page again, long after the draft is gone.
        complete = to_payload(from_payload(payload, images)) == payload
    except PageInvalid:
        complete = False
    if not complete or any(hashlib.sha256(data).hexdigest() != name for name, data in images.items()):
        raise ImageMissing
    files.check(page, attachments)
    try:
        with transaction.atomic():  # savepoint: the primary key decides who is first
            publication = Publication.objects.create(
                record=record,
                body=record.body,
                payload=payload,
                approved_by=by,
                approved_at=at,
                deputy_for=acting.deputy_for,
                acting_body=acting.body,
            )
    except IntegrityError as error:
        raise AlreadyApproved from error
    Author.objects.bulk_create(Author(publication=publication, person=person) for person in {p.pk: p for p in authors}.values())
    Image.objects.bulk_create(Image(publication=publication, sha256=name, data=data) for name, data in sorted(images.items()))
    files.take_over(publication, attachments)
    values: dict[str, object] = {
        "approved_by": by.name,
        "authors": sorted(person.name for person in authors),
        "deputy_for": acting.deputy_for.name if acting.deputy_for else None,
        "acting_body": acting.body.name,
        "payload_sha256": hashlib.sha256(payload).hexdigest(),
    }
    if attachments:
        values["attachments"] = len(attachments)
    audit.note(record, "publication.approved", values, by=by, at=at)
    outbox.put(record, TOPIC, at=at)
    return publication
