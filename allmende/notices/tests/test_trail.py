"""The audit trail calls a version of a notice as every other page does: by who saved it and when."""

import re
from html import unescape

from django.test import Client

from allmende.core.models import AuditValues, Body, Person
from allmende.notices import services
from allmende.notices.tests.conftest import MakeDraft
from allmende.notices.tests.test_approve import approved, submitted
from allmende.notices.tests.test_drafts import edited
from conftest import NOW


def test_no_page_of_the_trail_shows_the_number_that_serves_the_machine(
    make_draft: MakeDraft, town: Body, editor: Person, approver: Person, auditor: Person, client: Client
) -> None:
    notice = submitted(make_draft(), editor)
    services.send_back(notice.pk, body=town, version=1, reason="Ab wann?", by=approver, at=NOW)
    edited(notice, 1, editor, title="Winterdienst ab November")
    services.submit(notice.pk, body=town, version=2, by=editor, at=NOW)
    approved(notice, approver, version=2)
    client.force_login(auditor)

    page = client.get("/verwaltung/protokollierung/").content.decode()
    called = [
        " ".join(unescape(re.sub(r"<[^>]+>", "", found)).split()) for found in re.findall(r"<dt>Fassung</dt><dd[^>]*>(.*?)</dd>", page)
    ]
    assert called == ["von Erika, Mo, 2.3.2026, 9.00 Uhr"] * 4
    stored = AuditValues.objects.for_body(town).get(entry__act="notice.approved").values
    assert stored["version"] == 2, "for machines, in the export"
