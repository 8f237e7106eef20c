"""Why names must be published is weighed for each notice that names people, and recorded where only the office reads it."""

import pytest
from django.test import Client
from django.urls import reverse

from allmende.core import outbox
from allmende.core.models import Body, Person
from allmende.notices import kinds, services
from allmende.notices.after import removal
from allmende.notices.kinds.necessity import NAME
from allmende.notices.models import Notice
from allmende.notices.services import Incomplete
from allmende.notices.tests.conftest import LATER, LogIn, MakeDraft, Publish
from allmende.notices.tests.lawful import make_lawful, stated
from allmende.notices.tests.samples import DETAILS, WEIGHED
from allmende.publication.tests.test_erasing import files_with, rows_with
from conftest import NOW

WHY = "Unabdingbarkeit"
DETAILS_WITH_REASON = DETAILS["service"] | {NAME: f"Wegen {WHY} nach § 10 VwZG."}


def test_every_kind_that_can_name_people_asks_for_it() -> None:
    naming = {kind.code for kind in kinds.all_kinds() if kind.personal_of({"names": True}) is kinds.Personal.NAMES}

    assert naming == {kind.code for kind in kinds.all_kinds() if kind.field(NAME)}
    for code in naming:
        field = kinds.get(code).field(NAME)
        assert field is not None
        assert field.is_required({"names": True})
        assert not field.printed
        assert not field.copied


@pytest.mark.parametrize("kind", ["service", "election"])
def test_what_names_people_says_why_before_it_is_submitted(
    kind: str, make_draft: MakeDraft, town: Body, editor: Person, administrator: Person, log_in: LogIn
) -> None:
    make_lawful(town, administrator)
    details = {name: value for name, value in DETAILS[kind].items() if name not in WEIGHED}
    notice = make_draft(kind=kind, details=details)
    page = log_in(editor).get(reverse("notices_staff:submit", args=[notice.pk, notice.version])).content.decode()

    assert "Warum die Namen veröffentlicht werden müssen" in page
    with pytest.raises(Incomplete):
        services.submit(notice.pk, body=town, version=notice.version, by=editor, at=NOW, statement=stated(kind, details, body=town))


def test_who_has_weighed_it_need_not_tick_it(town: Body, administrator: Person) -> None:
    make_lawful(town, administrator)
    without = {name: value for name, value in DETAILS["service"].items() if name not in WEIGHED}

    assert "personal.necessity" in stated("service", without, body=town).confirmed
    assert "personal.necessity" not in stated("service", DETAILS["service"], body=town).confirmed
    order = {"order_date": "2026-02-19", "effect_on": "2026-03-10", "printed_whole": True, "remedy": "Widerspruch."}
    assert "personal.necessity" in stated("order", order, body=town).confirmed


def test_the_approver_reads_why_and_nobody_else(
    publish: Publish, make_draft: MakeDraft, town: Body, editor: Person, approver: Person, administrator: Person, log_in: LogIn
) -> None:
    make_lawful(town, administrator)
    notice = make_draft(kind="service", details=DETAILS_WITH_REASON)
    said = stated("service", DETAILS_WITH_REASON, body=town)
    services.submit(notice.pk, body=town, version=notice.version, by=editor, at=NOW, statement=said)
    address = reverse("notices_staff:decide", args=[notice.pk, notice.version])
    assert WHY in log_in(approver).get(address).content.decode()

    services.approve(notice.pk, body=town, version=notice.version, by=approver, at=NOW, statement=said)
    outbox.work(NOW)
    public = Notice.objects.for_body(town).get(pk=notice.pk)
    client = Client()
    for suffix in ("/", ".pdf"):
        answer = client.get(f"/bekanntmachungen/{public.year}/{public.number}{suffix}")
        assert answer.status_code == 200
        assert WHY.encode() not in (b"".join(answer.streaming_content) if answer.streaming else answer.content)  # type: ignore[attr-defined]
    assert not {"publication_publication", "publication_attempt"} & set(rows_with(WHY))


def test_it_goes_with_the_notice(committed: None, publish: Publish, town: Body, administrator: Person, approver: Person) -> None:
    make_lawful(town, administrator)
    notice = publish(kind="service", details=DETAILS_WITH_REASON, said=stated("service", DETAILS_WITH_REASON, body=town))
    assert "notices_revision" in set(rows_with(WHY))

    removal.erase(notice.pk, body=town, by=approver, at=LATER)
    outbox.work(LATER)

    assert list(rows_with(WHY)) == []
    assert files_with(WHY) == []
