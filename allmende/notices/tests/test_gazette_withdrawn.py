"""An issue is one sealed document: what may not be public any more takes it along, and everything else stays to be found."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from allmende.core import housekeeping, outbox
from allmende.core.models import Body, Link, Person
from allmende.lib.proof import parse_leaf
from allmende.lib.proof.leaf import Related, Removed
from allmende.notices.after import removal
from allmende.notices.gazette import replacing, selectors, services, withdrawing
from allmende.notices.gazette.errors import IssueHoldsEnded, NotWithdrawn
from allmende.notices.models import Issue, IssueItem, Notice
from allmende.notices.tests.conftest import LATER, LogIn, MakeDraft, Publish, wording
from allmende.notices.tests.samples import DETAILS
from allmende.notices.tests.test_approve import approved, submitted
from allmende.notices.tests.test_gazette import MUCH_LATER, published, put_together
from allmende.publication.check import problems
from allmende.publication.models import LogEntry, Publication, Removal
from allmende.publication.tests.test_erasing import files_with, rows_with
from conftest import NOW, Role, person

pytestmark = pytest.mark.usefixtures("at")
NAME = "Unverwechselbar"
AFTER = MUCH_LATER + timedelta(minutes=5)
ADDRESS = "/amtsblatt/2026/1/"


@pytest.fixture
def two(publish: Publish, make_draft: MakeDraft, editor: Person, approver: Person) -> list[Notice]:
    """Public notices; in the second stands a name."""
    first = publish(title="Winterdienst")
    second = approved(submitted(make_draft(title=f"Feier für {NAME}", content=wording(f"Geehrt wird {NAME}.")), editor), approver)
    outbox.work(NOW)
    return [first, second]


@pytest.fixture
def issue(two: list[Notice], town: Body, editor: Person, approver: Person, monkeypatch: pytest.MonkeyPatch) -> Issue:
    found = published(town, editor, approver, *two)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER)
    return found


def said(body: Body) -> list[object]:
    return [parse_leaf(bytes(row.entry)) for row in LogEntry.objects.for_body(body).order_by("index")]


def take_down(notice: Notice, editor: Person, reason: Removal.Reason = Removal.Reason.PERSONAL_DATA) -> None:
    removal.take_down(notice.pk, artefacts=None, reason=reason, body=notice.record.body, by=editor, at=AFTER)
    outbox.work(AFTER)


def test_the_page_says_so_and_leads_to_the_others(issue: Issue, two: list[Notice], town: Body, editor: Person, client: Client) -> None:
    assert client.get(ADDRESS).status_code == 200
    take_down(two[1], editor)

    for address in (ADDRESS, "/amtsblatt/2026/1.pdf", "/amtsblatt/2026/1.zip"):
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 410
        assert "ist zurückgezogen" in page
        assert "nicht hätten veröffentlicht werden dürfen" in page
        assert "Winterdienst" in page
        assert "/bekanntmachungen/2026/1/" in page
        assert NAME not in page
        assert "/bekanntmachungen/2026/2/" not in page
    assert "zurückgezogen" in client.get("/amtsblatt/").content.decode()
    assert said(town)[-1] == Removed(2, ("document.pdf", "page.html"), "personal_data")
    assert list(problems(town)) == []
    assert selectors.issued_at(two[0].pk, town) == issue.provided_at


def test_what_is_erased_is_in_no_row_and_no_file_of_an_issue(
    committed: None, issue: Issue, two: list[Notice], town: Body, approver: Person, client: Client
) -> None:
    assert "publication_attempt" in set(rows_with(NAME))

    removal.erase(two[1].pk, body=town, by=approver, at=AFTER)
    outbox.work(AFTER)

    assert list(rows_with(NAME)) == []
    assert files_with(NAME) == []
    assert list(problems(town)) == []
    assert Publication.objects.for_body(town).get(pk=issue.pk).state == Publication.State.ERASED
    page = client.get(ADDRESS)
    assert (page.status_code, "Winterdienst" in page.content.decode()) == (410, True)


def test_who_is_named_by_number_alone_takes_no_issue_along(
    publish: Publish, make_public: Publish, town: Body, editor: Person, approver: Person, client: Client
) -> None:
    served = make_public(7, title="Öffentliche Zustellung", kind="service", details=DETAILS["service"])
    issue = published(town, editor, approver, publish(), served)
    Notice.objects.for_body(town).filter(pk=served.pk).update(state="removed", search="", cards={})

    withdrawing.follow(Notice.objects.for_body(town).select_related("record__body__administered_by").get(pk=served.pk), at=AFTER)

    assert Publication.objects.for_body(town).get(pk=issue.pk).state == Publication.State.PUBLIC


def test_the_issue_of_the_association_goes_with_the_notice_of_its_member(
    two: list[Notice], town: Body, association: Body, editor: Person, approver: Person
) -> None:
    """Who may write in the town takes it down; in the association they have no role."""
    from allmende.publication.seals import set_up_demo_seal
    from allmende.publication.setup import set_up_log

    set_up_log(association, origin="log.verbund.example/amtlich", at=LATER, by=None)
    set_up_demo_seal(association, at=LATER, by=None)
    clerk, boss = person("Carla", (association, Role.EDITOR)), person("Cem", (association, Role.APPROVER))
    issue = published(association, clerk, boss, *two)
    take_down(two[1], editor)

    assert Publication.objects.for_body(association).get(pk=issue.pk).state == Publication.State.REMOVED
    assert list(problems(association)) == []


def test_drafts_lose_it_and_what_is_approved_is_not_sealed(two: list[Notice], town: Body, editor: Person, approver: Person) -> None:
    draft = put_together(town, editor, *two)
    with_both = draft.version
    services.approve(draft.pk, body=town, version=with_both, by=approver, at=LATER)
    take_down(two[1], editor)

    waiting = Publication.objects.for_body(town).get(pk=draft.pk)
    assert (waiting.state, waiting.waiting_code) == (Publication.State.APPROVED, "publication_part_not_public")
    replacing.take_back(draft.pk, body=town, by=approver, at=AFTER)
    back = Issue.objects.for_body(town).get(pk=draft.pk)
    assert (back.state, back.label) == (Issue.State.DRAFT, "")
    assert [item.notice_id for item in IssueItem.objects.for_body(town).filter(issue=back)] == [two[0].pk]
    services.approve(draft.pk, body=town, version=back.version, by=approver, at=AFTER)
    outbox.work(AFTER)
    assert Issue.objects.for_body(town).get(pk=draft.pk).label == "1/2026"

    take_down(two[0], editor, Removal.Reason.MISTAKE)
    other = services.begin(body=town, by=editor, at=AFTER)
    IssueItem.objects.create(issue=other, notice=two[0], position=1)
    services.arrange(other.pk, [two[0].pk], body=town, version=1, by=editor, at=AFTER)
    with pytest.raises(IssueHoldsEnded):
        services.approve(other.pk, body=town, version=2, by=approver, at=AFTER)


def test_a_moment_that_nobody_saw_is_caught_up(
    issue: Issue, two: list[Notice], town: Body, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the issue had become public in the very moment in which its notice was taken down."""
    monkeypatch.setattr(withdrawing, "follow", lambda notice, *, at: None)
    take_down(two[1], editor)
    assert Publication.objects.for_body(town).get(pk=issue.pk).state == Publication.State.PUBLIC

    assert [found.pk for found in withdrawing.left(AFTER)] == [issue.pk]
    housekeeping.do("gazette_withdrawn", AFTER)
    outbox.work(AFTER)

    assert Publication.objects.for_body(town).get(pk=issue.pk).state == Publication.State.REMOVED
    assert list(withdrawing.left(AFTER)) == []
    assert list(problems(town)) == []


def test_a_replacement_holds_the_rest_and_the_log_joins_them(
    issue: Issue, two: list[Notice], town: Body, editor: Person, approver: Person, log_in: LogIn, client: Client
) -> None:
    with pytest.raises(NotWithdrawn):
        replacing.begin_replacement(issue.pk, body=town, by=editor, at=AFTER)
    take_down(two[1], editor)
    clerk = log_in(editor)
    office = reverse("gazette_staff:arrange", args=[issue.pk])
    assert "Ersatzausgabe zusammenstellen" in clerk.get(office).content.decode()
    answer = clerk.post(reverse("gazette_staff:replace", args=[issue.pk]))
    new = Issue.objects.for_body(town).get(replaces=issue)
    assert answer["Location"] == reverse("gazette_staff:arrange", args=[new.pk])
    assert "Ersatz für die zurückgezogene Ausgabe Nr. 1/2026" in clerk.get(answer["Location"]).content.decode()
    assert clerk.post(reverse("gazette_staff:replace", args=[issue.pk]))["Location"] == answer["Location"]

    services.approve(new.pk, body=town, version=new.version, by=approver, at=AFTER)
    outbox.work(AFTER)
    outbox.work(AFTER + timedelta(minutes=1))

    new = Issue.objects.for_body(town).select_related("record").get(pk=new.pk)
    assert (new.label, new.state) == ("2/2026", Issue.State.PUBLIC)
    assert any(isinstance(one, Related) and one.index == 2 for one in said(town))
    assert Link.objects.for_body(town).filter(source=new.record, target=issue.record, relation="renews").exists()
    assert selectors.issued_at(two[0].pk, town) == issue.provided_at  # the day stays that of the first issue
    assert list(problems(town)) == []


def test_the_page_of_the_withdrawn_one_names_the_other(
    issue: Issue, two: list[Notice], town: Body, editor: Person, approver: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_down(two[1], editor)
    new = replacing.begin_replacement(issue.pk, body=town, by=editor, at=AFTER)
    services.approve(new.pk, body=town, version=new.version, by=approver, at=AFTER)
    outbox.work(AFTER)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER + timedelta(minutes=1))

    assert '<a href="/amtsblatt/2026/2/">' in client.get(ADDRESS).content.decode()
    page = client.get("/amtsblatt/2026/2/").content.decode()
    assert "Winterdienst" in page
    assert NAME not in page


def test_who_puts_it_together_is_told_what_stands_by_number_alone(
    make_public: Publish, town: Body, editor: Person, approver: Person, log_in: LogIn
) -> None:
    served = make_public(7, title="Öffentliche Zustellung", kind="service", details=DETAILS["service"])
    issue = put_together(town, editor, served)

    for reader, address in (
        (editor, reverse("gazette_staff:arrange", args=[issue.pk])),
        (approver, reverse("gazette_staff:approve", args=[issue.pk, issue.version])),
    ):
        assert "nennt Personen. Sie steht in der Ausgabe nur mit Art" in log_in(reader).get(address).content.decode()
