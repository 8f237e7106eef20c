"""Where the electronic gazette is a prescribed form: the day that a notice states for it, and the days once its issue has appeared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from allmende.core.models import Body
from allmende.lib.legalcalendar.kinds import Form
from allmende.notices.calendar import keeping, provision
from allmende.notices.calendar.statement import Statement
from allmende.notices.models import Basis, Calendar, Notice

GAZETTE: Final = Form.ELECTRONIC_GAZETTE


def stated_days(notices: Iterable[Notice]) -> dict[UUID, date]:
    """Notices that were approved for a day of the electronic gazette, with that day. 1 query for each body."""
    found: dict[UUID, date] = {}
    by_body: dict[Body, list[UUID]] = {}
    for notice in notices:
        by_body.setdefault(notice.record.body, []).append(notice.pk)
    for body, keys in by_body.items():
        for key, statement in Basis.objects.for_body(body).filter(notice__in=keys).values_list("notice", "statement"):
            if day := Statement.of_json(statement).days.get(GAZETTE):
                found[key] = day
    return found


def appeared(notice: Notice, at: datetime | None) -> None:
    """The issue with the notice answers from `at` on: the days follow from that moment. None: the issue was void after all.

    Only where the gazette is a prescribed form of the body on that day, and for the first issue: a replacement moves no day.
    """
    body = notice.record.body
    row = Calendar.objects.for_body(body).filter(notice=notice).only("issued_at").first()
    kept = keeping.kept(body, notice.pk)
    if row is None or kept is None or GAZETTE not in kept[1].days or row.issued_at == at:
        return
    provision.issued(notice, at)
