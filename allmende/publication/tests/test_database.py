"""What the database itself refuses, on both engines. A trigger lost in a later migration shows here."""

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from allmende.core import outbox
from allmende.core.models import Body, Person
from allmende.publication.models import Attempt, Author, Checkpoint, Image, Log, LogEntry, Publication, SealKey, SealUse, State
from allmende.publication.tests.conftest import MakeApproved
from conftest import NOW

pytestmark = pytest.mark.usefixtures("one_seal")


@pytest.fixture
def public(ready: Body, make_approved: MakeApproved) -> Publication:
    publication = make_approved()
    outbox.work(NOW)
    return publication


def refused(match: str) -> AbstractContextManager[object]:
    return pytest.raises((IntegrityError, DatabaseError), match=match)


def test_who_approved_cannot_be_added_as_author(make_approved: MakeApproved, approver: Person) -> None:
    publication = make_approved()

    with refused("does not approve"):
        Author._unscoped.create(publication=publication, person=approver)


@pytest.mark.parametrize("model", [LogEntry, Checkpoint, SealUse, Author])
def test_what_only_grows_is_neither_changed_nor_deleted(public: Publication, neighbour: Body, approver: Person, model: type) -> None:
    rows = model.objects.for_body(public.body)  # type: ignore[attr-defined]
    assert rows.exists()

    with refused("append-only"), transaction.atomic():
        rows.update(**{"person": approver} if model is Author else {"body": neighbour})
    with refused("append-only"), transaction.atomic():
        rows._raw_delete(rows.db)


def test_an_entry_is_not_replaced(public: Publication) -> None:
    entry = LogEntry.objects.for_body(public.body).get()
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"

    with refused("append-only|duplicate"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f'{verb} INTO publication_logentry (id, body_id, "index", entry, leaf_hash, at) VALUES (%s, %s, 0, %s, %s, %s)',
            [entry.pk, entry.body_id, b"x", b"y", NOW],
        )


@pytest.mark.parametrize(
    "values",
    [{"origin": "a.example"}, {"vkey": "a"}, {"witness_vkey": "a"}, {"size": 0}, {"created_at": NOW + timedelta(1)}],
)
def test_a_log_keeps_its_name_and_keys_and_only_grows(public: Publication, values: dict[str, object]) -> None:
    with refused("fixed|only grows"):
        Log.objects.for_body(public.body).update(**values)


def test_a_log_is_never_deleted(ready: Body) -> None:
    rows = Log.objects.for_body(ready)

    with refused("never deleted"):
        rows._raw_delete(rows.db)


def test_what_was_approved_stays_as_it_was(public: Publication, editor: Person) -> None:
    rows = Publication.objects.for_body(public.body)

    for values in ({"payload": b"anders"}, {"approved_by": editor}, {"approved_at": NOW + timedelta(1)}):
        with refused("fixed"), transaction.atomic():
            rows.update(**values)


@pytest.mark.parametrize("column", ["page", "fragment", "document", "page_salt", "document_salt", "leaf", "token"])
def test_what_was_sealed_stays_as_it_was(public: Publication, column: str) -> None:
    with refused("fixed"):
        Attempt.objects.for_body(public.body).update(**{column: b"anders"})


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"sealed_at": NOW}, "sealed_completely"),
        ({"state": State.SEALED}, "sealed_completely|content_until_erased"),
        ({"leaf_index": 7}, "appended_completely"),
        ({"provided_at": NOW}, "provided_completely"),
        ({"confirmed_at": NOW}, "public_completely"),
        ({"void_reason": "day_passed"}, "void_completely"),
        ({"state": 7}, "publication_attempt"),
    ],
)
def test_half_done_is_impossible(ready: Body, make_approved: MakeApproved, values: dict[str, object], name: str) -> None:
    Attempt.objects.create(publication=make_approved(), body=ready, number=1, day=NOW.date())

    with refused(name):
        Attempt.objects.for_body(ready).update(**values)


def test_there_is_one_attempt_that_counts(public: Publication) -> None:
    with refused("one_valid|UNIQUE"):
        Attempt.objects.create(publication=public, body=public.body, number=2, day=NOW.date())


def test_two_publications_never_share_a_leaf(public: Publication, make_approved: MakeApproved) -> None:
    second = make_approved()
    outbox.work(NOW)

    with refused("fixed|leaf_once|UNIQUE"):
        Attempt.objects.for_body(public.body).filter(publication=second).update(leaf_index=0)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "active", "secret": None, "unlocked_until": None},
        {"state": "locked"},
        {"authority_url": "http://innen.example/"},
        {"authority_url": "https://zeit.example/", "authority_certificates": ""},
    ],
)
def test_a_seal_is_open_with_its_secret_or_not_at_all(ready: Body, values: dict[str, object]) -> None:
    with refused("publication_sealkey"):
        SealKey.objects.for_body(ready).update(**values)


def test_a_body_has_one_seal_in_use(ready: Body) -> None:
    key = SealKey.objects.for_body(ready).get()
    key.pk, key.file = None, "zweites.p12"

    with refused("one_in_use|UNIQUE"):
        key.save(force_insert=True)


def test_images_stay(ready: Body, make_approved: MakeApproved) -> None:
    image = Image._unscoped.create(publication=make_approved(), sha256="0" * 64, data=b"x")

    with refused("append-only"):
        Image._unscoped.filter(pk=image.pk).update(data=b"y")
