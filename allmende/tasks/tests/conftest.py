"""A kind of task of the tests, a record it is about, and people who have logged in."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from allmende.core.models import Body, Person, Record
from allmende.tasks import kinds, services
from allmende.tasks.kinds import Asked, Evidence, Part, TaskKind
from allmende.tasks.models import Task
from conftest import NOW

LATER = NOW + timedelta(minutes=5)
PDF = b"%PDF-1.7\n1 0 obj\n"
LogIn = Callable[[Person], Client]
MakeTask = Callable[..., Task]
followed: list[tuple[int, Evidence]] = []
HINT = kinds.register(
    TaskKind(
        code="test.hint",
        name="Hinweis geben",
        hint="Geben Sie den Hinweis an die Zeitung.",
        asks=(
            Asked(Part.DAY, "Erschienen am", required=True),
            Asked(Part.MEDIUM, "Medium", required=True),
            Asked(Part.TEXT, "Anmerkung"),
            Asked(Part.SCAN, "Seite der Zeitung"),
        ),
        media=lambda task: [("newspaper", "Zeitung"), ("board", "Aushang")],
        on_done=lambda task, evidence, by, at: followed.append((task.pk, evidence)),
    )
)
SEEN = Evidence(day=date(2026, 3, 2), medium="newspaper", text="Seite 3")


@pytest.fixture(autouse=True)
def _nothing_followed() -> None:
    followed.clear()


@pytest.fixture
def record(town: Body) -> Record:
    return Record.objects.create(body=town, kind="idea", titles={"de": "Winterdienst auf Gehwegen"}, path="ideen/1/")


@pytest.fixture
def make_task(record: Record) -> MakeTask:
    def make(once: str = "", *, due: date | datetime | None = date(2026, 3, 4), kind: str = "test.hint", **more: Any) -> Task:
        return services.open(kind=kind, record=record, due=due, once=once, at=NOW, **more)

    return make


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The pages are asked for some minutes after NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    return LATER


@pytest.fixture
def log_in(client: Client) -> LogIn:
    """Log in with password and second factor, as the log-in would leave the session."""

    def enter(person: Person) -> Client:
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": NOW.timestamp()}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        return client

    return enter
