"""The pages about files: without script, for the right people, streamed, and nothing of the original ever outside."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from allmende.core import outbox
from allmende.core.models import Body, Membership, Person
from allmende.lib.extraction.tests.office import by_law, docx, para
from allmende.lib.extraction.tests.papers import pdf, scan
from allmende.notices.attachments import confirmation, intake, store
from allmende.notices.attachments.tests.conftest import AddFile
from allmende.notices.attachments.tests.test_services import current, on_disk
from allmende.notices.attachments.tests.test_taking import plain
from allmende.notices.models import Notice, NoticeFile, TextConfirmation
from allmende.notices.models.file import Role
from allmende.notices.tests.conftest import LogIn, MakeDraft, Publish
from allmende.notices.tests.test_approve import approved, submitted
from conftest import NOW, person


def page(name: str, *args: Any) -> str:
    return reverse(f"notices_staff:{name}", args=args)


def upload(client: Client, address: str, data: bytes, name: str = "Satzung.docx", **more: str) -> Any:
    return client.post(address, {"file": SimpleUploadedFile(name, data)} | more)


def status_of(client: Client, address: str) -> int:
    answer = client.get(address)
    read(answer)
    return answer.status_code


def read(answer: Any) -> bytes:
    """All of an answer; one that is streamed is closed by it."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_clerk_brings_a_by_law_from_the_word_file_and_the_scan_to_submission(
    town: Body, editor: Person, office: Any, log_in: LogIn
) -> None:
    client = log_in(editor)

    answer = upload(client, page("begin_with_file"), by_law())
    notice = Notice.objects.for_body(town).select_related("record__body").get()
    source = NoticeFile.objects.for_body(town).get()
    assert answer["Location"] == page("take_text", notice.pk, source.pk)
    shown = text_of(client.get(answer["Location"]))
    assert "§ 1 Steuergegenstand" in shown
    assert "Im Entwurf steht schon Text" not in shown
    title = "Satzung der Stadt Musterstedt über die Erhebung einer Hundesteuer vom 26. Februar 2026"
    taken = client.post(answer["Location"], {"version": 2, "title": title, "role": "source"})
    assert taken["Location"] == page("edit", notice.pk)
    assert "(2) Steuerpflichtig ist, wer" in plain(notice)
    upload(client, page("files", notice.pk), scan(pages=2), "Original.pdf", role="original", title="Unterzeichnete Satzung")
    files = text_of(client.get(page("files", notice.pk)))
    assert "Unterzeichnete Satzung" in files
    assert "Vergleich mit dem Scan" not in files
    values = {"version": current(notice).version, "title": title, "kind": "general", "office": office.pk}
    client.post(page("edit", notice.pk), values | {"text": plain(notice)})
    version = current(notice).version
    client.post(page("submit", notice.pk, version))

    assert current(notice).state == "submitted"


def test_the_approver_sees_the_original_and_must_confirm(
    make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person, approver: Person, log_in: LogIn
) -> None:
    notice = make_draft()
    original = add_file(notice, pdf(), "Original.pdf", Role.ORIGINAL, title="Unterzeichnete Satzung")
    submitted(notice, editor)
    client, decide = log_in(approver), page("decide", notice.pk, 2)

    address = page("file", notice.pk, original.pk)
    assert address in client.get(decide).content.decode()
    assert client.post(decide, {"freigeben": "1", "reason": ""})["Location"] == page("approve", notice.pk, 2)
    second = client.get(page("approve", notice.pk, 2))
    assert address in second.content.decode()
    assert "Der Text stimmt mit dem unterzeichneten Original überein" in text_of(second)
    without = client.post(page("approve", notice.pk, 2), {"freigeben": "1"})
    assert (without.status_code, current(notice).state) == (422, "submitted")
    name = re.search(r'<input type="checkbox" name="([^"]+)"', second.content.decode())
    assert name
    client.post(page("approve", notice.pk, 2), {"freigeben": "1", name[1]: "on"})

    assert current(notice).state == "approved"
    assert TextConfirmation.objects.for_body(town).get().by == approver


def test_sending_back_needs_no_confirmation(
    make_draft: MakeDraft, add_file: AddFile, editor: Person, approver: Person, log_in: LogIn
) -> None:
    notice = make_draft()
    add_file(notice, pdf(), "Original.pdf", Role.ORIGINAL)
    submitted(notice, editor)

    log_in(approver).post(page("decide", notice.pk, 2), {"zurueckgeben": "1", "reason": "§ 3 fehlt."})

    assert current(notice).state == "draft"


def test_what_stays_inside_is_for_who_works_with_it(make_draft: MakeDraft, add_file: AddFile, town: Body, log_in: LogIn) -> None:
    notice = make_draft()
    inside = [add_file(notice, scan(), "Original.pdf", Role.ORIGINAL), add_file(notice)]
    attachment = add_file(notice, pdf(), "Plan.pdf", Role.ATTACHMENT)

    for role, source in (("administrator", 403), ("seal_holder", 403), ("auditor", 200), ("editor", 200), ("approver", 200)):
        client = log_in(person(role, (town, Membership.Role(role))))
        assert [status_of(client, page("file", notice.pk, file.pk)) for file in inside] == [source, source], role
        assert status_of(client, page("file", notice.pk, attachment.pk)) == 200, role
        shown = client.get(page("show", notice.pk)).content.decode()
        assert (page("file", notice.pk, inside[0].pk) in shown) == (source == 200), role


def test_a_file_is_given_out_as_what_it_is(make_draft: MakeDraft, add_file: AddFile, editor: Person, log_in: LogIn) -> None:
    notice = make_draft()
    paper = pdf()
    word, plan = add_file(notice, name='Satzung "neu".docx'), add_file(notice, paper, "Plan ü.pdf")
    client = log_in(editor)
    answers = [client.get(page("file", notice.pk, file.pk)) for file in (word, plan)]

    assert [answer["Content-Disposition"].split(";")[0] for answer in answers] == ["attachment", "inline"]
    assert [answer["X-Content-Type-Options"] for answer in answers] == ["nosniff", "nosniff"]
    assert "no-store" in answers[0]["Cache-Control"]
    assert "sandbox" in answers[0]["Content-Security-Policy"]
    assert [read(answer) for answer in answers] == [by_law(), paper]


@pytest.mark.parametrize(
    ("data", "form", "words"),
    [
        (b"MZ", {"role": "source"}, "Diese Datei ist keine, die wir annehmen."),
        (docx(para("x"), parts={"word/vbaProject.bin": b"\0"}), {"role": "source", "title": "Anlage"}, "enthält Makros"),
        (b"", {"role": "source"}, "Die Datei ist leer. Wählen Sie eine andere."),
        (pdf(), {"title": "Anlage"}, "Wozu dient die Datei?"),
    ],
)
def test_what_does_not_work_is_said_and_what_was_typed_stays(
    make_draft: MakeDraft, town: Body, editor: Person, log_in: LogIn, data: bytes, form: dict[str, str], words: str
) -> None:
    notice = make_draft()
    client = log_in(editor)

    answer = upload(client, page("files", notice.pk), data, "Plan.pdf", **form)
    told = client.post(
        page("files", notice.pk), {"file": SimpleUploadedFile("Plan.pdf", data)} | form, headers={"accept": "application/json"}
    )

    assert answer.status_code == told.status_code == 422
    assert words in text_of(answer)
    assert "title" not in form or f'value="{form["title"]}"' in answer.content.decode()
    assert told.json()["error"]
    assert on_disk(town) == set()
    assert current(notice).version == 1


def test_the_script_is_told_where_to_go_on(make_draft: MakeDraft, town: Body, editor: Person, log_in: LogIn) -> None:
    notice = make_draft()
    form = {"file": SimpleUploadedFile("Plan.pdf", pdf()), "role": "attachment"}

    answer = log_in(editor).post(page("files", notice.pk), form, headers={"accept": "application/json"})

    assert answer.json()["next"].startswith(page("files", notice.pk) + "#datei-")
    assert NoticeFile.objects.for_body(town).get().title == "Plan"


class Endless(io.RawIOBase):
    """A form whose file never ends, and how much of it was asked for."""

    def __init__(self, head: bytes) -> None:
        self.head, self.given = head, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self.given += 1
        if self.head:
            head, self.head = self.head[:size], self.head[size:]
            return head
        raise AssertionError("read")


def test_nothing_is_read_of_whom_has_no_right(
    make_draft: MakeDraft, client: Client, auditor: Person, foreigner: Person, log_in: LogIn
) -> None:
    notice = make_draft()
    for somebody, status in ((None, 302), (auditor, 403), (foreigner, 403)):
        if somebody is not None:
            log_in(somebody)
        source = Endless(b"")
        answer = client.generic(
            "POST",
            page("files", notice.pk),
            content_type="multipart/form-data; boundary=x",
            CONTENT_LENGTH=str(300_000_000),
            **{"wsgi.input": source},  # type: ignore[arg-type]
        )

        assert (answer.status_code, source.given) == (status, 0)


def test_a_form_of_another_site_leaves_nothing(make_draft: MakeDraft, town: Body, editor: Person, log_in: LogIn) -> None:
    notice = make_draft()
    client = Client(enforce_csrf_checks=True)
    client.cookies = log_in(editor).cookies

    answer = upload(client, page("files", notice.pk), pdf(), "Plan.pdf", role="attachment")

    assert answer.status_code == 403
    assert on_disk(town) == set()
    assert not NoticeFile.objects.for_body(town).exists()


def test_the_file_goes_to_the_disk_while_it_arrives(
    make_draft: MakeDraft, town: Body, editor: Person, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice, grown = make_draft(), []
    receive = intake.ToDisk.receive_data_chunk

    def watched(self: intake.ToDisk, raw_data: bytes, start: int) -> bytes | None:
        told = receive(self, raw_data, start)
        grown.append((len(raw_data), sum(file.stat().st_size for file in store.folder(town).iterdir())))
        return told

    monkeypatch.setattr(intake.ToDisk, "receive_data_chunk", watched)
    data = pdf()[:-6] + b"%" * 6_000_000 + b"\n%%EOF\n"
    upload(log_in(editor), page("files", notice.pk), data, "Plan.pdf", role="attachment")

    assert max(size for size, _there in grown) <= 1024 * 1024
    assert len(grown) >= 5
    assert [there for _size, there in grown] == sorted(there for _size, there in grown)
    assert NoticeFile.objects.for_body(town).get().size == len(data)


def test_what_is_too_large_or_finds_no_room_is_said(
    make_draft: MakeDraft, town: Body, editor: Person, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice, client = make_draft(), log_in(editor)
    with monkeypatch.context() as patched:
        patched.setattr(intake.ToDisk.__init__, "__defaults__", (1000,))
        large = upload(client, page("files", notice.pk), pdf(), "Plan.pdf", role="attachment")
    with monkeypatch.context() as patched:
        patched.setattr("shutil.disk_usage", lambda _place: type("Usage", (), {"free": 10})())
        full = upload(client, page("files", notice.pk), pdf(), "Plan.pdf", role="attachment")

    assert (large.status_code, "größer als 300 MB" in text_of(large)) == (422, True)
    assert (full.status_code, "nicht genug Platz" in text_of(full)) == (507, True)
    assert on_disk(town) == set()


def test_title_role_and_order_are_changed_on_pages(
    make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person, log_in: LogIn
) -> None:
    notice, client = make_draft(), log_in(editor)
    first, second = add_file(notice, pdf(), "A.pdf", Role.ATTACHMENT), add_file(notice, name="B.docx", role=Role.ATTACHMENT)

    client.post(page("move_file", notice.pk, second.pk), {"hoch": "1"})
    client.post(page("change_file", notice.pk, first.pk), {"title": "Anlage 2", "role": "attachment"})
    assert client.post(page("change_file", notice.pk, first.pk), {"title": "", "role": "attachment"}).status_code == 422
    assert [file.title for file in NoticeFile.objects.for_body(town)] == ["B", "Anlage 2"]
    client.post(page("remove_file", notice.pk, second.pk))

    assert [file.title for file in NoticeFile.objects.for_body(town)] == ["Anlage 2"]


def test_a_scan_is_confirmed_on_the_page(make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person, log_in: LogIn) -> None:
    notice, client = make_draft(), log_in(editor)
    file = add_file(notice, scan(), "Scan.pdf")
    assert "Kein Text" in text_of(client.get(page("take_text", notice.pk, file.pk)))
    assert "Vergleich mit dem Scan" in text_of(client.get(page("files", notice.pk)))

    client.post(page("confirm_text", notice.pk), {"version": 2})
    assert not TextConfirmation.objects.for_body(town).exists()
    client.post(page("confirm_text", notice.pk), {"version": 2, "same": "on"})

    assert "Verglichen von Erika" in text_of(client.get(page("files", notice.pk)))


def test_text_that_is_there_is_asked_about(make_draft: MakeDraft, add_file: AddFile, editor: Person, log_in: LogIn) -> None:
    notice, client = make_draft(plain="Von Hand."), log_in(editor)
    file = add_file(notice)
    address = page("take_text", notice.pk, file.pk)

    answer = client.post(address, {"version": 2, "title": "", "role": "source"})
    assert answer.status_code == 422
    assert plain(notice) == "Von Hand."
    client.post(address, {"version": 2, "title": "", "role": "attachment", "way": "append"})

    assert plain(notice).startswith("Von Hand.\n\nAufgrund")
    assert NoticeFile.objects.for_body(notice.record.body).get().role == "attachment"


def test_the_list_of_files_costs_the_same_for_one_and_nine(
    make_draft: MakeDraft, add_file: AddFile, editor: Person, log_in: LogIn, django_assert_num_queries: Any
) -> None:
    notice, client = make_draft(), log_in(editor)
    add_file(notice)
    with CaptureQueriesContext(connection) as one:
        client.get(page("files", notice.pk))
    for n in range(8):
        add_file(notice, docx(para(f"Anlage {n}")), f"Anlage {n}.docx", Role.ATTACHMENT)

    with django_assert_num_queries(len(one)):
        client.get(page("files", notice.pk))


def test_the_original_is_in_no_public_place(
    make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person, approver: Person, settings: Any
) -> None:
    notice = make_draft()
    add_file(notice, scan(), "Original.pdf", Role.ORIGINAL)
    confirmation.confirm_scan(notice.pk, body=town, version=2, by=editor, at=NOW)
    approved(submitted(notice, editor), approver, version=2)

    public = [path for path in Path(settings.PUBLIC_DIR).rglob("*") if path.is_file()]
    assert not [path for path in public if path.read_bytes() == scan()]


def test_the_public_page_says_what_not_everybody_can_read_and_who_helps(
    publish: Publish, add_file: AddFile, town: Body, editor: Person, approver: Person, at: Any, make_draft: MakeDraft, client: Client
) -> None:
    publish(title="Ohne Anlagen")
    notice = make_draft()
    add_file(notice, pdf(tagged=False), "Lageplan.pdf", Role.ATTACHMENT)
    add_file(notice, name="Antrag.docx", role=Role.ATTACHMENT)
    add_file(notice, scan(), "Unterschrieben.pdf", Role.ORIGINAL)
    confirmation.confirm_scan(notice.pk, body=town, version=4, by=editor, at=NOW)
    approved(submitted(notice, editor), approver, version=4)
    outbox.work(NOW)

    plain, shown = (text_of(client.get(f"/bekanntmachungen/2026/{number}/")) for number in (1, 2))

    assert "nicht barrierefrei" not in plain
    assert "Nicht jede Anlage ist für alle lesbar." not in plain
    assert re.search(r"Anlage 1: Lageplan PDF, \S+ kB, nicht barrierefrei", shown)
    assert re.search(r"Anlage 2: Antrag Word, \S+ kB, Barrierefreiheit nicht geprüft", shown)
    assert "Nicht jede Anlage ist für alle lesbar." in shown
    assert "03999 000-12" in shown
    assert "Unterschrieben" not in shown
    assert "Not every attachment" in text_of(client.get("/en/bekanntmachungen/2026/2/"))
