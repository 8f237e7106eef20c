"""What happens to notices of the demo after their publication: two are taken down, three are erased at their day."""

from datetime import timedelta
from functools import partial
from typing import Final

from allmende.config.demo.story import Step, Story
from allmende.config.demo.told import moment, read
from allmende.notices.after import removal
from allmende.publication.models import Removal
from allmende.tasks import services as tasks
from allmende.tasks.kinds import BREACH
from allmende.tasks.models import Task

MISTAKE: Final = "mitteilungen/ferienbetreuung"  # published before the council had decided
LEAK: Final = "mitteilungen/kleingaerten"  # its second attachment names the tenants
LEAKED: Final = ("attachment-2",)
# The days of erasure of the texts that name people, a few minutes after midnight, when the worker comes.
ERASED: Final = {
    "zustellungen/1-strassenreinigung": "2024-05-28 00:10",
    "wahlen/stadtrat-2024-vorschlaege": "2024-12-09 00:10",
    "zustellungen/2-gewerbe": "2026-09-29 00:10",
}


def steps() -> list[Step]:
    return [
        *(Step(moment(at), f"Gelöscht: {name}", partial(_erase_due, at)) for name, at in ERASED.items()),
        Step(moment("2026-02-09 15:05"), f"Vom Netz: {MISTAKE}", _take_down_mistake),
        Step(moment("2026-11-27 07:50"), f"Vom Netz: {LEAK}", _take_down_leak),
    ]


def _erase_due(at: str, story: Story) -> None:
    """As the worker does it: whatever is due on that day."""
    removal.erase_due(list(removal.due(moment(at))), moment(at))


def _take_down_mistake(story: Story) -> None:
    notice = story.notice(read(MISTAKE))
    who, at = story.person("vera.thiele"), moment("2026-02-09 15:05")
    removal.take_down(notice.pk, artefacts=None, reason=Removal.Reason.MISTAKE, body=notice.record.body, by=who, at=at)


def _take_down_leak(story: Story) -> None:
    """From a phone, before the office opens; the task of the 72 hours is taken on the way to work."""
    notice = story.notice(read(LEAK))
    body, who, at = notice.record.body, story.person("jens.habermann"), moment("2026-11-27 07:50")
    removal.take_down(notice.pk, artefacts=LEAKED, reason=Removal.Reason.PERSONAL_DATA, body=body, by=who, at=at)
    task = Task.objects.for_body(body).get(record=notice.record, kind=BREACH.code)
    tasks.take(task.pk, body=body, by=who, at=at + timedelta(minutes=5))
