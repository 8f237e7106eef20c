"""A plan as GML and ZIP, a table as CSV: published bit for bit, saved and never shown by a browser, marked with who helps."""

import re
from typing import Any

import pytest
from django.test import Client

from allmende.core import outbox
from allmende.core.models import Body, Person
from allmende.lib.extraction.tests.test_data import GML, TABLE, archive
from allmende.notices.attachments import services
from allmende.notices.attachments.errors import FileRefused
from allmende.notices.attachments.tests.conftest import AddFile
from allmende.notices.models import NoticeFile
from allmende.notices.models.file import Role
from allmende.notices.tests.conftest import MakeDraft, Publish
from allmende.notices.tests.test_approve import approved, submitted
from conftest import NOW

KINDS = ("application/zip", "application/gml+xml", "text/csv; charset=utf-8")
FILES = {"Bebauungsplan.zip": archive(xplan__gml=GML), "Geltungsbereich.gml": GML, "Flurstücke.csv": TABLE}


def test_data_is_downloaded_bit_for_bit_and_runs_nowhere(
    publish: Publish, make_draft: MakeDraft, add_file: AddFile, editor: Person, approver: Person, at: Any, client: Client
) -> None:
    publish()  # sets the town up
    notice = make_draft()
    for name, data in FILES.items():
        add_file(notice, data, name, Role.ATTACHMENT)
    approved(submitted(notice, editor), approver, version=4)
    outbox.work(NOW)

    page = client.get("/bekanntmachungen/2026/2/").content.decode()
    addresses = re.findall(r'href="(?:http://localhost:8000)?(/bekanntmachungen/2026/2/anlagen/[^"]+)"', page)
    assert [address.rpartition("/")[2] for address in addresses] == ["Bebauungsplan.zip", "Geltungsbereich.gml", "Flurstuecke.csv"]
    for address, data, kind in zip(
        addresses, FILES.values(), ("application/zip", "application/gml+xml", "text/csv; charset=utf-8"), strict=True
    ):
        answer = client.get(address)
        assert b"".join(answer) == data
        assert answer["Content-Type"] == kind
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
    assert page.count("nicht barrierefrei") == 3
    assert "Nicht jede Anlage ist für alle lesbar." in page


@pytest.mark.parametrize("role", [Role.SOURCE, Role.ORIGINAL])
def test_data_is_neither_source_nor_original(role: Role, make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person) -> None:
    notice = make_draft()
    with pytest.raises(FileRefused, match="nur Anlagen"):
        add_file(notice, GML, "plan.gml", role)
    file = add_file(notice, GML, "plan.gml", Role.ATTACHMENT)
    with pytest.raises(FileRefused, match="nur Anlagen"):
        services.change(file.pk, body=town, title="Plan", role=role, by=editor, at=NOW)

    assert NoticeFile.objects.for_body(town).get().role == Role.ATTACHMENT
