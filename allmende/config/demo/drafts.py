"""Drafts as the offices left them: in work, submitted, sent back, given up, and one after last year's pattern."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID

from allmende.config.demo.publishing import submit, version_of, write
from allmende.config.demo.story import Step, Story
from allmende.config.demo.told import Told, drafts
from allmende.notices import services as notices
from allmende.notices.models import Revision
from allmende.notices.services import Draft


def steps() -> list[Step]:
    return [Step(told.at, told.head["Title"], partial(_leave, told)) for told in drafts()]


def _leave(told: Told, story: Story) -> None:
    body, writer = story.body(told.head["Body"]), story.person(told.head["Writer"])
    notice = _copied(told, story) if "Copy" in told.head else write(told, story, at=told.at)
    story.made[told.name] = notice
    match told.head["State"]:
        case "discarded":
            notices.discard(notice, body=body, version=version_of(notice, body), by=writer, at=told.at + timedelta(days=1))
        case "submitted":
            submit(told, notice, story, at=told.at + timedelta(minutes=20))
            if reason := told.head.get("Reason"):
                approver, later = story.person(told.head["Approver"]), told.at + timedelta(hours=2)
                notices.send_back(notice, body=body, version=version_of(notice, body), reason=reason, by=approver, at=later)


def _copied(told: Told, story: Story) -> UUID:
    """Last year's notice with a new title: text taken over, days empty."""
    body, writer = story.body(told.head["Body"]), story.person(told.head["Writer"])
    copy = notices.copy(story.made[told.head["Copy"]], body=body, by=writer, at=told.at)
    values = Draft.of_json(Revision.objects.for_body(body).get(notice=copy, version=copy.version).values)
    values = replace(values, title=told.head["Title"], title_en=told.head["English"], summary="")
    notices.edit(copy.pk, body=body, version=copy.version, values=values, by=writer, at=told.at + timedelta(minutes=5))
    copied: UUID = copy.pk
    return copied
