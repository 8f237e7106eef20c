"""Writing: every saved version is kept with its author, and nobody writes over somebody else unseen."""

from dataclasses import replace

import pytest

from allmende.core.errors import ChangedMeanwhile, NotAllowed
from allmende.core.models import AuditEntry, Body, District, Membership, Office, Person, Record, Visibility
from allmende.lib import richtext
from allmende.notices import services, text
from allmende.notices.models import Notice, Revision
from allmende.notices.services import Draft, NotADraft, OfficeElsewhere
from allmende.notices.tests.conftest import MakeDraft, wording
from conftest import NOW, person


def values_of(notice: Notice) -> Draft:
    body = notice.record.body
    version = Notice.objects.for_body(body).get(pk=notice.pk).version
    return Draft.of_json(Revision.objects.for_body(body).get(notice=notice, version=version).values)


def edited(notice: Notice, version: int, by: Person, *, automatic: bool = False, **changes: object) -> int:
    values = replace(values_of(notice), **changes)  # type: ignore[arg-type]
    return services.edit(notice.pk, body=notice.record.body, version=version, values=values, by=by, at=NOW, automatic=automatic)


def versions(notice: Notice) -> list[tuple[int, str]]:
    rows = Revision.objects.for_body(notice.record.body).filter(notice=notice).order_by("version")
    return list(rows.values_list("version", "author__name"))


def test_a_draft_is_seen_inside_the_office_only(make_draft: MakeDraft) -> None:
    notice = make_draft()

    assert notice.record.visibility == Visibility.INTERNAL
    assert notice.record.path == f"entwuerfe/{notice.pk}/"
    assert (notice.state, notice.version, notice.number) == ("draft", 1, None)


def test_every_version_saved_on_purpose_stays_with_its_author(make_draft: MakeDraft, editor: Person, approver: Person) -> None:
    notice = make_draft()
    edited(notice, 1, approver, title="Winterdienst")
    edited(notice, 2, editor, title="Winterdienst 2026")

    assert versions(notice) == [(1, "Erika"), (2, "Anna"), (3, "Erika")]


def test_what_the_editor_saves_by_itself_replaces_its_own_last_version_only(
    make_draft: MakeDraft, editor: Person, approver: Person
) -> None:
    notice = make_draft()
    edited(notice, 1, editor, automatic=True, title="A")
    edited(notice, 2, editor, automatic=True, title="B")
    edited(notice, 3, approver, automatic=True, title="C")
    edited(notice, 4, editor, automatic=True, title="D")

    assert versions(notice) == [(1, "Erika"), (3, "Erika"), (4, "Anna"), (5, "Erika")]


def test_the_same_text_again_makes_no_version(make_draft: MakeDraft, editor: Person) -> None:
    notice = make_draft()

    assert edited(notice, 1, editor) == 1
    assert len(versions(notice)) == 1


def test_who_saves_second_overwrites_nothing(make_draft: MakeDraft, editor: Person, approver: Person) -> None:
    notice = make_draft()
    edited(notice, 1, approver, title="Anna war schneller")

    with pytest.raises(ChangedMeanwhile):
        edited(notice, 1, editor, title="Erika weiß davon nichts")
    assert values_of(notice).title == "Anna war schneller"


def test_an_auditor_and_a_stranger_write_nothing(make_draft: MakeDraft, auditor: Person, foreigner: Person) -> None:
    notice = make_draft()

    for nobody in (auditor, foreigner):
        with pytest.raises(NotAllowed):
            edited(notice, 1, nobody, title="Fremd")


def test_office_and_district_of_another_town_are_refused(make_draft: MakeDraft, neighbour: Body, editor: Person) -> None:
    notice = make_draft()
    office = Office.objects.create(body=neighbour, name="Bauamt")
    district = District.objects.create(body=neighbour, name="Dorf")

    for change in ({"office": office.pk}, {"districts": (district.pk,)}, {"kind": "unknown"}):
        with pytest.raises(OfficeElsewhere):
            edited(notice, 1, editor, **change)


def test_the_office_of_the_association_writes_for_its_member(make_draft: MakeDraft, town: Body, association: Body) -> None:
    office = Office.objects.create(body=association, name="Zentrale Dienste")
    clerk = person("Carla", (association, Membership.Role.EDITOR))

    notice = make_draft(by=clerk, office=office.pk)

    assert notice.record.body == town


def test_a_discarded_draft_leaves_no_text_but_a_trace(make_draft: MakeDraft, town: Body, editor: Person) -> None:
    notice = make_draft()
    services.discard(notice.pk, body=town, version=1, by=editor, at=NOW)

    left = Notice.objects.for_body(town).get(pk=notice.pk)
    assert (left.state, text.is_empty(left.content), versions(notice)) == ("discarded", True, [])
    assert Record.objects.for_body(town).get(pk=notice.pk).visibility == Visibility.REMOVED
    acts = list(AuditEntry.objects.for_body(town).filter(record=notice.pk).order_by("pk").values_list("act", flat=True))
    assert acts == ["notice.drafted", "notice.discarded"]
    with pytest.raises(NotADraft):
        services.edit(notice.pk, body=town, version=1, values=Draft(title="Doch"), by=editor, at=NOW)


def test_a_draft_that_changed_is_not_discarded_unseen(make_draft: MakeDraft, town: Body, editor: Person, approver: Person) -> None:
    notice = make_draft()
    edited(notice, 1, approver, title="Neu")

    with pytest.raises(ChangedMeanwhile):
        services.discard(notice.pk, body=town, version=1, by=editor, at=NOW)


def test_only_approved_wording_is_copied(make_draft: MakeDraft, town: Body, editor: Person) -> None:
    notice = make_draft()

    with pytest.raises(services.NotCopied):
        services.copy(notice.pk, body=town, by=editor, at=NOW)


def test_stored_text_is_what_was_typed(make_draft: MakeDraft) -> None:
    plain = "## Abfuhr\n\nTabelle: Tage\n| Straße | Tag |\n| Markt | Montag |\n\n- **Punkt**\n- [Satzung](https://example.org/s)"
    notice = make_draft(content=wording(plain))

    assert richtext.from_plain(richtext.to_plain(text.read(notice.content))) == richtext.from_plain(plain)
