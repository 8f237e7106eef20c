"""What the engine tells us when a publication ends: taken down, or erased. Runs in that transaction."""

from datetime import datetime

from django.db import transaction

from allmende.core.models import Record
from allmende.evidence.certificates import services as certificates
from allmende.notices import promulgation, text
from allmende.notices.after import amending
from allmende.notices.attachments.erasing import erase_files
from allmende.notices.gazette import withdrawing
from allmende.notices.models import Comment, Notice, Picture, Revision
from allmende.notices.offering import services as offering
from allmende.notices.paper.printouts import services as printouts
from allmende.notices.plain import services as explanations
from allmende.notices.services import pictures
from allmende.tasks import services as tasks

State = Notice.State


def removed(record: Record, artefacts: tuple[str, ...], reason: str, at: datetime) -> None:
    """Its row in the public list and its words in the search go; the office keeps what it was."""
    if "page.html" in artefacts:
        Notice.objects.for_body(record.body).filter(pk=record.pk, state=State.PUBLIC).update(state=State.REMOVED, search="", cards={})
        promulgation.on_ended(record, at, erased=False)


def erased(record: Record, artefacts: tuple[str, ...] | None, at: datetime) -> None:
    """Wording, fields, short text, all versions, comments, pictures, files and explanations go; kind, number, days and who acted stay.

    `artefacts`: of the attachments named only the files go, with what versions say about them; and all certificates, which name each.
    """
    erase_files(record, artefacts, at)
    certificates.erase(record, at=at)
    if artefacts is not None:
        return
    body = record.body
    blank = {"content": text.empty(), "details": {}, "summary": "", "meaning": "", "search": "", "cards": {}}
    Notice.objects.for_body(body).filter(pk=record.pk).update(state=State.ERASED, changed_at=at, **blank)
    Revision.objects.for_body(body).filter(notice=record.pk).delete()
    Comment.objects.for_body(body).filter(notice=record.pk).delete()
    shown = list(Picture.objects.for_body(body).filter(notice=record.pk))
    Picture.objects.for_body(body).filter(notice=record.pk).delete()
    explanations.erase(Notice.objects.for_body(body).get(pk=record.pk), body=body)
    tasks.erase(record, by=None, at=at)
    printouts.erase_all(record, at=at)
    offering.erased(record, at)
    amending.give_up(record, at=at)
    withdrawing.follow(Notice.objects.for_body(body).select_related("record__body__administered_by").get(pk=record.pk), at=at)
    promulgation.on_ended(record, at, erased=True)
    transaction.on_commit(lambda: pictures.remove_files(body, shown))
