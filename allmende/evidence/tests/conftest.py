"""A town that publishes, from the tests of publication, and a kind of record that says what a certificate states of it."""

import pytest

from allmende.core import outbox
from allmende.core.models import Record
from allmende.evidence.certificates import kinds
from allmende.lib.official import Fact
from allmende.publication.tests.conftest import MakeApproved, _no_module_listens, make_approved, ready
from conftest import NOW

__all__ = ["MakeApproved", "_no_module_listens", "make_approved", "ready"]


@pytest.fixture(autouse=True)
def _certified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_KINDS", {})
    kinds.register(
        kinds.CertifiedKind(
            Record.Kind.NOTICE,
            about=lambda record: ("Satzung", "17/2026"),
            effects=lambda record: (Fact("Tritt in Kraft", "am 3. März 2026"),),
        )
    )


@pytest.fixture
def public(make_approved: MakeApproved) -> Record:
    """A notice that answers, from a second after NOW on."""
    publication = make_approved()
    outbox.work(NOW)
    return Record.objects.for_body(publication.body).select_related("body").get(pk=publication.pk)
