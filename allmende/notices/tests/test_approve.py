"""Four eyes, one number, the version that was seen: what must hold when a notice is handed over and approved."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from allmende.core.errors import ChangedMeanwhile, DomainError, NotAllowed
from allmende.core.models import AuditEntry, AuditValues, Body, Membership, Office, OutboxRow, Person, Record
from allmende.core.tests.threads import meeting
from allmende.notices import services
from allmende.notices.calendar.duties import EQUALS_ORIGINAL
from allmende.notices.calendar.statement import Statement
from allmende.notices.models import Notice, NumberSeries, Revision
from allmende.notices.services import Draft, FourEyes, Incomplete, NoDocument, NotADraft, NothingToDecide, ReasonMissing
from allmende.notices.tests.conftest import MakeDraft, wording
from allmende.notices.tests.test_drafts import edited, values_of
from allmende.publication.models import Publication
from conftest import NOW, person

COMPARED = Statement(confirmed=frozenset({EQUALS_ORIGINAL}))


def submitted(notice: Notice, by: Person, *, at: datetime = NOW) -> Notice:
    body = notice.record.body
    version = Notice.objects.for_body(body).get(pk=notice.pk).version
    services.submit(notice.pk, body=body, version=version, by=by, at=at)
    return Notice.objects.for_body(body).select_related("record__body").get(pk=notice.pk)


def approved(notice: Notice, by: Person, *, version: int = 1, at: datetime = NOW) -> Notice:
    body = notice.record.body
    services.approve(notice.pk, body=body, version=version, by=by, at=at, statement=COMPARED)
    return Notice.objects.for_body(body).select_related("record__body").get(pk=notice.pk)


def test_an_approved_notice_has_number_address_and_a_frozen_payload(make_draft: MakeDraft, editor: Person, approver: Person) -> None:
    notice = approved(submitted(make_draft(), editor), approver)

    assert (notice.state, notice.label, notice.record.path) == ("approved", "1/2026", "bekanntmachungen/2026/1/")
    publication = Publication.objects.for_body(notice.record.body).get()
    payload = bytes(publication.payload or b"").decode()
    assert "Winterdienst auf Gehwegen" in payload
    assert "bekanntmachungen/2026/1/" in payload
    assert OutboxRow.objects.for_body(notice.record.body).filter(topic="publish").count() == 1
    with pytest.raises(NotADraft):
        edited(notice, 1, editor, title="Nachträglich")


def test_who_wrote_this_version_does_not_approve_it(make_draft: MakeDraft, editor: Person, approver: Person) -> None:
    notice = make_draft()
    edited(notice, 1, approver, title="Von Anna")
    submitted(notice, editor)

    with pytest.raises(FourEyes):
        approved(notice, approver, version=2)


def test_who_wrote_an_earlier_part_does_not_approve_it_either(make_draft: MakeDraft, editor: Person, approver: Person) -> None:
    notice = make_draft()
    edited(notice, 1, approver, automatic=True, title="Anna war auch dabei")
    edited(notice, 2, editor, title="Erika schreibt weiter")
    submitted(notice, editor)

    with pytest.raises(FourEyes):
        approved(notice, approver, version=3)


def test_the_database_itself_refuses_an_author(make_draft: MakeDraft, town: Body, approver: Person, editor: Person) -> None:
    notice = make_draft()
    edited(notice, 1, approver, title="Von Anna")
    submitted(notice, editor)
    columns = {"state": "approved", "approved_at": NOW, "approved_by": approver, "year": 2026, "number": 1}

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.for_body(town).filter(pk=notice.pk).update(**columns)


def test_the_version_that_was_read_is_the_one_that_is_approved(make_draft: MakeDraft, town: Body, editor: Person, approver: Person) -> None:
    notice = submitted(make_draft(), editor)
    services.withdraw(notice.pk, body=town, by=editor, at=NOW)
    edited(notice, 1, editor, title="Doch anders")
    submitted(notice, editor)

    with pytest.raises(ChangedMeanwhile):
        approved(notice, approver, version=1)
    assert not NumberSeries.objects.for_body(town).exists()


def test_sent_back_with_a_reason_changed_and_approved(make_draft: MakeDraft, town: Body, editor: Person, approver: Person) -> None:
    notice = submitted(make_draft(), editor)
    with pytest.raises(ReasonMissing):
        services.send_back(notice.pk, body=town, version=1, reason="  ", by=approver, at=NOW)

    services.send_back(notice.pk, body=town, version=1, reason="Die Uhrzeit fehlt.", by=approver, at=NOW)
    edited(notice, 1, editor, automatic=True, title="Mit Uhrzeit")
    submitted(notice, editor)

    assert approved(notice, approver, version=2).state == "approved"
    assert Revision.objects.for_body(town).filter(notice=notice, version=1).exists(), "what was sent back stays to compare with"


def test_an_incomplete_draft_is_not_handed_over(make_draft: MakeDraft, editor: Person) -> None:
    for missing in ({"title": ""}, {"office": None}, {"content": wording("")}, {"content": wording("| a | b |\n| c |")}):
        with pytest.raises(Incomplete):
            submitted(make_draft(**missing), editor)


def test_what_no_font_can_write_is_found_before_the_approval(make_draft: MakeDraft, town: Body, editor: Person) -> None:
    with pytest.raises(Incomplete):
        submitted(make_draft(plain="Ein Zeichen aus einer anderen Welt: 𒀀."), editor)

    Office.objects.for_body(town).update(phone="𒀀 03999 1")  # entered before the forms refused it
    with pytest.raises(NoDocument, match=r"Kontakt der Kommune, des Amtes .* Ersetzen Sie es dort: 𒀀$"):
        submitted(make_draft(), editor)


def test_only_who_may_approve_decides(make_draft: MakeDraft, town: Body, editor: Person, administrator: Person, foreigner: Person) -> None:
    notice = submitted(make_draft(), editor)

    for nobody in (editor, administrator, foreigner):
        with pytest.raises(NotAllowed):
            approved(notice, nobody)
        with pytest.raises(NotAllowed):
            services.send_back(notice.pk, body=town, version=1, reason="Nein.", by=nobody, at=NOW)


def test_a_deputy_and_the_acting_body_are_on_record(
    make_draft: MakeDraft, town: Body, association: Body, editor: Person, approver: Person
) -> None:
    deputy = person("Vera")
    Membership.objects.create(
        person=deputy,
        body=association,
        role=Membership.Role.APPROVER,
        deputy_for=approver,
        valid_from=date(2026, 3, 1),
        valid_until=date(2026, 3, 31),
        reason="Urlaub",
    )
    notice = approved(submitted(make_draft(), editor), deputy)

    assert notice.acting_body == association
    assert notice.record.publication.deputy_for == approver
    values = AuditValues.objects.for_body(town).get(entry__act="notice.approved").values
    assert (values["deputy_for"], values["acting_body"], values["authors"]) == ("Anna", association.name, ["Erika"])
    assert association.name in bytes(notice.record.publication.payload or b"").decode()


def test_numbers_have_no_gap_and_begin_anew_each_year(make_draft: MakeDraft, editor: Person, approver: Person) -> None:
    late = datetime.fromisoformat("2026-12-31T23:30:00+00:00")  # 0.30 on New Year's Day in Germany
    first = approved(submitted(make_draft(), editor), approver)
    second = submitted(make_draft(), editor)
    with pytest.raises(ChangedMeanwhile):
        approved(second, approver, version=7)

    assert first.label == "1/2026"
    assert approved(second, approver).label == "2/2026"
    assert approved(submitted(make_draft(), editor), approver, at=late).label == "1/2027"


def test_a_copy_of_approved_wording_is_a_draft_of_who_copies(make_draft: MakeDraft, town: Body, editor: Person, approver: Person) -> None:
    source = approved(submitted(make_draft(), editor), approver)

    copy = services.copy(source.pk, body=town, by=approver, at=NOW)

    assert values_of(copy).title == "Winterdienst auf Gehwegen"
    with pytest.raises(FourEyes):
        approved(submitted(copy, approver), approver)


def test_nothing_is_decided_twice(make_draft: MakeDraft, town: Body, editor: Person, approver: Person) -> None:
    notice = approved(submitted(make_draft(), editor), approver)

    for act in (
        lambda: approved(notice, approver),
        lambda: services.send_back(notice.pk, body=town, version=1, reason="Zu spät", by=approver, at=NOW),
        lambda: services.withdraw(notice.pk, body=town, by=editor, at=NOW),
        lambda: services.discard(notice.pk, body=town, version=1, by=editor, at=NOW),
    ):
        with pytest.raises((services.AlreadyDecided, NothingToDecide, NotADraft)):
            act()
    acts = list(AuditEntry.objects.for_body(town).filter(record=notice.pk).order_by("pk").values_list("act", flat=True))
    assert acts == ["notice.drafted", "notice.submitted", "notice.approved", "publication.approved"]


def at_once(*acts: Any) -> list[str]:
    """Do all acts at the same moment, each on a connection of its own; the codes of what was refused, "" for what was not."""
    ready = meeting(len(acts))

    def do(act: Any) -> str:
        ready.wait()
        try:
            act()
        except DomainError as error:
            return error.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


@pytest.fixture
def race(committed: None, town: Body, editor: Person, approver: Person) -> Office:
    return Office.objects.create(body=town, name="Hauptamt")


def complete(office: Office) -> Draft:
    return Draft(title="Gleichzeitig", office=office.pk, content=wording())


def test_of_eight_approvals_at_once_one_counts(race: Office, town: Body, editor: Person, approver: Person) -> None:
    notice = submitted(services.draft(body=town, values=complete(race), by=editor, at=NOW), editor)

    results = at_once(*[lambda: services.approve(notice.pk, body=town, version=1, by=approver, at=NOW)] * 8)

    assert sorted(results) == ["", *["notice_already_decided"] * 7]
    assert NumberSeries.objects.for_body(town).get().last == 1


def test_eight_notices_approved_at_once_get_eight_numbers(race: Office, town: Body, editor: Person, approver: Person) -> None:
    notices = [submitted(services.draft(body=town, values=complete(race), by=editor, at=NOW), editor) for _ in range(8)]

    results = at_once(*[lambda n=n: services.approve(n.pk, body=town, version=1, by=approver, at=NOW) for n in notices])

    assert results == [""] * 8
    assert set(Notice.objects.for_body(town).values_list("number", flat=True)) == set(range(1, 9))


def test_of_approving_withdrawing_and_sending_back_at_once_one_counts(race: Office, town: Body, editor: Person, approver: Person) -> None:
    notice = submitted(services.draft(body=town, values=complete(race), by=editor, at=NOW), editor)

    results = at_once(
        lambda: services.approve(notice.pk, body=town, version=1, by=approver, at=NOW),
        lambda: services.withdraw(notice.pk, body=town, by=editor, at=NOW),
        lambda: services.send_back(notice.pk, body=town, version=1, reason="Bitte ändern.", by=approver, at=NOW),
    )

    assert results.count("") == 1


def test_of_eight_editors_at_once_one_saves(race: Office, town: Body, editor: Person) -> None:
    values = complete(race)
    notice = services.draft(body=town, values=values, by=editor, at=NOW)

    def save(n: int) -> None:
        services.edit(notice.pk, body=town, version=1, values=replace(values, title=f"Titel {n}"), by=editor, at=NOW)

    results = at_once(*[lambda n=n: save(n) for n in range(8)])

    assert sorted(results) == ["", *["changed_meanwhile"] * 7]
    assert Revision.objects.for_body(town).filter(notice=notice).count() == 2
    assert Record.objects.for_body(town).get(pk=notice.pk).title.startswith("Titel ")
    assert OutboxRow.objects.for_body(town).count() == 0
