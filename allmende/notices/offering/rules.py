"""The rule of a body: which archive, which kinds, how early, how long it may take. Entered with its source, audited, editable."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from allmende.administration.rules import selectors as rules
from allmende.administration.rules.errors import LandUnknown, NoRules
from allmende.core import audit
from allmende.core.errors import DomainError
from allmende.core.language import page_language
from allmende.core.models import Body, Person
from allmende.core.permissions import Act, require
from allmende.lib.legalcalendar.text import Text
from allmende.notices import kinds
from allmende.notices.models import ArchiveRule


class RuleIncomplete(DomainError):
    code, status = "archive_rule_incomplete", 422
    message = _("Archiv, Quelle oder Art fehlt. Nennen Sie das Archiv, worauf sich die Anbietung stützt, und mindestens eine Art.")


@dataclass(frozen=True)
class Known:
    """A text that was read: where, and what it says. For a person to decide on."""

    land: str
    law: str
    section: str
    words: Text

    @property
    def said(self) -> str:
        return self.words.in_language(page_language())


@cache
def known() -> tuple[Known, ...]:
    found = tomllib.loads((Path(__file__).parent / "known.toml").read_text(encoding="utf-8"))["text"]
    return tuple(Known(one["land"], one["law"], one["section"], Text(one["de"], one["en"])) for one in found)


def known_for(body: Body) -> list[Known]:
    """What was read for the Land of the body; empty where its Land is not known."""
    try:
        land = rules.state_of(body).book.land.land
    except (NoRules, LandUnknown):
        return []
    return [one for one in known() if land is not None and one.land == land.value]


def offered_kinds() -> list[kinds.Kind]:
    """Kinds that can name people: only those have a day of erasure."""
    return [kind for kind in kinds.all_kinds() if kind.personal_of({"names": True}) is kinds.Personal.NAMES]


def of(body: Body) -> ArchiveRule | None:
    return ArchiveRule.objects.for_body(body).first()


@transaction.atomic
def enter(
    *,
    archive: str,
    wanted: Sequence[str],
    lead_days: int,
    answer_days: int | None,
    source: str,
    body: Body,
    by: Person,
    at: datetime,
) -> ArchiveRule:
    """Enter or change the rule. What is open keeps the days it was opened with.

    Raises:
        NotAllowed: `by` does not manage the body.
        RuleIncomplete
    """
    require(by, body, Act.MANAGE, at=at)
    codes = [kind.code for kind in offered_kinds() if kind.code in wanted]
    if not (archive.strip() and source.strip() and codes) or lead_days < 1:
        raise RuleIncomplete
    values = {"archive": archive.strip(), "kinds": codes, "lead_days": lead_days, "answer_days": answer_days, "source": source.strip()}
    rule, _new = ArchiveRule.objects.for_body(body).update_or_create(body=body, defaults=values | {"changed_at": at, "changed_by": by})
    audit.note(body, "archive.rule_entered", values, by=by, at=at)
    return rule


@transaction.atomic
def end(*, body: Body, by: Person, at: datetime) -> None:
    """Nothing is offered any more. Raises NotAllowed."""
    require(by, body, Act.MANAGE, at=at)
    if ArchiveRule.objects.for_body(body).filter(body=body).delete()[0]:
        audit.note(body, "archive.rule_ended", {}, by=by, at=at)
