"""Mails to readers. About a notice they carry kind, day and address, and never its title: mail is kept where nobody can erase it."""

from datetime import datetime
from itertools import islice
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from allmende.core import addresses, mails, outbox
from allmende.core.models import Body, OutboxRow, Record
from allmende.lib import german
from allmende.notices.models import Notice, Subscription
from allmende.notices.selectors.public import public
from allmende.notices.subscriptions import readers
from allmende.notices.subscriptions.topics import NOTICES, TOPICS, Topic

TELL: Final = "subscriptions.tell"
MAIL: Final = "subscriptions.mail"
BATCH: Final = 200  # rows of the outbox written in one transaction


def send(row: OutboxRow, *, to: str, subject: str, text: str, **headers: str) -> None:
    """The Message-ID follows from the row: sent twice, it is the same mail for every mail server."""
    host = urlsplit(settings.BASE_URL).hostname
    headers = {"Message-ID": f"<{row.pk}.{row.topic}@{host}>", "Auto-Submitted": "auto-generated"} | headers
    EmailMessage(f"{row.body.short_name}: {subject}", text, to=[to], headers=headers).send()


def send_to_reader(row: OutboxRow, reader: Subscription, topic: Topic, *, subject: str, text: str, **headers: str) -> None:
    """With the link to leave, which programs of mail follow with one click (RFC 8058)."""
    leave = f"{link_of(row.body, reader, topic)}abbestellen/"
    text += "\n\n-- \n" + _("Abbestellen: %(link)s") % {"link": leave}
    one_click = {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    send(row, to=reader.email, subject=subject, text=text, **one_click, **headers)


def link_of(body: Body, reader: Subscription, topic: Topic) -> str:
    return f"{addresses.root(body)}/{topic.path}{reader.pk}/{readers.secret_of(reader)}/"


def send_confirmation(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: the link that makes sure it is their address."""
    body: Body = row.body
    reader = Subscription.objects.for_body(body).filter(pk=int(row.subject)).first()
    if reader is None:
        return
    topic = TOPICS[Subscription.Topic(reader.topic)]
    if reader.confirmed_at is not None and not topic.kinds:
        return
    with translation.override("de"):
        send(row, to=reader.email, subject=str(topic.subject), text=str(topic.text) % {"link": link_of(body, reader, topic)})


def on_public(record: Record, at: datetime) -> None:
    """In the transaction that makes a notice public: its readers are told later, each by a row of its own."""
    outbox.put(record, TELL, at=at)


def tell(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: one row for each reader who wants this kind. A mail that cannot be sent holds back no other."""
    body: Body = row.body
    notice = Notice.objects.for_body(body).filter(pk=row.record_id).first()
    if notice is None:
        return
    wanting = iter(readers.wanting(body, NOTICES, notice.kind))
    while batch := list(islice(wanting, BATCH)):
        with transaction.atomic():
            for pk in batch:
                outbox.put(body, MAIL, subject=f"{pk} {notice.pk}", at=at)


def mail_to_reader(row: OutboxRow, at: datetime) -> None:
    """Outbox handler. What was taken down meanwhile, and who has left, is passed over."""
    body: Body = row.body
    pk, _space, notice_id = row.subject.partition(" ")
    reader = readers.confirmed(body, NOTICES, int(pk))
    notice = public(body, at=at).filter(pk=UUID(notice_id)).select_related("record").first()
    if reader is None or notice is None or notice.provided_at is None:
        return
    notice.record.body = body
    with translation.override("de"):
        said = {
            "body": body.name,
            "kind": notice.kind_name,
            "number": notice.label,
            "moment": german.moment(notice.provided_at),
            "address": addresses.of_record(notice.record),
            "change": link_of(body, reader, NOTICES),
        }
        text = _("%(body)s\n%(kind)s Nr. %(number)s\nBereitgestellt am %(moment)s\n\n%(address)s\n\nAndere Arten wählen: %(change)s") % said
        send_to_reader(row, reader, NOTICES, subject=_("Neue Bekanntmachung: %(kind)s") % said, text=text, **mails.about([notice.record]))
