"""What happened in the demo: twenty notices over two years, and drafts in every state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from allmende.config.demo.world import Demo
from allmende.core import outbox
from allmende.core.models import Body, District, Office
from allmende.lib import richtext
from allmende.notices import services as notices
from allmende.notices.services import Draft
from allmende.publication.clock import as_told

TEXTS = Path(__file__).parent / "texts"
BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class Told:
    """One text of the demo: who wrote and approved it where and when, and its typed wording."""

    head: dict[str, str]
    wording: str

    @property
    def at(self) -> datetime:
        return datetime.strptime(self.head["At"], "%Y-%m-%d %H:%M").replace(tzinfo=BERLIN)

    def values(self, body: Body) -> Draft:
        names = [name.strip() for name in self.head.get("Districts", "").split(",") if name.strip()]
        districts = District.objects.for_body(body).filter(name__in=names).order_by("pk").values_list("pk", flat=True)
        return Draft(
            title=self.head["Title"],
            title_en=self.head.get("English", ""),
            office=Office.objects.for_body(body).get(name=self.head["Office"]).pk,
            districts=tuple(districts),
            content=richtext.to_data(richtext.from_plain(self.wording)),
        )


def read(path: Path) -> Told:
    head, _, wording = path.read_text(encoding="utf-8").partition("---\n")
    return Told(dict(line.split(": ", 1) for line in head.splitlines()), wording)


def tell(demo: Demo, progress: Callable[[str], None]) -> None:
    """Publish the twenty notices, each at its time, then leave some drafts. `progress` is told after each."""
    published = sorted((read(path) for path in TEXTS.glob("[0-9]*.txt")), key=lambda told: told.at)
    with as_told():
        for told in published:
            _publish(demo, told)
            progress(told.head["Title"])
    for path in sorted(TEXTS.glob("draft-*.txt")):
        _leave(demo, read(path))
        progress(path.stem)


def _publish(demo: Demo, told: Told) -> None:
    """Written the day before, submitted, approved and published at the time of the text."""
    body, writer = demo.bodies[told.head["Body"]], demo.people[told.head["Writer"]]
    draft = notices.draft(body=body, values=told.values(body), by=writer, at=told.at - timedelta(days=1))
    notices.submit(draft.pk, body=body, version=draft.version, by=writer, at=told.at - timedelta(hours=20))
    approver = demo.people[told.head["Approver"]]
    notices.approve(draft.pk, body=body, version=draft.version, by=approver, at=told.at - timedelta(minutes=2))
    outbox.work(told.at)


def _leave(demo: Demo, told: Told) -> None:
    """A draft as the office left it: in work, submitted, or sent back with a comment."""
    body, writer = demo.bodies[told.head["Body"]], demo.people[told.head["Writer"]]
    draft = notices.draft(body=body, values=told.values(body), by=writer, at=told.at)
    if told.head["State"] == "draft":
        return
    notices.submit(draft.pk, body=body, version=draft.version, by=writer, at=told.at + timedelta(minutes=20))
    if reason := told.head.get("Reason"):
        approver = demo.people[told.head["Approver"]]
        notices.send_back(draft.pk, body=body, version=draft.version, reason=reason, by=approver, at=told.at + timedelta(hours=2))
