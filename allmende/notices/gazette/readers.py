"""Readers of the gazette by mail: they ask, confirm by a link, and leave with one click. Nobody is told whether an address is known."""

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
from allmende.notices.models import GazetteReader

CONFIRM: Final = "gazette.confirm"
LIFE: Final = timedelta(days=7)  # of a link that nobody follows


def secret_of(reader: GazetteReader) -> str:
    """The secret part of the links in mails: signed with the key of the installation, kept nowhere."""
    value = f"{reader.pk}:{reader.email}:{reader.asked_at.isoformat()}"
    return salted_hmac("allmende/gazette/v1", value, algorithm="sha256").hexdigest()


def find(body: Body, pk: int, secret: str) -> GazetteReader | None:
    """The reader whose link it is; None for a wrong, old or used one. 1 query."""
    reader = GazetteReader.objects.for_body(body).filter(pk=pk).first()
    return reader if reader is not None and constant_time_compare(secret_of(reader), secret) else None


@transaction.atomic
def ask(email: str, *, body: Body, at: datetime) -> None:
    """Send a link to the address, if it is not confirmed already. A second request sends a new one; the older link ends."""
    email = email.strip().lower()
    rows = GazetteReader.objects.for_body(body).filter(email=email)
    if rows.filter(confirmed_at__isnull=False).exists():
        return
    if not rows.update(asked_at=at):
        GazetteReader.objects.create(body=body, email=email, asked_at=at)
    outbox.put(body, CONFIRM, subject=str(rows.get().pk), once=at.isoformat(), at=at)


def confirm(reader: GazetteReader, *, at: datetime) -> None:
    """From now on each issue comes by mail. Idempotent."""
    GazetteReader.objects.for_body(reader.body).filter(pk=reader.pk, confirmed_at=None).update(confirmed_at=at)


def leave(reader: GazetteReader) -> None:
    """The address goes, and with it all that was known. Idempotent."""
    GazetteReader.objects.for_body(reader.body).filter(pk=reader.pk).delete()


def never_confirmed(at: datetime) -> Iterator[tuple[Body, int]]:
    """Addresses of all bodies whose link nobody has followed. 1 query, 1 for each body with one."""
    old = {"confirmed_at": None, "asked_at__lt": at - LIFE}
    for body in Body.objects.filter(Exists(GazetteReader.objects.of_outer(body=OuterRef("pk")).filter(**old))).order_by("pk"):
        for pk in GazetteReader.objects.for_body(body).filter(**old).order_by("pk").values_list("pk", flat=True):
            yield body, pk


def forget(found: Sequence[tuple[Body, int]], at: datetime) -> None:
    for body, pk in found:
        GazetteReader.objects.for_body(body).filter(pk=pk, confirmed_at=None, asked_at__lt=at - LIFE).delete()


UNCONFIRMED = Chore(_("nicht bestätigte Anmeldungen zum Amtsblatt"), never_confirmed, forget, every=DAY)
