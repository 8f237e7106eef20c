"""What was sealed with the seal: each document with its notice and fingerprint, page by page, and only the own."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from allmende.administration import seal
from allmende.administration.tests.staff import logged_in, said
from allmende.core.models import Body, Person, Record, Visibility
from allmende.publication.models import Attempt, Checkpoint, Publication, SealUse, State
from allmende.publication.seals import in_use, set_up_demo_seal
from conftest import NOW


def use(town: Body, number: int, *, state: State = State.PUBLIC) -> SealUse:
    """One document sealed, as the engine would leave it."""
    record = Record.objects.create(
        body=town, kind="notice", titles={"de": f"Sperrung {number}"}, path=f"bekanntmachungen/2026/{number}/", visibility=Visibility.PUBLIC
    )
    approver = Person.objects.get(name="Anna")
    publication = Publication.objects.create(
        record=record, body=town, payload=b"{}", approved_by=approver, approved_at=NOW, acting_body=town
    )
    checkpoint = Checkpoint.objects.create(body=town, size=number, root=bytes(32), note=b"", at=NOW)
    far = state == State.PUBLIC
    attempt = Attempt.objects.create(
        body=town,
        publication=publication,
        number=1,
        day=NOW.date(),
        state=state,
        **dict.fromkeys(("page", "fragment", "document", "leaf", "token"), b"x"),
        **dict.fromkeys(("page_salt", "document_salt"), bytes(32)),
        **dict.fromkeys(("stamped_at", "sealed_at"), NOW),
        seal_key=in_use(town),
        **(
            {
                "leaf_index": number,
                "checkpoint": checkpoint,
                "provided_at": NOW,
                "confirmed_at": NOW,
                "bundle_edition": 1,
                "bundle_checkpoint": checkpoint,
            }
            if far
            else {}
        ),
    )
    return SealUse.objects.create(body=town, key=in_use(town), attempt=attempt, document_hash=bytes([number]) * 32, at=NOW)


def test_each_use_is_shown_with_its_notice_and_fingerprint(town: Body, holder: Client, approver: Person) -> None:
    set_up_demo_seal(town, at=timezone.now(), by=None)
    use(town, 7)
    use(town, 8, state=State.SEALED)
    page = said(holder.get("/verwaltung/siegel/"))

    assert '<a class="a-title" href="/bekanntmachungen/2026/7/">Sperrung 7</a>' in page
    assert "07" * 32 in page
    assert "Sperrung 8" in page
    assert 'href="/bekanntmachungen/2026/8/"' not in page  # nothing answers there yet


def test_uses_are_paged_and_cost_the_same(town: Body, holder: Client, approver: Person) -> None:
    set_up_demo_seal(town, at=timezone.now(), by=None)
    counts = []
    for number in range(1, seal.USES_A_PAGE + 2):
        use(town, number)
        if number in (1, 9):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                holder.get("/verwaltung/siegel/")
            counts.append(len(queries))
    first, second = (said(holder.get(f"/verwaltung/siegel/?page={page}")).count("<code") for page in (1, 2))

    assert counts[0] == counts[1]
    assert (first, second) == (seal.USES_A_PAGE, 1)
    for nonsense in ("²", "9" * 5000, "-1", "x", ""):
        assert holder.get("/verwaltung/siegel/", {"page": nonsense}).status_code == 200


def test_the_neighbour_sees_none_of_it(town: Body, neighbour: Body, foreigner: Person, approver: Person) -> None:
    set_up_demo_seal(town, at=timezone.now(), by=None)
    use(town, 7)

    assert "Sperrung 7" not in said(logged_in(foreigner).get("/nebenan/verwaltung/siegel/"))
