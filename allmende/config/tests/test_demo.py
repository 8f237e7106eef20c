"""The demo is made by one process at a time."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from allmende.core import lease
from allmende.core.models import Body, Lease


@pytest.mark.django_db
def test_a_second_process_does_not_make_the_demo_as_well() -> None:
    lease.take("demo", "another", at=timezone.now())

    with pytest.raises(CommandError, match="Another process"):
        call_command("demo", verbosity=0)

    assert not Body.objects.exists()
    assert Lease.objects.get(name="demo").holder == "another"


def test_an_installation_that_is_not_empty_keeps_what_it_has(town: Body) -> None:
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo", verbosity=0)

    assert Body.objects.count() == 1
    assert not Lease.objects.filter(name="demo").exists()
