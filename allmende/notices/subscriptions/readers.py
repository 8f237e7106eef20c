"""Readers by mail: they ask, confirm by a link, and leave with one click. Nobody is told whether an address is known."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from allmende.core import outbox
from allmende.core.housekeeping import DAY, Chore
from allmende.core.models import Body
from allmende.notices.models import Subscription
from allmende.notices.subscriptions.topics import Topic

CONFIRM: Final = "subscriptions.confirm"
LIFE: Final = timedelta(days=7)  # of a link that nobody follows


def secret_of(reader: Subscription) -> str:
    """The secret part of the links in mails: signed with the key of the installation, kept nowhere."""
    value = f"{reader.pk}:{reader.email}:{reader.asked_at.isoformat()}"
    return salted_hmac("allmende/subscription/v1", value, algorithm="sha256").hexdigest()


def find(body: Body, topic: Topic, pk: int, secret: str) -> Subscription | None:
    """The reader whose link it is; None for a wrong, old or used one. 1 query."""
    reader = Subscription.objects.for_body(body).filter(topic=topic.code, pk=pk).first()
    return reader if reader is not None and constant_time_compare(secret_of(reader), secret) else None


@transaction.atomic
def ask(email: str, topic: Topic, kinds: Sequence[str] = (), *, body: Body, at: datetime) -> None:
    """Send a link to the address. A second request sends a new one; the older link ends.

    Of an address that is confirmed nothing changes by asking: it gets its own link again, with which it changes its choice, or
    nothing at all where there is no choice.
    """
    email = email.strip().lower()
    rows = Subscription.objects.for_body(body).filter(topic=topic.code, email=email)
    if not rows.filter(confirmed_at__isnull=False).exists():
        if not rows.update(asked_at=at, kinds=list(kinds)):
            Subscription.objects.create(body=body, topic=topic.code, email=email, kinds=list(kinds), asked_at=at)
    elif not topic.kinds:
        return
    outbox.put(body, CONFIRM, subject=str(rows.get().pk), once=at.isoformat(), at=at)


def confirm(reader: Subscription, kinds: Sequence[str] = (), *, at: datetime) -> None:
    """From now on mail comes, about `kinds` or, without any, about all. Idempotent; also how a choice is changed."""
    mine = Subscription.objects.for_body(reader.body).filter(pk=reader.pk)
    mine.update(kinds=list(kinds))
    mine.filter(confirmed_at=None).update(confirmed_at=at)


def leave(reader: Subscription) -> None:
    """The address goes, and with it all that was known. Idempotent."""
    Subscription.objects.for_body(reader.body).filter(pk=reader.pk).delete()


def confirmed(body: Body, topic: Topic, pk: int) -> Subscription | None:
    """A reader who still wants mail. 1 query."""
    return Subscription.objects.for_body(body).filter(pk=pk, topic=topic.code, confirmed_at__isnull=False).first()


def wanting(body: Body, topic: Topic, kind: str = "") -> list[int]:
    """Readers who want mail about a topic, or about notices of a kind. 1 query."""
    rows = Subscription.objects.for_body(body).filter(topic=topic.code, confirmed_at__isnull=False).order_by("pk")
    return [pk for pk, kinds in rows.values_list("pk", "kinds") if not kinds or kind in kinds]


def never_confirmed(at: datetime) -> Iterator[tuple[Body, int]]:
    """Addresses of all bodies whose link nobody has followed. 1 query, 1 for each body with one."""
    old = {"confirmed_at": None, "asked_at__lt": at - LIFE}
    for body in Body.objects.filter(Exists(Subscription.objects.of_outer(body=OuterRef("pk")).filter(**old))).order_by("pk"):
        for pk in Subscription.objects.for_body(body).filter(**old).order_by("pk").values_list("pk", flat=True):
            yield body, pk


def forget(found: Sequence[tuple[Body, int]], at: datetime) -> None:
    for body, pk in found:
        Subscription.objects.for_body(body).filter(pk=pk, confirmed_at=None, asked_at__lt=at - LIFE).delete()


UNCONFIRMED = Chore(_("nicht bestätigte Bestellungen per E-Mail"), never_confirmed, forget, every=DAY)
