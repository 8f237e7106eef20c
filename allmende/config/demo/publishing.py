"""Notices of the demo on their way from the first draft to their page."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from allmende.config.demo import files
from allmende.config.demo.story import Step, Story
from allmende.config.demo.told import Told, published
from allmende.core.models import Body, Person
from allmende.lib.legalcalendar.computation import Appearance
from allmende.lib.legalcalendar.kinds import Form
from allmende.notices import services as notices
from allmende.notices.after import amending
from allmende.notices.attachments import services as attached
from allmende.notices.attachments import taking
from allmende.notices.attachments.intake import from_bytes
from allmende.notices.calendar.decision import of_approver, outlook_of
from allmende.notices.calendar.statement import NOTHING_STATED, Statement
from allmende.notices.models import Amendment, Notice, Revision
from allmende.notices.services import Draft


def steps() -> list[Step]:
    return [Step(told.at, told.head["Title"], partial(_publish, told)) for told in published()]


def _publish(told: Told, story: Story) -> None:
    """Written the day before, submitted, approved and published at the time of the text."""
    body = story.body(told.head["Body"])
    notice = write(told, story, at=told.at - timedelta(days=1))
    submit(told, notice, story, at=told.at - timedelta(hours=20))
    said = of_approver(told.kind.code)
    notices.approve(
        notice,
        body=body,
        version=version_of(notice, body),
        by=story.person(told.head["Approver"]),
        at=told.at - timedelta(minutes=2),
        statement=Statement(confirmed=said) if said else NOTHING_STATED,
    )
    story.made[told.name] = notice


def submit(told: Told, notice: UUID, story: Story, *, at: datetime) -> None:
    body, writer = story.body(told.head["Body"]), story.person(told.head["Writer"])
    said = _stated(told, body, told.at)
    notices.submit(notice, body=body, version=version_of(notice, body), by=writer, at=at, statement=said)


def write(told: Told, story: Story, *, at: datetime) -> UUID:
    """The draft with its files, begun as the text says: empty, with a Word file, or because of an earlier notice."""
    body, writer = story.body(told.head["Body"]), story.person(told.head["Writer"])
    values = told.values(body)
    if source := told.head.get("Source"):
        notice = _from_word(told, source, values, body, writer, at)
    elif amends := told.head.get("Amends"):
        word, _, earlier = amends.partition(" ")
        begun = amending.begin(story.made[earlier], Amendment.Word(word), body=body, by=writer, at=at)
        notice = begun.pk
        notices.edit(notice, body=body, version=begun.version, values=values, by=writer, at=at)
    else:
        notice = notices.draft(body=body, values=values, by=writer, at=at).pk
    for name, title, role in files.listed(told):
        attached.add(notice, body=body, file=from_bytes(body, files.made(name), name), role=role, title=title, by=writer, at=at)
    return notice


def _from_word(told: Told, source: str, values: Draft, body: Body, writer: Person, at: datetime) -> UUID:
    """The text is taken from the Word file; what else belongs to the notice is typed."""
    file = attached.begin(body=body, file=from_bytes(body, files.in_word(told), source), by=writer, at=at)
    notice: UUID = file.notice_id
    version = taking.take(file.pk, body=body, version=version_of(notice, body), way=None, title="", by=writer, at=at)
    taken = Draft.of_json(Revision.objects.for_body(body).get(notice=notice, version=version).values)
    notices.edit(notice, body=body, version=version, values=replace(values, content=taken.content), by=writer, at=at)
    return notice


def version_of(notice: UUID, body: Body) -> int:
    version: int = Notice.objects.for_body(body).values_list("version", flat=True).get(pk=notice)
    return version


def _stated(told: Told, body: Body, at: datetime) -> Statement:
    """Everything that is asked of who submits; the hint hangs in the showcase on the same day."""
    found = outlook_of(told.kind.code, told.details, body=body, at=at)
    if found is None:
        return NOTHING_STATED
    theirs = of_approver(told.kind.code)
    return Statement(
        confirmed=frozenset(duty.code for duty in found.confirm if duty.code not in theirs),
        hint=Appearance(Form.NOTICE_BOARD, told.at.date()) if found.hint else None,
    )
