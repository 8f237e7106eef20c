"""An office or a district is removed while somebody saves a draft that names it: one of both is told, and no text is lost."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from allmende.administration.services import parts
from allmende.core.errors import DomainError
from allmende.core.models import AuditEntry, Body, District, Office, Person
from allmende.core.tests.threads import LONG, at_once
from allmende.notices import services
from allmende.notices.models import Notice, Revision
from allmende.notices.services import Draft
from allmende.notices.tests.conftest import LogIn, wording
from conftest import NOW

Part = type[Office] | type[District]
GONE = "gehört nicht oder nicht mehr zu Ihrer Kommune"
PARTS = pytest.mark.parametrize("model", [Office, District])


def naming(model: Part, part: int) -> Draft:
    return Draft(
        title="Baumfällung", content=wording(), office=part if model is Office else None, districts=() if model is Office else (part,)
    )


@PARTS
def test_of_removing_a_part_and_naming_it_at_once_one_counts(
    committed: None, town: Body, administrator: Person, editor: Person, model: Part
) -> None:
    for n in range(8):
        part = model.objects.create(body=town, name=f"Lindenbach {n}")

        def act(i: int, part: int = part.pk) -> str:
            try:
                if i:
                    services.draft(body=town, values=naming(model, part), by=editor, at=NOW)
                else:
                    parts.remove_part(model, town, part, by=administrator, at=NOW)
            except DomainError as error:
                return error.code
            return "named" if i else "removed"

        result = at_once(act, people=2)

        assert result in ({"removed": 1, "notice_office_elsewhere": 1}, {"named": 1, "part_in_use": 1})
        saved = Revision.objects.for_body(town).filter(values__title="Baumfällung").count()
        assert saved == Notice.objects.for_body(town).count() == AuditEntry.objects.for_body(town).filter(act="notice.drafted").count()


class InTheLastMoment:
    """While it is entered, a part is removed on another connection: after the form was found right, before its transaction ends.

    On SQLite before that begins: there is one writer.
    """

    def __init__(self, act: Callable[[], None]) -> None:
        self.moment = "BEGIN" if connection.vendor == "sqlite" else 'INSERT INTO "notices_revision"'
        self.somebody = threading.Thread(target=self.run, args=(act,))

    def run(self, act: Callable[[], None]) -> None:
        try:
            act()
        finally:
            connections.close_all()

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(self.moment) and not self.somebody.ident:
            self.somebody.start()
            self.somebody.join(timeout=LONG)
        return execute(sql, *rest)


@pytest.fixture
def page(log_in: LogIn, editor: Person) -> Client:
    return log_in(editor)


Removal = Callable[[Office | District], InTheLastMoment]


@pytest.fixture
def removal(town: Body, administrator: Person) -> Removal:
    return lambda part: InTheLastMoment(lambda: parts.remove_part(type(part), town, part.pk, by=administrator, at=NOW))


def filled(part: Office | District, **more: str) -> dict[str, Any]:
    named = {"office": part.pk} if isinstance(part, Office) else {"districts": [part.pk]}
    return {"version": "0", "kind": "general", "title": "Baumfällung", "text": "Zwei Linden werden gefällt."} | named | more


@PARTS
def test_who_begins_with_a_part_that_goes_reads_why_and_keeps_the_text(
    committed: None, town: Body, page: Client, removal: Removal, model: Part
) -> None:
    part, _stays = model.objects.create(body=town, name="Lindenbach"), model.objects.create(body=town, name="Ulmendorf")

    with connection.execute_wrapper(removal(part)):
        answer = page.post("/schreibtisch/bekanntmachungen/neu/", filled(part))

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert GONE in shown
    assert "Zwei Linden werden gefällt." in shown
    assert "Lindenbach" not in shown
    assert "Ulmendorf" in shown
    assert not Notice.objects.for_body(town).exists()


@PARTS
def test_who_saves_with_a_part_that_goes_keeps_both_texts(
    committed: None, town: Body, editor: Person, page: Client, removal: Removal, model: Part
) -> None:
    part = model.objects.create(body=town, name="Lindenbach")
    notice = services.draft(body=town, values=Draft(title="Baumfällung"), by=editor, at=NOW)
    address = f"/schreibtisch/bekanntmachungen/{notice.pk}/bearbeiten/"

    with connection.execute_wrapper(removal(part)):
        answer = page.post(address, filled(part, version="1"))

    assert answer.status_code == 422
    assert GONE in answer.content.decode()
    assert "Zwei Linden werden gefällt." in answer.content.decode()
    assert Notice.objects.for_body(town).get().version == 1


@PARTS
def test_the_editor_that_saves_by_itself_says_it_too(
    committed: None, town: Body, editor: Person, page: Client, removal: Removal, model: Part
) -> None:
    part = model.objects.create(body=town, name="Lindenbach")
    notice = services.draft(body=town, values=Draft(title="Baumfällung"), by=editor, at=NOW)

    with connection.execute_wrapper(removal(part)):
        answer = page.post(f"/schreibtisch/bekanntmachungen/{notice.pk}/speichern/", filled(part, version="1"))

    assert answer.status_code == 422
    assert GONE in answer.json()["error"]
    assert not answer.json()["conflict"]
    assert Notice.objects.for_body(town).get().version == 1
