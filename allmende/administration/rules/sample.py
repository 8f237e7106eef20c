"""An imagined notice of each kind, to show what rules do to its days. Nothing of it is published or kept."""

from datetime import datetime, timedelta

from allmende.lib.legalcalendar.computation import Appearance, Display, EntryClause, Facts
from allmende.lib.legalcalendar.days import berlin_day
from allmende.lib.legalcalendar.kinds import BodyKind, Form, NoticeKind
from allmende.lib.legalcalendar.overlay import RuleBook
from allmende.lib.legalcalendar.places import Land, Place

DISPLAYED = frozenset({NoticeKind.REPLACEMENT, NoticeKind.PLAN, NoticeKind.TENDER, NoticeKind.INFORMATION})


def sample(
    kind: NoticeKind, book: RuleBook, body: BodyKind, at: datetime, *, form: Form = Form.INTERNET, names_entry: bool = False
) -> Facts:
    """Provided in `form` at `at`, with what such a notice usually says. `names_entry`: the by-law names its day itself."""
    day = berlin_day(at)
    land = book.land.land
    assert isinstance(land, Land)
    return Facts(
        kind=kind,
        form=form,
        body=body,
        place=Place(land),
        provided_at=at,
        also=(Appearance(Form.NOTICE_BOARD, day),) if kind in (NoticeKind.PLAN, NoticeKind.PLAN_IN_FORCE) else (),
        display=Display(begin=day + timedelta(days=7), hint_on=day) if kind in DISPLAYED else None,
        entry=EntryClause(on=day + timedelta(days=14)) if names_entry else None,
        carries_complaint_hint=True,
        session_on=day + timedelta(days=7) if kind is NoticeKind.MEETING else None,
        public_could_know_on=day if kind is NoticeKind.EMERGENCY else None,
        confirmed_by_supervision_on=day - timedelta(days=60),
        result_announced_on=day - timedelta(days=1) if kind is NoticeKind.ELECTION else None,
    )
