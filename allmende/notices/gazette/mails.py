"""Mails about issues: contents and link, to readers and printer. Notices that name people stand in them by kind and number."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from allmende.core import addresses, mails, outbox
from allmende.core.models import Body, OutboxRow, Visibility
from allmende.lib import german
from allmende.notices.gazette import selectors
from allmende.notices.models import GazetteSettings, Issue, Notice
from allmende.notices.subscriptions import readers
from allmende.notices.subscriptions.mails import send, send_to_reader
from allmende.notices.subscriptions.topics import GAZETTE
from allmende.publication import selectors as publication

MAIL: Final = "gazette.mail"
PRINTER: Final = "gazette.printer"


def send_issue(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: one row for each reader, and one for the printer. A mail that cannot be sent holds back no other."""
    body: Body = row.body
    issue = Issue.objects.for_body(body).get(pk=row.record_id)
    with transaction.atomic():
        for pk in readers.wanting(body, GAZETTE):
            outbox.put(body, MAIL, subject=f"{pk} {issue.label}", at=at)
        if GazetteSettings.objects.for_body(body).exclude(printer="").exists():
            outbox.put(body, PRINTER, subject=issue.label, at=at)


def _issue(body: Body, label: str) -> Issue | None:
    number, _slash, year = label.partition("/")
    return (
        Issue.objects.for_body(body)
        .select_related("record__body")
        .filter(year=year, number=number, record__visibility=Visibility.PUBLIC)
        .first()
    )


def _contents(notices: Sequence[Notice]) -> str:
    lines = []
    for n, entry in enumerate(selectors.contents(notices), start=1):
        title = f": {entry.title}" if entry.title else ""
        lines.append(f"{n}. {entry.body}: {entry.kind} Nr. {entry.label}{title}")
    return "\n".join(lines)


def _words(issue: Issue, notices: Sequence[Notice]) -> dict[str, str]:
    assert issue.provided_at is not None
    return {
        "number": issue.label,
        "day": german.date_with_year(german.local(issue.provided_at)),
        "contents": _contents(notices),
        "address": addresses.of_record(issue.record),
        "pdf": publication.file_address(issue.record, "pdf"),
    }


def mail_to_reader(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: contents and link."""
    body: Body = row.body
    pk, _space, label = row.subject.partition(" ")
    reader = readers.confirmed(body, GAZETTE, int(pk))
    issue = _issue(body, label)
    if reader is None or issue is None:
        return
    notices = selectors.notices_of(issue)
    with translation.override("de"):
        text = _(
            "Das Amtsblatt Nr. %(number)s ist am %(day)s erschienen.\n\nInhalt\n\n%(contents)s\n\nZum Lesen und Prüfen:\n%(address)s"
        ) % _words(issue, notices)
        about = mails.about(notice.record for notice in notices)
        send_to_reader(row, reader, GAZETTE, subject=_("Amtsblatt Nr. %(number)s") % {"number": issue.label}, text=text, **about)


def mail_to_printer(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: the address of the PDF that is to be printed."""
    body: Body = row.body
    here, issue = GazetteSettings.objects.for_body(body).first(), _issue(body, row.subject)
    if here is None or not here.printer or issue is None:
        return
    with translation.override("de"):
        wanted = _("Bitte drucken Sie das Amtsblatt Nr. %(number)s, erschienen am %(day)s:\n\n%(pdf)s\n\nInhalt\n\n%(contents)s")
        notices = selectors.notices_of(issue)
        subject = _("Amtsblatt Nr. %(number)s zum Druck") % {"number": issue.label}
        about = mails.about(notice.record for notice in notices)
        send(row, to=here.printer, subject=subject, text=wanted % _words(issue, notices), **about)
