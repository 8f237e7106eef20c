"""An installation of its own for a measurement: the demo's bodies and people, and as many notices as wanted."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.core.management import call_command

from allmende.config import demo
from allmende.config.demo.told import BERLIN, read
from allmende.config.demo.world import Demo
from allmende.core.models import Body
from allmende.notices import services as notices

START = datetime(2026, 11, 2, 9, 0, tzinfo=BERLIN)


def build() -> Demo:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    return demo.build()


def approved(world: Demo, number: int, at: datetime = START) -> UUID:
    """A notice of about a page, different from every other, approved and waiting for the worker."""
    body, writer, approver = body_of(world), world.people["jens.habermann"], world.people["anna.vogt"]
    values = read("mitteilungen/01-winterdienst").values(body)
    values = replace(values, title=f"{values.title} ({number})")
    draft = notices.draft(body=body, values=values, by=writer, at=at - timedelta(hours=3))
    notices.submit(draft.pk, body=body, version=draft.version, by=writer, at=at - timedelta(hours=2))
    notices.approve(draft.pk, body=body, version=draft.version, by=approver, at=at - timedelta(hours=1))
    return UUID(str(draft.pk))


def body_of(world: Demo) -> Body:
    return world.bodies["quellstedt"]
