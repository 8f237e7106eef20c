"""A town that can publish, and notices that are approved."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

import pytest

from allmende.core.models import Body, Membership, Person, Record
from allmende.publication import installation, kinds, sealing
from allmende.publication.clock import Clock, from_
from allmende.publication.models import Publication, SealKey
from allmende.publication.seals import set_up_demo_seal
from allmende.publication.services import approve
from allmende.publication.setup import set_up_log
from allmende.publication.tests.page import page
from conftest import NOW


@pytest.fixture(autouse=True)
def _no_module_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """What modules do when something of theirs becomes public is tested there."""
    monkeypatch.setattr(kinds, "_KINDS", {})


_made: list[sealing.Made] = []


@pytest.fixture
def ready(town: Body) -> Body:
    """Musterstedt with its log and an unlocked demo seal."""
    set_up_log(town, origin="log.musterstedt.example/amtlich", at=NOW, by=None)
    set_up_demo_seal(town, at=NOW, by=None)
    return town


@pytest.fixture
def one_seal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Page and sealed document are made once and used for every publication: for tests of what happens around them."""
    really = sealing.make

    def make(publication: Publication, day: date, key: SealKey, clock: Clock) -> sealing.Made:
        if not _made:
            _made.append(really(publication, day, key, clock))
        return _made[0]

    monkeypatch.setattr(sealing, "make", make)


class MakeApproved(Protocol):
    def __call__(self, body: Body = ..., *, at: datetime = ...) -> Publication: ...


@pytest.fixture
def make_approved(ready: Body, editor: Person, approver: Person) -> MakeApproved:
    """Notices by Erika that Anna has approved, in Musterstedt unless another town is given; nothing of them is public yet."""

    def make(body: Body = ready, *, at: datetime = NOW) -> Publication:
        number = Record.objects.for_body(body).count() + 1
        path, titles = f"bekanntmachungen/2026/{number}/", {"de": f"Straßensperrung {number}"}
        record = Record.objects.create(body=body, kind=Record.Kind.NOTICE, titles=titles, path=path)
        return approve(record, page(body, number), images={}, authors=[editor], by=approver, at=at)

    return make


@pytest.fixture
def new_town(editor: Person, approver: Person) -> Callable[[], Body]:
    """Town after town, each with an empty log and an unlocked demo seal, in which Erika writes and Anna approves."""

    def make() -> Body:
        number = installation.logs().count() + 1
        body = Body.objects.create(
            slug=f"ort-{number}", name=f"Gemeinde Ort {number}", short_name="Ort", kind=Body.Kind.MUNICIPALITY, ars=f"1509901{number:05}"
        )
        for person, role in ((editor, Membership.Role.EDITOR), (approver, Membership.Role.APPROVER)):
            Membership.objects.create(person=person, body=body, role=role)
        set_up_log(body, origin=f"log.ort-{number}.example/amtlich", at=NOW, by=None)
        set_up_demo_seal(body, at=NOW, by=None)
        return body

    return make


@pytest.fixture
def clock() -> Clock:
    """Starts at NOW and runs on."""
    return from_(NOW)
