"""Corrected, renewed, healed by another notice: linked both ways on the pages, in the thread and in the log."""

import pytest
from django.test import Client
from django.urls import reverse

from allmende.core import outbox
from allmende.core.models import Body, Link, Person
from allmende.lib.proof import parse_leaf
from allmende.lib.proof.leaf import Related, Relation
from allmende.notices import services
from allmende.notices.after import amending
from allmende.notices.models import Amendment, Notice
from allmende.notices.tests.conftest import LogIn, MakeDraft, Publish
from allmende.publication.models import LogEntry
from conftest import NOW

WORDS = {
    "corrects": ("Berichtigt die Bekanntmachung", "Berichtigt durch die Bekanntmachung"),
    "renews": ("Macht neu bekannt", "Neu bekannt gemacht durch die Bekanntmachung"),
    "heals": ("Heilt einen Fehler der Bekanntmachung", "Ein Fehler ist geheilt durch die Bekanntmachung"),
}


@pytest.mark.parametrize("word", Amendment.Word.values)
def test_both_pages_name_each_other_and_the_log_says_it(
    word: str, publish: Publish, town: Body, editor: Person, approver: Person, client: Client
) -> None:
    earlier = publish()
    later = amending.begin(earlier.pk, Amendment.Word(word), body=town, by=editor, at=NOW)
    assert later.record.titles["de"].startswith(amending.BEFORE[Amendment.Word(word)])
    services.submit(later.pk, body=town, version=later.version, by=editor, at=NOW)
    services.approve(later.pk, body=town, version=later.version, by=approver, at=NOW)
    outbox.work(NOW)

    later = Notice.objects.for_body(town).select_related("record").get(pk=later.pk)
    pages = [client.get(reverse("notices:page", args=[one.year, one.number])).content.decode() for one in (later, earlier)]
    for page, words, other in zip(pages, WORDS[word], (earlier, later), strict=True):
        assert words in page
        assert reverse("notices:page", args=[other.year, other.number]) in page
    link = Link.objects.for_body(town).get(source=later.record, target=earlier.record)
    assert link.relation == word
    said = parse_leaf(bytes(LogEntry.objects.for_body(town).order_by("-index")[0].entry))
    assert said == Related(index=0, later=1, relation=Relation(word))


def test_before_it_is_public_nobody_reads_of_it(publish: Publish, town: Body, editor: Person, client: Client) -> None:
    earlier = publish()
    amending.begin(earlier.pk, Amendment.Word.CORRECTS, body=town, by=editor, at=NOW)
    page = client.get(reverse("notices:page", args=[earlier.year, earlier.number])).content.decode()
    assert "Berichtigt durch" not in page


def test_a_draft_is_changed_not_corrected(make_draft: MakeDraft, town: Body, editor: Person) -> None:
    with pytest.raises(amending.NotAmended):
        amending.begin(make_draft().pk, Amendment.Word.CORRECTS, body=town, by=editor, at=NOW)


def test_it_begins_on_the_page_of_the_notice(publish: Publish, log_in: LogIn, editor: Person, town: Body) -> None:
    notice = publish()
    clerk = log_in(editor)
    assert "Berichtigen" in clerk.get(reverse("notices_staff:show", args=[notice.pk])).content.decode()
    answer = clerk.post(reverse("notices_staff:amend", args=[notice.pk]), {"word": "corrects"})
    begun = Amendment.objects.for_body(town).get()
    assert answer.headers["Location"] == reverse("notices_staff:edit", args=[begun.notice_id])
    assert clerk.post(reverse("notices_staff:amend", args=[notice.pk]), {"word": "wrong"}).status_code == 404
