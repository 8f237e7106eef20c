"""What a notice means, in Easy and in Plain language: written beside it, reviewed by somebody else, shown with it."""

from datetime import timedelta
from functools import partial

from allmende.config.demo.story import Step, Story
from allmende.config.demo.told import Told, explanations, read
from allmende.lib import richtext
from allmende.notices.models.explanation import Form
from allmende.notices.plain import services


def steps() -> list[Step]:
    return [Step(told.at, told.head["Title"], partial(_explain, told)) for told in explanations()]


def _explain(told: Told, story: Story) -> None:
    """Written by who wrote the notice, reviewed two days later by who approved it, then shown. Easy language has its readers."""
    about, at = read(told.head["Of"]), told.at
    notice, writer, reviewer = story.notice(about), story.person(about.head["Writer"]), story.person(about.head["Approver"])
    body, content = notice.record.body, richtext.to_data(richtext.from_plain(told.wording))
    row = services.save_text(
        notice.pk, Form(told.head["Form"]), body=body, saved=0, title=told.head["Title"], content=content, by=writer, at=at
    )
    services.submit(row.pk, body=body, saved=row.saved, by=writer, at=at + timedelta(minutes=10))
    if told.head["State"] == "submitted":
        return
    seen = at + timedelta(days=2)
    group = told.head.get("Group", "")
    services.review(
        row.pk,
        body=body,
        saved=row.saved,
        of_version=notice.version,
        checked_by=group,
        checked_on=seen.date() if group else None,
        by=reviewer,
        at=seen,
    )
    services.publish(row.pk, body=body, by=writer, at=seen + timedelta(hours=1))
