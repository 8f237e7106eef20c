"""The fixtures of the notices, a town that may publish by-laws, and by-laws on their way."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from allmende.core.models import Body, Office, Person
from allmende.lib.legalcalendar.computation import Appearance
from allmende.lib.legalcalendar.kinds import Form
from allmende.notices import services
from allmende.notices.calendar.statement import Statement
from allmende.notices.models import Notice
from allmende.notices.services import Draft
from allmende.notices.tests.conftest import log_in, office, wording
from allmende.notices.tests.lawful import APPROVED, BYLAW, make_lawful
from allmende.publication.seals import set_up_demo_seal
from allmende.publication.setup import set_up_log
from conftest import NOW

__all__ = ["log_in", "office"]
HINT = Statement(hint=Appearance(Form.NOTICE_BOARD, NOW.date()))
Begin = Callable[..., Notice]
Approve = Callable[..., Notice]


@pytest.fixture
def lawful(town: Body, administrator: Person) -> Body:
    return make_lawful(town, administrator)


@pytest.fixture
def begin(town: Body, editor: Person, office: Office) -> Begin:
    """A draft by Erika; changes go into its details."""

    def make(kind: str = "bylaw", details: dict[str, Any] | None = None, **changes: Any) -> Notice:
        details = (BYLAW if details is None else details) | changes
        values = Draft(title="Hundesteuersatzung", kind=kind, office=office.pk, content=wording(), details=details)
        return services.draft(body=town, values=values, by=editor, at=NOW)

    return make


@pytest.fixture
def approve(lawful: Body, begin: Begin, editor: Person, approver: Person) -> Approve:
    """Submitted by Erika, approved by Anna, with everything stated; the town can seal, nothing is sealed yet."""

    def run(
        kind: str = "bylaw", details: dict[str, Any] | None = None, *, at: datetime = NOW, said: Statement = HINT, **changes: Any
    ) -> Notice:
        notice = begin(kind, details, **changes)
        services.submit(notice.pk, body=lawful, version=1, by=editor, at=at, statement=said)
        services.approve(notice.pk, body=lawful, version=1, by=approver, at=at, statement=APPROVED)
        return Notice.objects.for_body(lawful).select_related("record__body").get(pk=notice.pk)

    set_up_log(lawful, origin="log.musterstedt.example/amtlich", at=NOW, by=None)
    set_up_demo_seal(lawful, at=NOW, by=None)
    return run
