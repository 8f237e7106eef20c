"""The legal rules of a body, as tests enter and read them."""

import json
from datetime import date, timedelta
from typing import Any

from allmende.administration.rules import selectors
from allmende.administration.rules.services import NewRule
from allmende.core.models import AuditEntry, Body
from allmende.lib.legalcalendar.kinds import BodyKind, NoticeKind
from allmende.lib.legalcalendar.profiles import Profile, as_json, read_profile
from conftest import NOW

TODAY = NOW.date()
LATER = NOW + timedelta(days=1)


def newer(profile: Profile, **changes: Any) -> Profile:
    """The next version of a profile; `changes`: fields of the rule on completion on the internet."""
    raw = json.loads(json.dumps(as_json(profile)))
    raw["version"] += 1
    reason = {"de": "Das Gesetz ist geändert worden.", "en": "The act was amended."}
    raw["history"].append({"version": raw["version"], "day": raw["history"][-1]["day"], "reason": reason})
    next(rule for rule in raw["rule"] if rule["key"] == "completion.internet").update(changes)
    return read_profile(raw, "newer")


def rule(**changes: Any) -> NewRule:
    given = {"key": "complaint.period", "value": "P6M", "law": "Hauptsatzung", "section": "§ 22", "reason": "Beschluss vom 1.11.2026"}
    return NewRule(**(given | changes))


def value(body: Body, key: str = "complaint.period", on: date = TODAY, kind: NoticeKind | None = None) -> str:
    return str(selectors.rule_book(body, on=on).find(key, on=on, body=BodyKind.MUNICIPALITY, kind=kind).value)


def acts(body: Body) -> list[str]:
    return list(AuditEntry.objects.for_body(body).order_by("pk").values_list("act", flat=True))
