"""What is kept with a notice: what people stated, the rules it was approved with, and the days that came out."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from allmende.core.models import Body, Person
from allmende.lib.commitment import canonical_json
from allmende.lib.legalcalendar.days import berlin_day
from allmende.notices import models
from allmende.notices.calendar.basis import Basis
from allmende.notices.calendar.statement import NOTHING_STATED, Statement
from allmende.notices.models import Notice

Act = models.Statement.Act


def state(notice: Notice, act: models.Statement.Act, statement: Statement, *, by: Person, at: datetime) -> None:
    """Record what `by` has confirmed and stated about the current version. 1 query."""
    models.Statement.objects.create(notice=notice, version=notice.version, act=act, content=statement.as_json(), by=by, at=at)


def statements(body: Body, notice: Notice) -> list[models.Statement]:
    """Everything that was stated about the current version, in that order. 1 query."""
    rows = models.Statement.objects.for_body(body).filter(notice=notice, version=notice.version)
    return list(rows.select_related("by").order_by("at", "pk"))


def stated(rows: list[models.Statement]) -> Statement:
    """What holds of it: of what was submitted more than once, the last; and what the approver added."""
    found = NOTHING_STATED
    for row in rows:
        said = Statement.of_json(row.content)
        found = said if row.act == Act.SUBMITTED else found.also(said)
    return found


def keep(notice: Notice, basis: Basis, statement: Statement, *, body: Body, at: datetime) -> None:
    """Keep the whole book with the notice that is approved. The same content is stored once for a body. At most 4 queries."""
    content = basis.from_day(berlin_day(at)).as_json()
    digest = hashlib.sha256(canonical_json(content)).hexdigest()
    here = models.KeptRules.objects.for_body(body).filter(sha256=digest)
    rules = here.only("pk").first()
    if rules is None:
        try:
            with transaction.atomic():
                rules = models.KeptRules.objects.create(body=body, sha256=digest, content=content, kept_at=at)
        except IntegrityError:  # somebody else has just kept the same
            rules = here.only("pk").get()
    models.Basis.objects.create(notice=notice, rules=rules, statement=statement.as_json(), kept_at=at)


def kept(body: Body, notice: Any) -> tuple[Basis, Statement] | None:
    """With what a notice was approved; None for a kind without legal effect. `notice`: its key. 1 query."""
    row = models.Basis.objects.for_body(body).filter(notice=notice).select_related("rules").first()
    return (Basis.of_json(row.rules.content), Statement.of_json(row.statement)) if row else None
