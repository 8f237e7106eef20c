"""Where no worker runs, an approved notice says what it waits for."""

from datetime import timedelta

from allmende.core import lease
from allmende.core.models import Body, Person
from allmende.notices import history, services
from allmende.notices.tests.conftest import MakeDraft
from conftest import NOW


def test_an_approved_notice_says_that_no_worker_runs(town: Body, editor: Person, approver: Person, make_draft: MakeDraft) -> None:
    notice = make_draft()
    services.submit(notice.pk, body=town, version=notice.version, by=editor, at=NOW)
    services.approve(notice.pk, body=town, version=notice.version, by=approver, at=NOW)
    notice.refresh_from_db()
    lease.take("worker", "here:1", at=NOW)

    def said(at: object) -> str:
        return next(str(step.text) for step in history.steps(notice, at=at) if step.state == "now")  # type: ignore[arg-type]

    assert said(NOW) == "Das dauert meist wenige Sekunden."
    assert said(NOW + timedelta(minutes=1)).startswith("Der Arbeitsprozess läuft nicht; die Betriebsstelle muss ihn starten.")
