"""Every address of the platform × every kind of person × two bodies: who gets how far, and that nobody else learns or changes anything.

The addresses come from the URL configuration: one without a line in RULES, or with a hole that `holes` cannot fill, fails.
"""

from contextlib import nullcontext
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django import Settings

from tests.addresses import every_address
from tests.isolation.findings import Findings, ask, rows, undone
from tests.isolation.rules import EVERY_PAGE, EVERYBODY, LOGGED_IN, NEXT_DOOR, OWN, READ, RULES, Someone, expected, let_in, methods, routes


def test_every_address_has_a_rule() -> None:
    names = {name for name, _, _ in every_address()}

    assert names - set(RULES) == set()


@pytest.mark.slow
def test_nobody_learns_or_changes_what_is_not_theirs(people: list[Someone], holes: dict[str, Any], settings: Settings) -> None:
    findings, addresses = Findings(), routes(holes)
    for someone in people:
        cache.clear()  # counters of the throttles
        before = rows()
        for next_door in (False, True) if someone.who in NEXT_DOOR else (False,):
            for route in addresses:
                if RULES[route.name].who in (OWN, LOGGED_IN, EVERYBODY) and someone.who not in EVERY_PAGE:
                    continue
                address = f"/nebenan{route.path}" if next_door else route.path
                for method in methods(someone, RULES[route.name]):
                    if route.name == "notices_staff:preview_pdf" and method == "GET" and READ in someone.here and not next_door:
                        continue  # takes long, and its own tests read it
                    wanted = expected(someone, route, method, next_door=next_door)
                    if let_in(someone, wanted):
                        with undone(settings.UPLOAD_DIR):
                            response = ask(someone, method, address)
                            findings.look(someone, response, f"{method} {address}", wanted, next_door=next_door)
                    else:
                        response = ask(someone, method, address)
                        findings.look(someone, response, f"{method} {address}", wanted, next_door=next_door)
        after = rows()
        findings.wrong += [f"{someone.who}: changed {label}" for label in before if before[label] != after[label]]

    assert findings.wrong == [], "\n".join([f"{len(findings.wrong)} of {findings.asked}", *findings.wrong])
    # The words are really there, or nothing above could fail.
    readers = {one.who for one in people if READ in one.here}
    assert findings.seen["geheimtitel"] == findings.seen["geheimtext"] == findings.seen["geheimkommentar"] == readers
    assert findings.seen["geheimnachweis"] == readers
    assert findings.seen["geheimwert"] == {"auditor"}
    assert {"administrator", "auditor"} <= findings.seen["geheimgast"]
    assert {"administrator", "auditor"} <= findings.seen["geheimgrund"]
    assert "editor" in findings.seen["geheimbild"]


def test_other_methods_open_no_other_door(people: list[Someone], holes: dict[str, Any], settings: Settings) -> None:
    """HEAD is GET without content; OPTIONS and DELETE let nobody in."""
    findings = Findings()
    before = rows()
    for someone in (one for one in people if one.who in ("anonymous", "all roles next door")):
        for route in routes(holes):
            wanted = expected(someone, route, "GET", next_door=False)
            with transaction.atomic():
                head = ask(someone, "HEAD", route.path)
                findings.look(someone, head, f"HEAD {route.path}", None, next_door=False)
                if wanted is not None and head.status_code not in wanted | {405}:
                    findings.wrong.append(f"{someone.who}: HEAD {route.path} → {head.status_code}")
                if b"".join(head.streaming_content) if head.streaming else head.content:
                    findings.wrong.append(f"{someone.who}: HEAD {route.path} has content")
                transaction.set_rollback(True)
            for method in ("OPTIONS", "DELETE"):
                own = RULES[route.name].who in (OWN, LOGGED_IN)  # allauth notes the address of whoever comes by
                with undone(settings.UPLOAD_DIR) if own else nullcontext():
                    response = ask(someone, method, route.path)
                    findings.look(someone, response, f"{method} {route.path}", None, next_door=False)
                if response.status_code == 200 and not own:
                    findings.wrong.append(f"{someone.who}: {method} {route.path} → 200")
    assert before == rows()
    assert findings.wrong == [], "\n".join(findings.wrong)
