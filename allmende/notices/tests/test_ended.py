"""A notice that is taken down or erased, through the whole house."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.test import Client

from allmende.core import outbox
from allmende.core.models import Body, Person, Record
from allmende.lib.extraction.tests.office import by_law
from allmende.lib.extraction.tests.papers import pdf
from allmende.notices import selectors, services
from allmende.notices.attachments import services as attachments
from allmende.notices.attachments.intake import from_bytes
from allmende.notices.models import Comment, Notice, Revision
from allmende.notices.models.file import Role
from allmende.notices.tests.conftest import LogIn, MakeDraft, Publish
from allmende.publication.check import problems
from allmende.publication.models import Removal
from allmende.publication.services import erase, take_down
from conftest import NOW

NAME = "Unverwechselbar"
SOON = NOW + timedelta(hours=1)


def rows_with(word: str) -> list[str]:
    """Tables in which the word stands, in any column."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = cursor.fetchall()
            if any(word.encode() in (bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode()) for row in rows for v in row):
                found.append(table)
    return found


def test_what_is_taken_down_is_in_no_list_and_its_page_says_so(publish: Publish, client: Client, editor: Person, town: Body) -> None:
    notice = publish(title=f"Zustellung an {NAME}", plain=f"An Kunigunde {NAME}.")
    assert NAME in client.get("/bekanntmachungen/").content.decode()
    take_down(notice.record, reason=Removal.Reason.PERSONAL_DATA, by=editor, at=SOON)
    outbox.work(SOON)

    page = client.get("/bekanntmachungen/2026/1/")
    assert (page.status_code, NAME in page.content.decode()) == (410, False)
    for address in ("/", "/bekanntmachungen/", "/bekanntmachungen/?q=kunigunde", "/sitemap.xml", "/protokoll/"):
        assert NAME not in client.get(address).content.decode().replace(f"?q={NAME}", "")
    assert client.get("/bekanntmachungen/2026/1.pdf").status_code == 410
    assert not selectors.public(town, at=SOON).exists()
    assert Revision.objects.for_body(town).exists()
    assert list(problems(town, thorough=False)) == []


def test_an_attachment_that_was_taken_down_is_named_without_its_title(
    publish: Publish, make_draft: MakeDraft, client: Client, editor: Person, approver: Person, town: Body
) -> None:
    publish()  # sets log and seal up
    notice = make_draft(title="Auslegung")
    for name in ("Plan.pdf", f"{NAME}.docx"):
        data = pdf() if name.endswith("pdf") else by_law()
        attachments.add(notice.pk, body=town, file=from_bytes(town, data, name), role=Role.ATTACHMENT, by=editor, at=NOW)
    services.submit(notice.pk, body=town, version=3, by=editor, at=NOW)
    services.approve(notice.pk, body=town, version=3, by=approver, at=NOW)
    outbox.work(NOW)
    notice = Notice.objects.for_body(town).select_related("record__body").get(pk=notice.pk)
    address = f"/bekanntmachungen/2026/2/anlagen/2/{NAME}.docx"
    assert client.get(address).status_code == 200
    take_down(notice.record, artefacts=["attachment-2"], reason=Removal.Reason.PERSONAL_DATA, by=editor, at=SOON)
    outbox.work(SOON)

    page = client.get("/bekanntmachungen/2026/2/").content.decode()
    assert (NAME in page, "nicht mehr veröffentlicht" in page, "anlagen/1/Plan.pdf" in page) == (False, True, True)
    gone = client.get(address)
    assert (gone.status_code, NAME in gone.content.decode().replace(address, "")) == (410, False)
    assert list(problems(town)) == []


def test_of_what_is_erased_no_row_and_no_file_holds_the_name(publish: Publish, log_in: LogIn, approver: Person, town: Body) -> None:
    notice = publish(title=f"Zustellung an {NAME}", plain=f"An Kunigunde {NAME}.", summary=f"Für {NAME}")
    Comment.objects.create(notice=notice, version=1, author=approver, at=NOW, text=f"{NAME} anrufen")
    assert {"notices_notice", "notices_revision", "notices_comment", "core_record", "core_auditvalues"} <= set(rows_with(NAME))
    erase(notice.record, by=None, at=SOON)
    outbox.work(SOON)

    assert rows_with(NAME) == []
    assert [path for path in settings.DATA_DIR.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()] == []
    assert list(problems(town)) == []
    left = Notice.objects.for_body(town).select_related("record").get()
    assert (left.kind, left.label, left.record.title) == ("general", "1/2026", "Gelöscht")
    staff = log_in(approver)
    for address in ("/schreibtisch/bekanntmachungen/", f"/schreibtisch/bekanntmachungen/{notice.pk}/", "/schreibtisch/"):
        assert staff.get(address).status_code == 200


def test_a_draft_copied_from_it_stays_what_its_author_made_of_it(publish: Publish, make_draft: MakeDraft, town: Body) -> None:
    notice = publish(title="Zustellung")
    other = make_draft(title="Etwas anderes")
    erase(notice.record, by=None, at=SOON)

    assert Record.objects.for_body(town).get(pk=other.pk).title == "Etwas anderes"
    assert Revision.objects.for_body(town).filter(notice=other).count() == 1
