"""The archive time stamp of a log: made when it is due, never changed, and enough to keep an old proof provable."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from allmende.core import housekeeping, outbox
from allmende.core.health import Level
from allmende.core.models import Body, Record
from allmende.evidence.archive import health, stamping
from allmende.evidence.archive.selectors import file_of, of_log
from allmende.evidence.models import ArchiveStamp
from allmende.lib import proof, seal
from allmende.lib.proof import archive
from allmende.publication import store
from allmende.publication.models import SealKey
from allmende.publication.tests.conftest import MakeApproved
from conftest import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)


def numbers(body: Body) -> list[int]:
    return list(ArchiveStamp.objects.for_body(body).order_by("number").values_list("number", flat=True))


def test_the_first_follows_the_first_entry_the_next_after_a_year(public: Record) -> None:
    for after in (HOUR, 2 * HOUR, YEAR - HOUR, YEAR + 2 * HOUR):
        housekeeping.do("archive_stamps", NOW + after)

    assert numbers(public.body) == [1, 2]


def test_an_empty_log_and_a_body_without_seal_have_none(ready: Body, neighbour: Body) -> None:
    assert list(stamping.due(NOW)) == []


def test_a_certificate_that_ends_soon_is_followed_before(public: Record) -> None:
    row = stamping.stamp(public.body, NOW + HOUR)
    assert row is not None
    row.stamped_at = row.ends_at - timedelta(days=70)

    assert not stamping.is_due(row, row.ends_at - timedelta(days=61))
    assert stamping.is_due(row, row.ends_at - timedelta(days=59))
    row.stamped_at = row.ends_at - timedelta(days=59)  # by an authority that still has the certificate which ends
    assert not stamping.is_due(row, row.stamped_at + timedelta(hours=1))
    assert stamping.is_due(row, row.stamped_at + stamping.AGAIN)


def test_a_seal_that_is_locked_does_not_hold_it_up(public: Record) -> None:
    SealKey.objects.for_body(public.body).update(state="locked", secret=None, unlocked_until=None)
    housekeeping.do("archive_stamps", NOW + HOUR)

    assert numbers(public.body) == [1]


def test_two_workers_at_once_store_one(public: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    really = seal.stamp_data

    def slow(*args: object, **values: object) -> object:
        made = really(*args, **values)  # type: ignore[arg-type]
        with monkeypatch.context() as alone:
            alone.setattr(seal, "stamp_data", really)
            stamping.stamp(public.body, NOW + HOUR)
        return made

    monkeypatch.setattr(seal, "stamp_data", slow)

    assert stamping.stamp(public.body, NOW + HOUR) is None
    assert numbers(public.body) == [1]


def test_it_covers_the_bundle_of_the_page_and_later_entries_change_nothing(public: Record, make_approved: MakeApproved) -> None:
    stamping.stamp(public.body, NOW + HOUR)
    before = file_of(public.body, 1)
    make_approved(at=NOW + 2 * HOUR)
    outbox.work(NOW + 2 * HOUR)
    report = proof.verify(store.file_of(public, "zip").read_bytes(), archive=before)

    assert file_of(public.body, 1) == before
    assert [check.reason for check in report.checks if check.code == "archive"] == ["demo"]
    assert archive.read(before or b"").size == 1


def test_anybody_fetches_it_and_the_page_of_the_log_lists_it(public: Record, client: Client) -> None:
    stamping.stamp(public.body, NOW + HOUR)
    file, same = client.get("/log/archiv/1.zip"), client.get("/log/musterstedt/archiv/1.zip")

    assert file.content == same.content == file_of(public.body, 1)
    assert "immutable" in file["Cache-Control"]
    assert "/log/archiv/1.zip" in client.get("/protokoll/").content.decode()
    assert [client.get(address).status_code for address in ("/log/archiv/2.zip", "/log/nirgends/archiv/1.zip")] == [404, 404]


def test_the_list_takes_one_query_more_for_none(public: Record, django_assert_num_queries: object) -> None:
    for year in range(9):
        stamping.stamp(public.body, NOW + HOUR + year * timedelta(minutes=1))
    of_log(public.body)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(of_log(public.body)) == 9


def levels(at: datetime) -> list[Level]:
    return [finding.level for finding in health.stamps(at)]


def test_the_check_warns_when_none_is_made_for_days(public: Record) -> None:
    assert (levels(NOW + HOUR), levels(NOW + timedelta(days=4))) == ([Level.OK], [Level.WARN])
    stamping.stamp(public.body, NOW + HOUR)

    assert (levels(NOW + timedelta(days=4)), levels(NOW + YEAR + timedelta(days=2))) == ([Level.OK], [Level.OK])
    assert levels(NOW + YEAR + timedelta(days=4)) == [Level.WARN]


def test_nobody_changes_it(public: Record) -> None:
    stamping.stamp(public.body, NOW + HOUR)
    mine = ArchiveStamp.objects.for_body(public.body)

    with pytest.raises(IntegrityError), transaction.atomic():
        mine.update(token=b"x")
    with pytest.raises(IntegrityError), transaction.atomic():
        mine.delete()
