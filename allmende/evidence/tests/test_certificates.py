"""A certificate states what is stored, carries the seal, and is made once however often the worker dies."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from allmende.core import outbox
from allmende.core.errors import NotAllowed
from allmende.core.models import OutboxRow, Person, Record
from allmende.evidence.certificates import kinds, making, selectors, services
from allmende.evidence.certificates.facts import gather
from allmende.evidence.certificates.page import DOTS, page, quoted
from allmende.evidence.errors import NotCertifiable
from allmende.evidence.models import Certificate, Heartbeat, Outage
from allmende.lib import official, proof, qr
from allmende.lib.official.reading import LINE_END, pdf_text
from allmende.lib.proof.recognition import Subject
from allmende.publication import store
from allmende.publication.models import Removal, SealKey, SealUse
from allmende.publication.services.taking_down import take_down
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.tests.cosigning import cosign
from conftest import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def text_of(record: Record, number: int = 1) -> str:
    """The words of the sealed document, without white space."""
    return pdf_text(selectors.document_of(record, number) or b"").replace(LINE_END, "")


def said(record: Record) -> str:
    """The words of the page, without making a document of it."""
    return official.page_html(page(gather(record, at=LATER), number=1)).decode().replace("\N{NO-BREAK SPACE}", " ").replace("&#160;", " ")


def made(record: Record, editor: Person) -> Certificate:
    services.ask(record, by=editor, at=LATER)
    outbox.work(LATER)
    return Certificate.objects.for_body(record.body).filter(publication=record.pk).latest("number")


def test_it_states_what_where_when_and_by_whom(public: Record, editor: Person) -> None:
    made(public, editor)
    text, facts = text_of(public), gather(public, at=LATER)
    words = {"Bekanntmachungsnachweis", "17/2026-1", "Straßensperrung 1", facts.page_sha256, facts.document_sha256, "noch nicht bezeugt"}
    words |= {"log.musterstedt.example/amtlich", "Bereitgestellt Montag, 2. März 2026, 9.00.0", "noch öffentlich", "Anna"}
    words |= {"am 3. März 2026", facts.attempt.stamp_authority, "fortgeschrittenes Siegel, Demo", facts.entry}
    words |= {"Der Zeitstempel ist ein Muster zur Vorführung", "certificate DIESER-NACHWEIS.pdf"}

    assert [word for word in words if "".join(word.split()) not in text] == []


def test_quotation_marks_inside_a_title_are_halved() -> None:
    assert quoted("Plan „Am Graben“") == "„Plan ‚Am Graben‘“"


def test_its_code_leads_to_the_check_page(public: Record) -> None:
    facts = gather(public, at=LATER)
    drawn = page(facts, number=1)

    assert [image.data for name, image in drawn.images.items()] == [qr.png(facts.check_address, scale=DOTS)]
    assert facts.check_address.endswith("/pruefung/")


def test_its_seal_names_the_entry_and_the_proof_agrees(public: Record, editor: Person) -> None:
    made(public, editor)
    bundle, certificate = store.file_of(public, "zip").read_bytes(), selectors.document_of(public, 1)
    report = proof.verify(bundle, certificate=certificate)

    assert [check.reason for check in report.checks if check.code == "certificate"] == ["demo"]


def test_its_seal_holds_for_anybody(public: Record, editor: Person) -> None:
    made(public, editor)
    report = proof.verify(selectors.document_of(public, 1) or b"")

    assert (report.subject, report.ok) == (Subject.DOCUMENT, True)


def test_the_use_of_the_seal_is_noted_with_it(public: Record, editor: Person) -> None:
    certificate = made(public, editor)

    assert certificate.seal_use is not None
    assert certificate.seal_use.purpose == SealUse.Purpose.CERTIFICATE
    assert SealUse.objects.for_body(public.body).count() == 2


def test_the_first_cosignature_is_the_upper_bound(public: Record) -> None:
    cosign(public.body, NOW + timedelta(minutes=5), name="anderswo.example/witness")
    cosign(public.body, NOW + timedelta(minutes=3))

    assert "9.03.00 Uhr: bezeugt von nachbar" in said(public)
    assert "Die Bestätigung des Zeugen kommt aus einem anderen Betrieb" in said(public)


def test_it_names_outages_of_the_period_and_what_was_not_watched(public: Record) -> None:
    Heartbeat.objects.create(since=NOW + timedelta(minutes=1), last_at=LATER)
    Outage.objects.create(cause="not_running", begins_at=NOW + timedelta(minutes=10), ends_at=NOW + timedelta(minutes=30))
    Outage.objects.create(cause="not_running", begins_at=NOW - timedelta(minutes=30), ends_at=NOW - timedelta(minutes=10))
    text = said(public)

    assert text.count("nicht gelaufen") == 1
    assert "9.10.00 Uhr bis Montag, 2. März 2026, 9.30.00 Uhr" in text
    assert "Vor Montag, 2. März 2026, 9.01.00 Uhr wurde nicht beobachtet" in text


def test_what_was_taken_down_says_until_when(public: Record, approver: Person) -> None:
    take_down(public, reason=Removal.Reason.MISTAKE, by=approver, at=NOW + timedelta(minutes=20))
    text = said(public)

    assert "9.20.00 Uhr" in text
    assert "versehentlich veröffentlicht" in text
    assert "noch öffentlich" not in text


def test_asked_twice_while_one_is_being_made_it_is_one(public: Record, editor: Person) -> None:
    first, second = (services.ask(public, by=editor, at=LATER) for _time in range(2))

    assert first == second
    outbox.work(LATER)
    assert services.ask(public, by=editor, at=LATER).number == 2


def test_what_is_not_public_is_not_certified(make_approved: MakeApproved, editor: Person) -> None:
    with pytest.raises(NotCertifiable):
        services.ask(make_approved().record, by=editor, at=NOW)


def test_a_kind_that_says_nothing_is_not_certified(public: Record, editor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_KINDS", {})

    with pytest.raises(NotCertifiable):
        services.ask(public, by=editor, at=LATER)


def test_who_only_reads_does_not_ask(public: Record, auditor: Person) -> None:
    with pytest.raises(NotAllowed):
        services.ask(public, by=auditor, at=LATER)


def test_killed_before_it_is_stored_it_is_made_once_more(public: Record, editor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = services.ask(public, by=editor, at=LATER)
    row = OutboxRow.objects.for_body(public.body).get(topic=services.TOPIC)

    class Killed(BaseException):
        pass

    def die(*_args: object, **_values: object) -> None:
        raise Killed

    with monkeypatch.context() as killing:
        killing.setattr("allmende.core.audit.note", die)
        with pytest.raises(Killed):
            making.make(row, LATER)
    assert SealUse.objects.for_body(public.body).count() == 1
    making.make(row, LATER)
    making.make(row, LATER)

    certificate.refresh_from_db()
    assert certificate.made_at is not None
    assert SealUse.objects.for_body(public.body).count() == 2


def test_a_locked_seal_holds_it_up_and_says_so(public: Record, editor: Person) -> None:
    SealKey.objects.for_body(public.body).update(state="locked", secret=None, unlocked_until=None)
    made(public, editor)

    (listed,) = selectors.of_record(public)
    assert listed.made_at is None
    assert "Siegel" in str(listed.waits)


def test_it_is_recognised_by_its_bytes(public: Record, editor: Person) -> None:
    certificate = made(public, editor)
    sha256 = bytes(certificate.seal_use.document_hash).hex() if certificate.seal_use else ""

    assert selectors.issued(sha256) == certificate
    assert selectors.issued("0" * 64) is None


def test_erased_it_says_nothing_and_is_not_recognised_any_more(public: Record, editor: Person) -> None:
    certificate = made(public, editor)
    services.erase(public, at=LATER)
    sha256 = bytes(certificate.seal_use.document_hash).hex() if certificate.seal_use else ""

    assert selectors.document_of(public, 1) is None
    assert selectors.issued(sha256) is None
    assert [one.number for one in selectors.of_record(public)] == [1]


@pytest.mark.parametrize("change", [{"document": b"%PDF"}, {"document": None}, {"number": 7}, {"made_at": LATER + timedelta(days=1)}])
def test_the_database_keeps_it_as_it_is(public: Record, editor: Person, change: dict[str, object]) -> None:
    mine = Certificate.objects.for_body(public.body).filter(pk=made(public, editor).pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        mine.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        mine.delete()
