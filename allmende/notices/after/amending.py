"""Correcting, publishing anew and healing: another notice that names the one it concerns, both ways and in the log."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from allmende.core import audit, thread
from allmende.core.errors import DomainError
from allmende.core.models import Body, Link, Person, Record
from allmende.core.permissions import Act, require
from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices import kinds
from allmende.notices.models import Amendment, Notice
from allmende.notices.services.draft import copy, discard_for_good
from allmende.publication import services as publication
from allmende.publication.models import Relation

State = Notice.State
Word = Amendment.Word

#: What stands before the title of the new draft; the clerk words it as it fits. An emergency publication is renewed by its repeat.
REPEATS: Final = "Nachholung der Notbekanntmachung"
BEFORE: Final = {Word.CORRECTS: "Berichtigung", Word.RENEWS: "Neubekanntmachung", Word.HEALS: "Heilung eines Fehlers"}


class NotAmended(DomainError):
    code = "notice_not_amended"
    title = _("Nicht veröffentlicht")
    message = _("Berichtigen, neu bekannt machen und heilen lässt sich nur, was veröffentlicht ist. Einen Entwurf ändern Sie einfach.")


@transaction.atomic
def begin(notice_id: UUID, word: Amendment.Word, *, body: Body, by: Person, at: datetime) -> Notice:
    """Begin the notice that corrects, renews or heals a public one: a copy to be worded, with the link to the earlier one.

    Raises:
        NotAllowed: `by` may not write in `body`.
        NotAmended: the earlier one is not public.
    """
    require(by, body, Act.WRITE, at=at)
    mine = Notice.objects.for_body(body).filter(pk=notice_id, state=State.PUBLIC)
    if not mine.update(version=F("version")):  # who erases it waits and finds the copy, or was first
        raise NotAmended
    earlier = mine.select_related("record").get()
    if word == Word.RENEWS and kinds.get(earlier.kind).law is NoticeKind.EMERGENCY:
        usual = kinds.BYLAW if earlier.details.get("entry") else kinds.GENERAL  # the clerk can change it
        notice = copy(notice_id, body=body, by=by, at=at, before=REPEATS, kind=usual.code)
    else:
        notice = copy(notice_id, body=body, by=by, at=at, before=BEFORE[word])
    Amendment.objects.create(notice=notice, earlier=earlier, word=word)
    audit.note(notice.record, "notice.amends", {"word": word.value, "earlier": earlier.label}, by=by, at=at)
    return notice


def state_relation(notice: Notice, *, at: datetime) -> None:
    """Called when `notice` is approved: the log names the relation as soon as it is public. 1 query where there is none."""
    amends = Amendment.objects.for_body(notice.record.body).filter(notice=notice).select_related("earlier__record__body").first()
    if amends is not None:
        publication.relate(notice.record, amends.earlier.record, Relation.Word(amends.word), at=at)


def give_up(record: Record, *, at: datetime) -> None:
    """Called when `record` is erased: drafts that were begun to amend it hold what must go, and there is nothing left to amend."""
    body = record.body
    mine = Amendment.objects.for_body(body).filter(earlier=record.pk, notice__state__in=(State.DRAFT, State.SUBMITTED))
    for amends in mine.select_related("notice__record__body"):
        discard_for_good(amends.notice, body=body, at=at)


def link(record: Record) -> None:
    """Called when the page answers: the public trace. Idempotent. 1 query where there is none."""
    amends = Amendment.objects.for_body(record.body).filter(notice=record.pk).select_related("earlier__record__body").first()
    if amends is not None:
        thread.link(record, Link.Relation(amends.word), amends.earlier.record)
