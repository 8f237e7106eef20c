"""What the engine tells us: the page answers from a moment on, or an attempt is void."""

from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from allmende.core import addresses, audit, mails, outbox
from allmende.core.models import Body, OutboxRow, Record
from allmende.lib import richtext
from allmende.lib.search_words import stored_words
from allmende.notices import kinds, printed, promulgation, text
from allmende.notices.after import amending
from allmende.notices.calendar import provision
from allmende.notices.cards import LANGUAGES, card
from allmende.notices.models import Notice


def provided(record: Record, at: datetime) -> None:
    """The page answers from `at` on. Called in that transaction, again if the moment had to be moved. Idempotent."""
    notices = Notice.objects.for_body(record.body).filter(pk=record.pk)
    notice = notices.select_related("record__body", "office", "acting_body").prefetch_related("districts").get()
    shown = {"provided_at": at, "search": searchable(notice)}
    if notices.filter(state=Notice.State.APPROVED).update(state=Notice.State.PUBLIC, **shown):
        audit.note(record, "notice.provided", {"number": notice.label}, by=None, at=at)
    else:
        notices.filter(state=Notice.State.PUBLIC).update(**shown)
    provision.provided(notice, at)
    amending.link(record)
    in_force = promulgation.entry_of(notice) if kinds.get(notice.kind).local_law else None
    notices.update(cards={language: card(notice, at, language, in_force_on=in_force) for language in LANGUAGES})


def searchable(notice: Notice) -> str:
    """The words by which the public list finds a notice: titles, wording, details, summary, kind, number, who issued and who answers.

    A file number is found because it stands in the wording or in a field. Office and districts must be fetched before. A notice that
    names people is found by its kind and number alone.
    """
    body = notice.record.body
    names = [body.name, body.short_name, *(named.name for named in (notice.acting_body, notice.office) if named is not None)]
    districts = [district.name for district in notice.districts.all()]
    kind: list[str] = []
    for language in LANGUAGES:
        with translation.override(language):
            kind.append(notice.kind_name)
    if notice.names_people:
        return stored_words(f"Nr. {notice.label}", *kind, body.name, body.short_name)
    known = kinds.get(notice.kind)
    facts = [fact.value for fact in printed.facts(known, notice.details)]
    wording = richtext.plain_text(printed.wording(known, notice.details, text.read(notice.content)))
    return stored_words(*notice.record.titles.values(), f"Nr. {notice.label}", *kind, *names, *districts, *facts, notice.summary, wording)


def voided(record: Record, reason: str, at: datetime) -> None:
    """An attempt was void and a new one follows: whoever submitted and whoever approved are told by mail."""
    public = Notice.objects.for_body(record.body).filter(pk=record.pk, state=Notice.State.PUBLIC)
    public.update(
        state=Notice.State.APPROVED, provided_at=None, shown_until=None, cards={}, search=""
    )  # it had been announced and was too late after all
    provision.voided(record.body, Notice.objects.for_body(record.body).get(pk=record.pk))
    audit.note(record, "notice.attempt_void", {"reason": reason}, by=None, at=at)
    # In a queue of its own: the publication that goes on is the older row in the queue of the record.
    outbox.put(record.body, "notices.void", subject=str(record.pk), at=at, once=at.isoformat())


def tell_void(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: one mail to whoever submitted and whoever approved."""
    body: Body = row.body
    notice = Notice.objects.for_body(body).select_related("record", "submitted_by", "approved_by").get(pk=UUID(row.subject))
    people = {person.email for person in (notice.submitted_by, notice.approved_by) if person is not None and person.is_active}
    if not people:
        return
    with translation.override("de"):
        text = _(
            "Die Bekanntmachung Nr. %(number)s „%(title)s“ war gesiegelt, konnte aber nicht mehr an dem Tag bereitgestellt werden, "
            "der in ihr gedruckt ist. Diese Fassung ist im Protokoll als ungültig vermerkt. Das Programm siegelt die Bekanntmachung "
            "mit dem neuen Tag noch einmal. Sie müssen nichts tun.\n\nStand: %(address)s"
        ) % {
            "number": notice.label,
            "title": notice.kind_name if notice.names_people else notice.record.title,
            "address": f"{addresses.root(body)}/schreibtisch/bekanntmachungen/{notice.pk}/",
        }
        subject = _("Bekanntmachung Nr. %(number)s wird neu gesiegelt") % {"number": notice.label}
    headers = {"Message-ID": f"<{row.pk}.notice-void@allmende.invalid>"} | mails.about([notice.record])
    EmailMessage(subject, text, to=sorted(people), headers=headers).send()
