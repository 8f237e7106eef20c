"""Mails about issues: contents and link, to readers and printer. Notices that name people stand in them by kind and number."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from allmende.core import addresses, mails, outbox
from allmende.core.models import Body, OutboxRow
from allmende.lib import german
from allmende.notices.gazette import readers, selectors
from allmende.notices.models import GazetteReader, GazetteSettings, Issue, Notice
from allmende.publication import selectors as publication

MAIL: Final = "gazette.mail"
PRINTER: Final = "gazette.printer"


def _send(row: OutboxRow, *, to: str, subject: str, text: str, **headers: str) -> None:
    """The Message-ID follows from the row: sent twice, it is the same mail for every mail server."""
    host = urlsplit(settings.BASE_URL).hostname
    headers = {"Message-ID": f"<{row.pk}.gazette@{host}>", "Auto-Submitted": "auto-generated"} | headers
    EmailMessage(f"{row.body.short_name}: {subject}", text, to=[to], headers=headers).send()


def send_confirmation(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: the link that makes sure it is their address."""
    body: Body = row.body
    reader = GazetteReader.objects.for_body(body).filter(pk=int(row.subject), confirmed_at=None).first()
    if reader is None:
        return
    link = f"{addresses.root(body)}/amtsblatt/abo/{reader.pk}/{readers.secret_of(reader)}/"
    with translation.override("de"):
        text = _(
            "Jemand hat für diese Adresse das Amtsblatt bestellt. Waren Sie das, bestätigen Sie es hier:\n\n%(link)s\n\nWaren Sie es "
            "nicht, tun Sie nichts: Nach sieben Tagen ist Ihre Adresse gelöscht."
        ) % {"link": link}
        _send(row, to=reader.email, subject=_("Amtsblatt bestellen: bitte bestätigen"), text=text)


def send_issue(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: one row for each reader, and one for the printer. A mail that cannot be sent holds back no other."""
    body: Body = row.body
    issue = Issue.objects.for_body(body).get(pk=row.record_id)
    with transaction.atomic():
        for pk in GazetteReader.objects.for_body(body).filter(confirmed_at__isnull=False).order_by("pk").values_list("pk", flat=True):
            outbox.put(body, MAIL, subject=f"{pk} {issue.label}", at=at)
        if GazetteSettings.objects.for_body(body).exclude(printer="").exists():
            outbox.put(body, PRINTER, subject=issue.label, at=at)


def _issue(body: Body, label: str) -> Issue | None:
    number, _slash, year = label.partition("/")
    return Issue.objects.for_body(body).select_related("record__body").filter(year=year, number=number, state=Issue.State.PUBLIC).first()


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
    """Outbox handler: contents and link. Programs of mail can unsubscribe with one click (RFC 8058)."""
    body: Body = row.body
    pk, _space, label = row.subject.partition(" ")
    reader = GazetteReader.objects.for_body(body).filter(pk=int(pk), confirmed_at__isnull=False).first()
    issue = _issue(body, label)
    if reader is None or issue is None:
        return
    notices = selectors.notices_of(issue)
    leave = f"{addresses.root(body)}/amtsblatt/abo/{reader.pk}/{readers.secret_of(reader)}/abbestellen/"
    with translation.override("de"):
        text = _(
            "Das Amtsblatt Nr. %(number)s ist am %(day)s erschienen.\n\nInhalt\n\n%(contents)s\n\nZum Lesen und Prüfen:\n%(address)s"
        ) % _words(issue, notices)
        text += "\n\n-- \n" + _("Abbestellen: %(link)s") % {"link": leave}
        one_click = {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        one_click |= mails.about(notice.record for notice in notices)
        _send(row, to=reader.email, subject=_("Amtsblatt Nr. %(number)s") % {"number": issue.label}, text=text, **one_click)


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
        _send(row, to=here.printer, subject=subject, text=wanted % _words(issue, notices), **about)
