"""An administrator enters how the body publishes. Everything stays: nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from allmende.administration.publishing import errors, selectors
from allmende.administration.publishing.models import PublishingSettings
from allmende.administration.publishing.values import FORMS, Publishing
from allmende.administration.rules.errors import ReasonMissing
from allmende.administration.start_page import checking as start_page
from allmende.core import audit
from allmende.core.models import Body, Person
from allmende.core.permissions import Act, require


@transaction.atomic
def enter(new: Publishing, *, reason: str, body: Body, by: Person, at: datetime) -> PublishingSettings:
    """Enter how `body` publishes from a day on. What was entered before stays in the history, and with the notices made under it.

    Raises:
        NotAllowed: `by` does not manage this body.
        BasisMissing, ReasonMissing, FormTwice, HolidayElsewhere, NoOpeningDay
    """
    require(by, body, Act.MANAGE, at=at)
    new = replace(new, **{name: getattr(new, name).strip() for name in ("law", "section", "address", "start_page", "inspection", "copies")})
    if not new.law or not new.section:
        raise errors.BasisMissing
    if not (reason := reason.strip()):
        raise ReasonMissing
    if len(set(new.forms)) != len(new.forms) or not set(new.forms) <= set(FORMS):
        raise errors.FormTwice
    if not set(new.holidays) <= set(selectors.local_holidays(selectors.land_for(body))):
        raise errors.HolidayElsewhere
    if not new.opening or not set(new.opening) <= set(range(7)):
        raise errors.NoOpeningDay
    values = new.as_json() | {"valid_from": new.valid_from}
    row: PublishingSettings = PublishingSettings.objects.create(body=body, **values, reason=reason, entered_by=by, entered_at=at)
    audit.note(body, "rules.publishing_entered", new.as_json() | {"reason": reason}, by=by, at=at)
    start_page.ask(body, once=str(row.pk), at=at)
    return row
