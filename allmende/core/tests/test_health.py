"""What `allmende check` says of the work that waits."""

from datetime import timedelta

import pytest
from django.utils import translation

from allmende.core import health
from allmende.core.models import Body, OutboxRow
from conftest import NOW


def park(town: Body, count: int) -> None:
    for number in range(count):
        OutboxRow.objects.create(
            body=town, queue=f"q{number}", topic="publish", key=f"k{number}", state=OutboxRow.State.PARKED, due_at=NOW - timedelta(days=1)
        )


@pytest.mark.parametrize(
    ("count", "language", "said"),
    [
        (1, "de", "1 Vorgang ist nach zehn Fehlern angehalten."),
        (2, "de", "2 Vorgänge sind nach zehn Fehlern angehalten."),
        (1, "en", "1 task has been stopped after ten failures."),
        (2, "en", "2 tasks have been stopped after ten failures."),
    ],
)
def test_one_is_one_and_two_are_two(town: Body, count: int, language: str, said: str) -> None:
    park(town, count)
    with translation.override(language):
        found = [finding for finding in health.worker(NOW) if finding.level is health.Level.BAD]

    assert [str(finding.what) for finding in found] == [said]
    assert ("setzen Sie ihn" in str(found[0].advice)) == (count == 1 and language == "de")
