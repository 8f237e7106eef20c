"""Written by one, reviewed by another, shown beside the notice that was read, and never changed afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from allmende.core.errors import ChangedMeanwhile, NotAllowed
from allmende.core.models import AuditEntry, Body, Person
from allmende.notices import services as notices
from allmende.notices.models import Explanation, Notice
from allmende.notices.models.explanation import Form
from allmende.notices.plain import errors, selectors, services
from allmende.notices.plain.tests.conftest import GROUP, Explain, typed
from allmende.notices.services import Draft
from allmende.notices.tests.conftest import LogIn, MakeDraft, Publish
from conftest import NOW


def test_an_explanation_goes_from_hand_to_hand_and_every_step_is_in_the_audit_trail(explain: Explain, publish: Publish, town: Body) -> None:
    row = explain(publish())

    assert (row.state, row.number, row.checked_by) == ("published", 1, "Prüfgruppe der Werkstatt Musterland")
    acts = AuditEntry.objects.for_body(town).filter(act__startswith="notice.explanation").order_by("pk").values_list("act", flat=True)
    assert [act.removeprefix("notice.explanation_") for act in acts] == ["saved", "submitted", "reviewed", "published"]


@pytest.mark.parametrize("form", list(Form))
def test_who_wrote_a_part_does_not_review_it_and_the_database_says_so_too(
    form: Form, explain: Explain, make_draft: MakeDraft, town: Body, approver: Person
) -> None:
    notice = make_draft()
    row = explain(notice, form, until="draft")
    Explanation.objects.for_body(town).get(pk=row.pk).authors.create(person=approver)
    services.submit(row.pk, body=town, saved=row.saved, by=approver, at=NOW)
    with pytest.raises(errors.ReviewersOwn):
        services.review(row.pk, body=town, saved=row.saved, of_version=notice.version, by=approver, at=NOW, **GROUP)  # type: ignore[arg-type]

    mine = Explanation.objects.for_body(town).filter(pk=row.pk)
    group: dict[str, Any] = GROUP if form == Form.EASY else {}
    with pytest.raises(DatabaseError, match="does not review"), transaction.atomic():
        mine.update(state="reviewed", reviewed_at=NOW, reviewed_by=approver, of_version=1, **group)


def test_easy_language_names_the_group_that_has_read_it(explain: Explain, make_draft: MakeDraft, town: Body, approver: Person) -> None:
    notice = make_draft()
    row = explain(notice, until="submitted")
    asked = {"body": town, "saved": row.saved, "of_version": notice.version, "by": approver, "at": NOW}
    with pytest.raises(errors.GroupMissing):
        services.review(row.pk, **asked)  # type: ignore[arg-type]
    with pytest.raises(errors.CheckedLater):
        services.review(row.pk, checked_by="Gruppe", checked_on=NOW.date() + timedelta(days=1), **asked)  # type: ignore[arg-type]
    with pytest.raises(DatabaseError), transaction.atomic():
        Explanation.objects.for_body(town).filter(pk=row.pk).update(
            state="reviewed", reviewed_at=NOW, reviewed_by=approver, of_version=notice.version
        )


def test_an_editor_does_not_review(explain: Explain, make_draft: MakeDraft, town: Body, editor: Person) -> None:
    notice = make_draft()
    row = explain(notice, Form.PLAIN, until="submitted")
    with pytest.raises(NotAllowed):
        services.review(row.pk, body=town, saved=row.saved, of_version=notice.version, by=editor, at=NOW)


@pytest.mark.parametrize("change", [{"title": "Anders"}, {"content": {"blocks": []}}, {"state": "draft"}, {"checked_by": "Andere"}])
def test_what_was_reviewed_never_changes(change: dict[str, Any], explain: Explain, make_draft: MakeDraft, town: Body) -> None:
    row = explain(make_draft(), until="reviewed")
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        Explanation.objects.for_body(town).filter(pk=row.pk).update(**change)


def test_nothing_begins_as_reviewed(make_draft: MakeDraft, town: Body, approver: Person) -> None:
    with pytest.raises(DatabaseError, match="begins as a draft"), transaction.atomic():
        Explanation.objects.create(
            notice=make_draft(), form="plain", number=1, state="reviewed", content={}, changed_at=NOW,
            reviewed_at=NOW, reviewed_by=approver, of_version=1,
        )  # fmt: skip


def test_two_who_write_at_once_lose_nothing(explain: Explain, make_draft: MakeDraft, town: Body, editor: Person, second: Person) -> None:
    notice = make_draft()
    row = explain(notice, Form.PLAIN, until="draft")
    services.save_text(notice.pk, Form.PLAIN, body=town, saved=1, title="Neu", content=typed("Neu."), by=second, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        services.save_text(notice.pk, Form.PLAIN, body=town, saved=1, title="Alt", content=typed("Alt."), by=editor, at=NOW)
    with pytest.raises(errors.ExplanationSettled):
        services.save_text(notice.pk, Form.EASY, body=town, saved=3, title="Weg", content=typed("Weg."), by=editor, at=NOW)

    row.refresh_from_db()
    assert (row.title, row.saved, row.authors.count()) == ("Neu", 2, 2)


def test_a_draft_without_words_is_not_submitted(make_draft: MakeDraft, town: Body, editor: Person) -> None:
    notice = make_draft()
    row = services.save_text(notice.pk, Form.PLAIN, body=town, saved=0, title="", content=typed(""), by=editor, at=NOW)
    with pytest.raises(errors.ExplanationIncomplete):
        services.submit(row.pk, body=town, saved=1, by=editor, at=NOW)


def test_a_reviewer_gives_back_with_a_reason_and_a_writer_without(
    explain: Explain, make_draft: MakeDraft, town: Body, editor: Person, approver: Person
) -> None:
    row = explain(make_draft(), until="submitted")
    with pytest.raises(errors.RemarkMissing):
        services.send_back(row.pk, body=town, remark=" ", by=approver, at=NOW)
    services.send_back(row.pk, body=town, remark="Zu lang.", by=approver, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.remark) == ("draft", "Zu lang.")
    services.submit(row.pk, body=town, saved=row.saved, by=editor, at=NOW)
    services.send_back(row.pk, body=town, remark="", by=editor, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.remark) == ("draft", "")


def test_the_next_version_takes_the_place_of_the_last_one_only_when_it_is_published(
    explain: Explain, publish: Publish, town: Body, editor: Person, approver: Person
) -> None:
    notice = publish()
    first = explain(notice, Form.PLAIN)
    row = services.next_version(notice.pk, Form.PLAIN, body=town, by=editor, at=NOW)
    assert (row.number, row.title, selectors.shown(notice, Form.PLAIN)) == (2, "Schnee räumen", first)
    services.submit(row.pk, body=town, saved=1, by=editor, at=NOW)
    services.review(row.pk, body=town, saved=1, of_version=notice.version, by=approver, at=NOW)
    services.publish(row.pk, body=town, by=editor, at=NOW)

    first.refresh_from_db()
    assert (first.state, selectors.shown(notice, Form.PLAIN)) == ("ended", row)
    services.end(row.pk, body=town, by=editor, at=NOW)
    assert selectors.shown(notice, Form.PLAIN) is None
    with pytest.raises(errors.ExplanationSettled):
        services.end(row.pk, body=town, by=editor, at=NOW)


def test_reviewed_beside_a_draft_that_was_changed_afterwards_it_is_not_shown(
    explain: Explain, make_draft: MakeDraft, town: Body, editor: Person, approver: Person
) -> None:
    notice = make_draft()
    row, shown = explain(notice, Form.PLAIN, until="reviewed"), explain(notice, Form.EASY)
    values = Draft(title="Ganz anders", office=notice.office_id, content=typed("Anderer Text."))
    notices.edit(notice.pk, body=town, version=notice.version, values=values, by=editor, at=NOW)
    with pytest.raises(errors.NoticeChangedSince):
        services.publish(row.pk, body=town, by=editor, at=NOW)
    changed = Notice.objects.for_body(town).select_related("record__body").get(pk=notice.pk)
    assert (shown.of_version, selectors.shown(changed, Form.EASY)) == (1, None)


def test_a_reviewer_states_it_of_the_notice_that_was_read(explain: Explain, make_draft: MakeDraft, town: Body, approver: Person) -> None:
    notice = make_draft()
    row = explain(notice, Form.PLAIN, until="submitted")
    for saved, version in ((row.saved + 1, notice.version), (row.saved, notice.version + 1)):
        with pytest.raises(ChangedMeanwhile):
            services.review(row.pk, body=town, saved=saved, of_version=version, by=approver, at=NOW)


def test_nothing_is_explained_any_more_of_what_was_discarded(explain: Explain, make_draft: MakeDraft, town: Body, editor: Person) -> None:
    notice = make_draft()
    explain(notice, Form.SIGN)
    notices.discard(notice.pk, body=town, version=notice.version, by=editor, at=NOW)

    assert not Explanation.objects.for_body(town).exists()
    with pytest.raises(errors.NothingToExplain):
        services.save_text(notice.pk, Form.PLAIN, body=town, saved=0, title="", content=typed(""), by=editor, at=NOW)


def test_who_waits_is_told_how_many(explain: Explain, make_draft: MakeDraft, town: Body, editor: Person, approver: Person) -> None:
    from allmende.core.permissions import Act

    explain(make_draft(), Form.PLAIN, until="submitted")
    told = selectors.waits_for(approver, town, {Act.APPROVE})
    assert told is not None
    assert told.words == "1 Erklärung in leichter Form wartet auf Ihre Prüfung"
    assert selectors.waits_for(editor, town, {Act.APPROVE}) is None  # wrote it
    assert selectors.waits_for(approver, town, {Act.WRITE}) is None


def test_the_audit_trail_says_it_in_words(explain: Explain, publish: Publish, town: Body, auditor: Person, log_in: LogIn) -> None:
    explain(publish())
    page = log_in(auditor).get("/verwaltung/protokollierung/")

    assert page.status_code == 200
    for words in ("hat eine Erklärung in leichter Form geprüft", "Leichte Sprache", "Prüfgruppe der Werkstatt Musterland"):
        assert words in page.content.decode()
