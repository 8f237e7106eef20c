"""Drafts and submitted notices that would get other days by a change of rules. What is approved keeps its rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from allmende.administration.rules.coming import Coming
from allmende.core.models import Body
from allmende.lib.legalcalendar.computation import changed_days
from allmende.lib.legalcalendar.overlay import RuleBook
from allmende.notices import kinds
from allmende.notices.calendar import basis
from allmende.notices.calendar.outlook import outlook
from allmende.notices.calendar.sealing import SEALED
from allmende.notices.models import Notice

State = Notice.State
LOOKED_AT = 200  # drafts, last changed first


def affected(body: Body, old: RuleBook, new: RuleBook, at: datetime) -> Sequence[Coming]:
    """See administration.rules.coming. 5 queries."""
    now = basis.current(body)
    if now is None:
        return []
    legal = [kind.code for kind in kinds.all_kinds() if kind.law.has_legal_effect]
    rows = Notice.objects.for_body(body).filter(state__in=[State.DRAFT, State.SUBMITTED], kind__in=legal).select_related("record")
    newest = rows.order_by("-changed_at")[:LOOKED_AT]
    found = (_changed(notice, replace(now, book=old), replace(now, book=new), at) for notice in newest)
    return [item for item in found if item]


def _changed(notice: Notice, old: basis.Basis, new: basis.Basis, at: datetime) -> Coming | None:
    law = kinds.get(notice.kind).law
    before, after = (outlook(law, notice.details, rests_on, at=at, seal=SEALED) for rests_on in (old, new))
    if before is None or after is None or before.timeline is None or after.timeline is None:
        return None
    days = changed_days(before.timeline, after.timeline)
    blocked = tuple(problem.words for problem in after.of_rules if problem.code not in {known.code for known in before.of_rules})
    if not days and not blocked:
        return None
    title = notice.record.title or _("Ohne Titel")
    kicker = f"{notice.kind_name} · {notice.get_state_display()}"
    return Coming(title, kicker, reverse("notices_staff:show", args=[notice.pk]), days, blocked)
