from datetime import timedelta

import pytest

from allmende.core import lease
from conftest import NOW

LATER = NOW + lease.LENGTH + timedelta(seconds=1)


@pytest.mark.django_db
def test_one_process_holds_the_job_and_renews_it() -> None:
    assert lease.take("worker", "a", at=NOW)
    assert lease.take("worker", "a", at=NOW + lease.LENGTH / 2)
    assert not lease.take("worker", "b", at=NOW + lease.LENGTH)


@pytest.mark.django_db
def test_who_died_loses_it_after_a_while() -> None:
    lease.take("worker", "a", at=NOW)

    assert lease.take("worker", "b", at=LATER)
    assert not lease.take("worker", "a", at=LATER)


@pytest.mark.django_db
def test_who_gives_it_back_leaves_it_to_the_next_at_once() -> None:
    lease.take("worker", "a", at=NOW)
    lease.give_back("worker", "a")

    assert lease.take("worker", "b", at=NOW)
