"""What the log says later about something published: corrected, taken down, erased."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from allmende.core import outbox
from allmende.core.models import Body, OutboxRow, Person, Record
from allmende.lib.proof import Related, erased, parse_leaf, related, removed
from allmende.lib.proof import Relation as Word
from allmende.publication import log, story
from allmende.publication.check import problems
from allmende.publication.errors import NotRelated
from allmende.publication.models import LogEntry, Relation, Removal
from allmende.publication.services import erase, relate, take_down
from allmende.publication.tests.attached import approved, two
from allmende.publication.tests.conftest import MakeApproved
from conftest import NOW

SOON = NOW + timedelta(hours=1)


@pytest.fixture
def pair(ready: Body, make_approved: MakeApproved, one_seal: None) -> tuple[Record, Record]:
    """One that is public, and a later one that is approved."""
    earlier = make_approved().record
    outbox.work(NOW)
    return earlier, make_approved(at=SOON).record


@pytest.mark.parametrize("word", list(Relation.Word))
def test_a_correction_stands_in_the_log_once_it_is_public(ready: Body, pair: tuple[Record, Record], word: Relation.Word) -> None:
    earlier, later = pair
    relate(later, earlier, word, at=SOON)
    assert LogEntry.objects.for_body(ready).count() == 1
    outbox.work(SOON)

    assert parse_leaf(bytes(LogEntry.objects.for_body(ready).get(index=2).entry)) == Related(0, 1, Word(word.value))
    assert Relation.objects.for_body(ready).get().entry_index == 2
    assert list(problems(ready, thorough=False)) == []
    outbox.work(SOON + timedelta(days=1))
    assert LogEntry.objects.for_body(ready).count() == 3


def test_what_does_not_belong_together_is_not_related(
    ready: Body, neighbour: Body, pair: tuple[Record, Record], make_approved: MakeApproved
) -> None:
    earlier, later = pair
    waiting = make_approved(at=SOON).record
    draft = Record.objects.create(body=ready, kind=Record.Kind.NOTICE, titles={"de": "x"}, path="bekanntmachungen/2026/9/")
    foreign = Record.objects.create(body=neighbour, kind=Record.Kind.NOTICE, titles={"de": "x"}, path="bekanntmachungen/2026/1/")

    for one, other in ((later, later), (later, waiting), (draft, earlier), (later, draft), (foreign, earlier), (later, foreign)):
        with pytest.raises(NotRelated), transaction.atomic():
            relate(one, other, Relation.Word.HEALS, at=SOON)
    relate(later, earlier, Relation.Word.HEALS, at=SOON)
    with pytest.raises(NotRelated), transaction.atomic():
        relate(later, earlier, Relation.Word.RENEWS, at=SOON)


def test_a_relation_is_never_changed(ready: Body, pair: tuple[Record, Record]) -> None:
    earlier, later = pair
    relate(later, earlier, Relation.Word.HEALS, at=SOON)
    outbox.work(SOON)
    rows = Relation.objects.for_body(ready)

    for values in ({"word": "renews"}, {"entry_index": 0}, {"entry_index": None}):
        with pytest.raises((IntegrityError, DatabaseError), match="fixed"), transaction.atomic():
            rows.update(**values)
    with pytest.raises((IntegrityError, DatabaseError), match="append-only"), transaction.atomic():
        rows._raw_delete(rows.db)


def test_the_story_is_told_in_words(ready: Body, editor: Person, approver: Person, one_seal: None, tmp_path: Path) -> None:
    first = approved(ready, two(tmp_path / "upload"), author=editor, by=approver).record
    outbox.work(NOW)
    second = approved(ready, [], author=editor, by=approver, number=2).record
    relate(second, first, Relation.Word.CORRECTS, at=SOON)
    outbox.work(SOON)
    take_down(first, artefacts=["attachment-2"], reason=Removal.Reason.RIGHTS, by=editor, at=SOON)
    outbox.work(SOON)
    erase(first, by=None, at=SOON)
    outbox.work(SOON)

    with translation.override("de"):
        told = story.latest(ready)
    assert [(one.line, one.about, one.what) for one in told] == [
        (5, 1, "Gelöscht: die ganze Veröffentlichung."),
        (4, 1, "Nicht mehr veröffentlicht: Anlage 2. Grund: Rechte anderer, zum Beispiel Urheberrecht."),
        (3, 1, "Berichtigt durch eine spätere Bekanntmachung."),
    ]
    assert told[2].address.endswith("/bekanntmachungen/2026/2/")
    assert story.about(ready, 0) == story.latest(ready)
    assert story.about(ready, 1) == []


@pytest.mark.parametrize("rows", [1, 9])
def test_the_story_asks_four_questions_for_any_number(
    ready: Body, make_approved: MakeApproved, editor: Person, one_seal: None, django_assert_num_queries: object, rows: int
) -> None:
    for _ in range(rows):
        record = make_approved().record
        outbox.work(NOW)
        take_down(record, reason=Removal.Reason.MISTAKE, by=editor, at=SOON)
        outbox.work(SOON)

    with django_assert_num_queries(4):  # type: ignore[operator]
        assert len(story.latest(ready)) == rows


def test_a_line_that_nobody_wrote_is_found(ready: Body, pair: tuple[Record, Record]) -> None:

    for entry in (
        removed(index=0, artefacts=["page.html"], reason="mistake"),
        removed(index=0, artefacts=["page.html"], reason="rights"),
        removed(index=7, artefacts=["page.html"], reason="mistake"),
        erased(index=0, artefacts=["attachment-1"]),
        related(index=0, later=1, relation=Word.HEALS),
    ):
        log.append(ready, entry, at=SOON)
    log.integrate(ready, at=SOON)
    found = "\n".join(problems(ready, thorough=False))

    assert found.count("belongs to nothing that was taken away or related") == 5
    for words in (
        "entry 2 takes away what is gone already",
        "entry 3 takes away what entry 7 does not name",
        "entry 4 takes away what entry 0 does not name",
        "entry 5 relates 1, which does not count",
    ):
        assert words in found


def test_a_relation_waits_for_its_publication_and_for_nothing_else(ready: Body, pair: tuple[Record, Record]) -> None:
    earlier, later = pair
    relate(later, earlier, Relation.Word.RENEWS, at=SOON)
    take_down(earlier, reason=Removal.Reason.MISTAKE, by=later.publication.approved_by, at=SOON)
    outbox.work(SOON)

    assert not OutboxRow.objects.for_body(ready).exclude(state="done").exists()
    assert list(problems(ready, thorough=False)) == []
