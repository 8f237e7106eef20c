"""The pages about witnesses in a real browser: accessible and nowhere too wide, with a witness in every state and on a refused form."""

from datetime import timedelta
from typing import Any

import pytest

from allmende.administration.tests.test_in_browser import Visitor, browser, server, visitor  # noqa: F401 (fixtures)
from allmende.core.models import Body, Person
from allmende.lib import tlog
from allmende.publication import log
from allmende.publication.models import Witness
from allmende.publication.setup import set_up_log
from allmende.publication.witness import services
from conftest import NOW

pytestmark = pytest.mark.browser


def test_every_page_about_witnesses(visitor: Visitor, town: Body, administrator: Person) -> None:  # noqa: F811
    set_up_log(town, origin="log.musterstedt.example/amtlich", at=NOW, by=None)
    log.append(town, b"a", at=NOW)
    log.integrate(town, at=NOW)
    states: tuple[dict[str, Any], ...] = (
        {"size": 1, "heard_at": NOW},
        {"heard_at": NOW},
        {"silent_since": NOW + timedelta(hours=1), "last_error": "witness_not_reached"},
        {"is_active": False},
    )
    for n, state in enumerate(states):
        key, signer = tlog.Cosigner(f"w{n}.example/witness", bytes([n]) * 32).key, tlog.Signer(f"log{n}.example", bytes([n]) * 32).key
        made = services.add_witness(town, url=f"https://w{n}.example/witness/w", vkey=str(key), operator=f"Stadt {n}", by=None, at=NOW)
        Witness.objects.for_body(town).filter(pk=made.pk).update(**state)
        services.know_log(town, vkey=str(signer), operator=f"Stadt {n}", by=None, at=NOW)
    visitor.log_in(administrator)

    visitor.go("/verwaltung/zeugen/")
    visitor.check()
    page = visitor.go("/verwaltung/zeugen/neu/")
    visitor.check()
    page.get_by_label("Adresse des Zeugen").fill("http://wiesenmark.example")
    page.get_by_label("Schlüssel des Zeugen").fill("x")
    page.get_by_label("Wer betreibt den Zeugen").fill("Stadt Wiesenmark")
    page.get_by_role("button", name="Speichern und fragen").click()
    assert "Das ist keine Adresse eines Zeugen." in page.inner_text("main")
    visitor.check()
    visitor.go("/verwaltung/zeugen/protokolle/neu/")
    visitor.check()
