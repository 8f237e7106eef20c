"""From the duties of the Land to tasks that somebody does."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from allmende.administration.publishing import services as publishing
from allmende.administration.publishing.values import Publishing
from allmende.administration.rules import services as rules
from allmende.core import outbox
from allmende.core.models import Body, OutboxRow, Person
from allmende.lib.legalcalendar.duties.catalogue import DUTIES, When
from allmende.lib.legalcalendar.kinds import Form
from allmende.notices.calendar import keeping
from allmende.notices.calendar.basis import current
from allmende.notices.calendar.statement import NOTHING_STATED
from allmende.notices.models import Notice
from allmende.notices.paper import duties, hint
from allmende.notices.tests.conftest import LATER, LogIn, Publish
from allmende.notices.tests.samples import DETAILS
from allmende.tasks import services
from allmende.tasks.kinds import Evidence
from allmende.tasks.models import Task
from conftest import NOW

NEWSPAPER = Evidence(day=NOW.date(), medium="newspaper", text="Ausgabe 51, Seite 3")


def in_land(town: Body, number: str, administrator: Person) -> None:
    town.ars = f"{number}0990010001"
    town.save()
    rules.begin(body=town, by=administrator, at=NOW)
    ways = Publishing(form=Form.INTERNET, law="Hauptsatzung", section="§ 22", valid_from=date(2026, 1, 1))
    publishing.enter(ways, reason="Beschluss", body=town, by=administrator, at=NOW)


def made_public(notice: Notice) -> dict[str, Task]:
    """As after its approval, with the rules that held then."""
    body = notice.record.body
    if (basis := current(body)) and not keeping.kept(body, notice.pk):
        keeping.keep(notice, basis, NOTHING_STATED, body=body, at=NOW)
    with transaction.atomic():
        duties.on_public(notice.record, NOW)
    outbox.work(NOW)
    return {task.kind: task for task in Task.objects.for_body(notice.record.body).filter(record=notice.pk)}


def details(kind: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "details": {name: value for name, value in (DETAILS[kind] | more).items() if value is not None}}


def test_every_duty_after_publication_is_a_task_or_done_by_the_platform() -> None:
    after = {entry.key for entry in DUTIES if entry.when is When.AFTER}

    assert set(duties.TASKS) | duties.BY_ITSELF == after
    assert not set(duties.TASKS) & duties.BY_ITSELF


def test_a_by_law_in_saxony_anhalt_needs_a_hint_before_the_third_working_day(
    make_public: Publish, town: Body, administrator: Person
) -> None:
    in_land(town, "15", administrator)
    notice = make_public(**details("bylaw"))

    found = made_public(notice)

    assert set(found) == {"notices.hint"}
    task = found["notices.hint"]
    # Provided on Monday; Tuesday is the first working day, from Thursday on it counts as late.
    assert (task.due_at, task.by_day) == (datetime(2026, 3, 4, 23, 0, tzinfo=UTC), True)
    assert task.details == {"source": "§ 9 Abs. 2 S. 3 KVG LSA", "duty": "hint.required", "media": ["gazette", "newspaper", "notice_board"]}
    assert made_public(notice) == found


def test_the_hint_waits_for_working_days_over_easter(make_public: Publish, town: Body, administrator: Person) -> None:
    in_land(town, "15", administrator)
    # Maundy Thursday, 2 April 2026: the days from Good Friday to Easter Monday are none.
    notice = make_public(minutes=int(timedelta(days=31).total_seconds() // 60), **details("bylaw"))

    assert made_public(notice)["notices.hint"].due_at == datetime(2026, 4, 8, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("land", "kind", "wanted"),
    [
        ("05", "bylaw", {"notices.hint", "notices.specimens"}),
        ("14", "bylaw", {"notices.to_file", "notices.supervision"}),
        ("09", "bylaw", {"notices.note_on_original", "notices.supervision", "notices.court", "notices.police"}),
        ("15", "service", {"notices.hint", "notices.service_record"}),
        ("14", "plan", {"notices.plan_portal"}),
        ("15", "general", set()),
        ("15", "job", set()),
        ("16", "bylaw", set()),
    ],
)
def test_each_land_has_its_duties(land: str, kind: str, wanted: set[str], make_public: Publish, town: Body, administrator: Person) -> None:
    in_land(town, land, administrator)

    assert set(made_public(make_public(**details(kind)))) == wanted


def test_only_by_laws_with_fines_go_to_court_and_police(make_public: Publish, town: Body, administrator: Person) -> None:
    in_land(town, "09", administrator)

    found = made_public(make_public(**details("bylaw", fines=None)))

    assert {"notices.court", "notices.police"} & set(found) == set()
    assert found["notices.supervision"].due_at == datetime(2026, 3, 16, 23, 0, tzinfo=UTC)  # reminded after two weeks: our choice


def test_without_adopted_rules_nobody_is_told_anything(make_public: Publish, town: Body) -> None:
    assert made_public(make_public(**details("bylaw"))) == {}


def test_the_engine_asks_for_the_tasks_once_the_notice_is_public(publish: Publish, town: Body, administrator: Person) -> None:
    in_land(town, "15", administrator)

    notice = publish()
    outbox.work(LATER)

    row = OutboxRow.objects.for_body(town).get(topic=duties.TOPIC)
    assert (row.record_id, row.state) == (notice.pk, "done")


def test_the_hint_names_day_and_address(make_public: Publish, town: Body) -> None:
    town.name = "Stadt Musterstedt"
    notice = make_public(17, title="Hundesteuersatzung", **details("bylaw"))

    text = hint.text_of(notice, day=date(2026, 3, 2)).replace("\xa0", " ")

    assert text == (
        "Die Stadt Musterstedt hat am 2. März 2026 im Internet bekannt gemacht: Satzung Nr. 17/2026: „Hundesteuersatzung“. "
        "Die Bekanntmachung steht unter http://localhost:8000/bekanntmachungen/2026/17/."
    )


def test_the_hint_of_a_service_names_nobody(make_public: Publish) -> None:
    notice = make_public(3, title="Zustellung an Kim Muster", **details("service"))

    assert "Muster," not in hint.text_of(notice, day=date(2026, 3, 2))
    assert "Kim" not in hint.text_of(notice, day=date(2026, 3, 2))


@pytest.mark.usefixtures("at")
def test_the_page_of_the_task_has_all_it_takes(
    make_public: Publish, town: Body, administrator: Person, editor: Person, log_in: LogIn
) -> None:
    in_land(town, "15", administrator)
    notice = make_public(17, title="Hundesteuersatzung", **details("bylaw"))
    task = made_public(notice)["notices.hint"]
    client, address = log_in(editor), reverse("tasks:show", args=[task.pk])

    page = client.get(address).content.decode()
    for words in ("Grundlage: § 9 Abs. 2 S. 3 KVG LSA", "Satzung Nr.", "Mi, 4.3.2026 einschließlich", "Zeitung", "Aushang"):
        assert words in " ".join(page.replace("\xa0", " ").split()), words
    assert 'value="electronic_gazette"' not in page
    for name, kind in (("qr_svg", "image/svg+xml"), ("qr_png", "image/png")):
        code = client.get(reverse(f"notices_staff:{name}", args=[notice.pk]))
        assert (code.status_code, code["Content-Type"]) == (200, kind)
    services.finish(task.pk, NEWSPAPER, body=town, by=editor, at=NOW)
    page = client.get(address).content.decode()
    assert "Ausgabe 51, Seite 3" in page
    assert "Wo: Zeitung" in page
    assert "Zum Weitergeben" not in page


def test_a_draft_has_no_code(make_draft: Any, editor: Person, log_in: LogIn) -> None:
    assert log_in(editor).get(reverse("notices_staff:qr_svg", args=[make_draft().pk])).status_code == 404
