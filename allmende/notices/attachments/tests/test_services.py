"""Files come in bit for bit, every change is a version with its author, and what is submitted stays as it is."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from allmende.core.errors import ChangedMeanwhile, NotAllowed
from allmende.core.models import AuditEntry, Body, Office, Person
from allmende.core.tests.threads import at_once
from allmende.lib.extraction.tests.office import by_law, docx, para
from allmende.lib.extraction.tests.papers import pdf, scan
from allmende.notices import services as notices
from allmende.notices.attachments import services, store
from allmende.notices.attachments.errors import FileRefused, FileThere, TooManyFiles
from allmende.notices.attachments.intake import from_bytes
from allmende.notices.attachments.tests.conftest import AddFile
from allmende.notices.difference import difference
from allmende.notices.models import Notice, NoticeFile, Revision
from allmende.notices.models.file import Accessible, Role
from allmende.notices.services import Draft, FourEyes, NotADraft
from allmende.notices.tests.conftest import MakeDraft
from allmende.notices.tests.test_approve import approved, submitted
from conftest import NOW


def current(notice: Notice) -> Notice:
    return Notice.objects.for_body(notice.record.body).get(pk=notice.pk)


def values_of(notice: Notice) -> Draft:
    revision = Revision.objects.for_body(notice.record.body).get(notice=notice, version=current(notice).version)
    return Draft.of_json(revision.values)


def on_disk(body: Body) -> set[str]:
    return {file.name for file in store.folder(body).iterdir()}


def titles(notice: Notice) -> list[str]:
    return [one["title"] for one in values_of(notice).files]


def test_a_file_lies_there_bit_for_bit_under_its_id(make_draft: MakeDraft, add_file: AddFile, town: Body) -> None:
    file = add_file(make_draft(), name="C:\\Ablage\\Satzung_Hunde-2026.docx")

    data = store.path_of(file, town).read_bytes()
    assert (data, hashlib.sha256(data).hexdigest(), len(data)) == (by_law(), file.sha256, file.size)
    assert on_disk(town) == {str(file.pk)}
    assert (file.name, file.title, file.media) == ("Satzung_Hunde-2026.docx", "Satzung Hunde-2026", "docx")
    assert file.codes == {"people"}


def test_every_change_is_a_version_that_names_its_files(make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person) -> None:
    notice = make_draft()
    first = add_file(notice, pdf(), "Plan.pdf", Role.ATTACHMENT)
    second = add_file(notice, name="Satzung.docx", role=Role.ATTACHMENT)
    assert (current(notice).version, titles(notice)) == (3, ["Plan", "Satzung"])

    services.change(first.pk, body=town, title="Anlage 1: Lageplan", role=Role.ATTACHMENT, by=editor, at=NOW)
    services.move(second.pk, body=town, up=True, by=editor, at=NOW)
    assert (current(notice).version, titles(notice)) == (5, ["Satzung", "Anlage 1: Lageplan"])
    services.move(second.pk, body=town, up=True, by=editor, at=NOW)  # is the first already
    services.remove(first.pk, body=town, by=editor, at=NOW)

    assert (current(notice).version, titles(notice)) == (6, ["Satzung"])
    assert on_disk(town) == {str(second.pk)}
    acts = AuditEntry.objects.for_body(town).filter(act__startswith="notice.file_").order_by("pk").values_list("act", flat=True)
    assert [act.rpartition("_")[2] for act in acts] == ["added", "added", "changed", "removed"]


def test_an_open_editor_is_not_in_the_way_of_files(make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person) -> None:
    notice = make_draft()
    add_file(notice)
    typed = replace(values_of(notice), title="Neuer Titel", files=())

    version = notices.edit(notice.pk, body=town, version=1, values=typed, by=editor, at=NOW, automatic=True)

    assert (version, titles(notice), values_of(notice).title) == (3, ["Satzung"], "Neuer Titel")
    with pytest.raises(ChangedMeanwhile):  # but another text is
        notices.edit(notice.pk, body=town, version=1, values=replace(typed, title="Noch einer"), by=editor, at=NOW)


def test_the_same_file_twice_is_told(make_draft: MakeDraft, add_file: AddFile, town: Body) -> None:
    notice = make_draft()
    add_file(notice)

    with pytest.raises(FileThere):
        add_file(notice, name="Andere.docx")
    assert len(on_disk(town)) == 1


@pytest.mark.parametrize("data", [b"MZ ein Programm", docx(para("x"), parts={"word/vbaProject.bin": b"\0"})])
def test_what_is_refused_leaves_nothing(make_draft: MakeDraft, add_file: AddFile, town: Body, data: bytes) -> None:
    notice = make_draft()

    with pytest.raises(FileRefused):
        add_file(notice, data)

    assert on_disk(town) == set()
    assert current(notice).version == 1


def test_no_more_than_the_engine_takes(make_draft: MakeDraft, add_file: AddFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST", 1)
    notice = make_draft()
    add_file(notice, role=Role.ATTACHMENT)

    with pytest.raises(TooManyFiles):
        add_file(notice, pdf(), "Plan.pdf", Role.ATTACHMENT)
    add_file(notice, pdf(), "Plan.pdf", Role.SOURCE)


def test_who_brought_a_file_does_not_approve(
    make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person, approver: Person
) -> None:
    notice = make_draft()
    add_file(notice, pdf(), "Plan.pdf", Role.ATTACHMENT, by=approver)
    submitted(notice, editor)

    with pytest.raises(FourEyes):
        approved(notice, approver, version=2)


def test_files_of_what_is_submitted_stay(make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person) -> None:
    notice = make_draft()
    file = add_file(notice, pdf(), "Plan.pdf", Role.ATTACHMENT)
    submitted(notice, editor)

    for act in (
        lambda: add_file(notice, scan(), "Scan.pdf"),
        lambda: services.remove(file.pk, body=town, by=editor, at=NOW),
        lambda: services.change(file.pk, body=town, title="Anders", role=Role.ATTACHMENT, by=editor, at=NOW),
        lambda: services.move(file.pk, body=town, up=True, by=editor, at=NOW),
    ):
        with pytest.raises(NotADraft):
            act()
    assert NoticeFile.objects.for_body(town).get().title == "Plan"
    assert on_disk(town) == {str(file.pk)}


def test_only_who_writes_here_changes_files(
    make_draft: MakeDraft, add_file: AddFile, town: Body, auditor: Person, foreigner: Person
) -> None:
    notice = make_draft()
    file = add_file(notice)

    for nobody in (auditor, foreigner):
        with pytest.raises(NotAllowed):
            add_file(notice, scan(), "Scan.pdf", by=nobody)
        with pytest.raises(NotAllowed):
            services.remove(file.pk, body=town, by=nobody, at=NOW)
    assert on_disk(town) == {str(file.pk)}


def test_a_discarded_draft_takes_its_files_along(
    make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person, django_capture_on_commit_callbacks: Any
) -> None:
    notice = make_draft()
    add_file(notice)

    with django_capture_on_commit_callbacks(execute=True):
        notices.discard(notice.pk, body=town, version=2, by=editor, at=NOW)

    assert not NoticeFile.objects.for_body(town).exists()
    assert on_disk(town) == set()


def test_a_copy_begins_without_files(make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person, approver: Person) -> None:
    notice = make_draft()
    add_file(notice, pdf(), "Plan.pdf", Role.ATTACHMENT)
    approved(submitted(notice, editor), approver, version=2)

    new = notices.copy(notice.pk, body=town, by=editor, at=NOW)

    assert (titles(new), NoticeFile.objects.for_body(town).filter(notice=new).count()) == ([], 0)


def test_a_notice_can_begin_with_its_file(town: Body, editor: Person) -> None:
    file = services.begin(body=town, file=from_bytes(town, by_law(), "Satzung.docx"), by=editor, at=NOW)

    assert (file.role, file.notice.state, current(file.notice).version) == ("source", "draft", 2)
    with pytest.raises(FileRefused):
        services.begin(body=town, file=from_bytes(town, b"MZ", "x.docx"), by=editor, at=NOW)
    assert Notice.objects.for_body(town).count() == 1  # no empty draft is left behind


@pytest.mark.parametrize(("data", "accessible"), [(pdf(), Accessible.UNKNOWN), (pdf(tagged=False), Accessible.NO), (scan(), Accessible.NO)])
def test_whether_everybody_can_read_it_follows_from_the_file(
    make_draft: MakeDraft, add_file: AddFile, data: bytes, accessible: Accessible
) -> None:
    file = add_file(make_draft(), data, "Plan.pdf", Role.ATTACHMENT)

    assert (file.accessible, file.media_type) == (accessible, "application/pdf")


def test_what_has_changed_names_the_files(make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person) -> None:
    notice = make_draft()
    before = values_of(notice)
    file = add_file(notice, pdf(), "Plan.pdf", Role.ATTACHMENT)
    services.change(file.pk, body=town, title="Lageplan", role=Role.ATTACHMENT, by=editor, at=NOW)

    (told,) = difference(before, values_of(notice), body=town)

    assert told.name == "Dateien"
    assert [(part.kind, part.text) for part in told.parts] == [("new", f"Anlage: Lageplan (Plan.pdf, SHA-256 {file.sha256[:8]})")]


@pytest.mark.slow
def test_of_eight_files_at_once_each_is_a_version(committed: None, town: Body, editor: Person) -> None:
    office = Office.objects.create(body=town, name="Hauptamt")
    notice = notices.draft(body=town, values=Draft(title="Gleichzeitig", office=office.pk), by=editor, at=NOW)

    def bring(n: int) -> str:
        file = from_bytes(town, docx(para(f"Anlage {n % 6}")), f"Anlage {n}.docx")
        try:
            services.add(notice.pk, body=town, file=file, role=Role.SOURCE, by=editor, at=NOW)
        except FileThere:
            return "there"
        return "added"

    assert at_once(bring) == {"added": 6, "there": 2}
    assert current(notice).version == 7
    assert len(titles(notice)) == len(on_disk(town)) == 6
    assert len({file.position for file in NoticeFile.objects.for_body(town)}) == 6
