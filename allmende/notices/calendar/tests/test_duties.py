"""Which duties the platform sees met, which a person confirms, and what a seal is worth."""

import pytest
from django.test import Client

from allmende.core.models import Body
from allmende.lib.legalcalendar.kinds import BodyKind
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.tests.cases import morning
from allmende.notices import kinds
from allmende.notices.calendar.duties import AREAS, EQUALS_ORIGINAL, NOT_SEEN, START_PAGE, SeenElsewhere, duty_of, level_of
from allmende.notices.calendar.outlook import Outlook, outlook
from allmende.notices.calendar.statement import NOTHING_STATED, Statement
from allmende.notices.calendar.tests.cases import basis, publishing
from allmende.notices.tests.lawful import BYLAW

BW, NW, TH = Land.BADEN_WUERTTEMBERG, Land.NORDRHEIN_WESTFALEN, Land.THUERINGEN


def seen(
    land: Land,
    details: dict[str, str] | None = None,
    *,
    seal: str = "qualified",
    statement: Statement = NOTHING_STATED,
    own_page: str = "",
    elsewhere: SeenElsewhere = NOT_SEEN,
) -> Outlook:
    ways = publishing(address="https://www.musterstedt.example/")
    law = kinds.get("bylaw").law
    rests_on = basis(land, ways=ways, body=BodyKind.MUNICIPALITY)
    asked = {"seal": seal, "statement": statement, "own_page": own_page, "elsewhere": elsewhere}
    found = outlook(law, BYLAW | (details or {}), rests_on, at=morning("2026-03-02"), **asked)  # type: ignore[arg-type]
    assert found is not None
    return found


def unmet(found: Outlook) -> set[str]:
    return {problem.key for problem in found.unmet}


@pytest.mark.parametrize(("level", "blocked"), [("", True), ("advanced_demo", True), ("advanced", True), ("qualified", False)])
def test_baden_wuerttemberg_asks_for_a_qualified_seal(level: str, blocked: bool) -> None:
    found = seen(BW, seal=level)

    assert ("seal.level" in unmet(found)) is blocked
    assert ("seal.level" in {problem.key for problem in found.blocking}) is blocked


def test_a_demo_seal_shows_nobody_and_meets_no_demand() -> None:
    assert level_of("advanced_demo") == level_of("")


@pytest.mark.parametrize(
    ("own_page", "met"),
    [
        ("https://www.musterstedt.example", True),
        ("http://www.Musterstedt.example/", True),
        ("https://bekannt.musterstedt.example", False),  # another page stands in front of it
        ("https://www.musterstedt.example/amt", False),
        ("", False),
    ],
)
def test_the_area_is_seen_where_the_named_page_is_the_start_page_of_this_platform(own_page: str, met: bool) -> None:
    """§ 1 Abs. 2 DVO GemO; VGH BW 27.2.2024, 2 S 518/23."""
    found = seen(BW, own_page=own_page)

    assert (START_PAGE in found.seen) is met
    assert (START_PAGE in {duty.code for duty in found.confirm}) is not met


@pytest.mark.parametrize("lately", [True, False])
def test_the_area_is_seen_on_a_page_elsewhere_as_long_as_a_look_at_it_counts(lately: bool) -> None:
    asked: list[tuple[str, str]] = []

    def elsewhere(address: str, area: str) -> bool:
        asked.append((address, area))
        return lately

    found = seen(BW, own_page="https://bekannt.musterstedt.example", elsewhere=elsewhere)
    assert (START_PAGE in found.seen) is lately
    assert (START_PAGE in {duty.code for duty in found.confirm}) is not lately
    assert asked == [("https://www.musterstedt.example/", "Ortsrecht")]


def test_the_start_page_has_a_link_of_each_name_that_is_taken_for_an_area(town: Body, client: Client) -> None:
    page = client.get("/").content.decode()
    navigation = page[page.index("<nav") : page.index("</nav>")]

    for area in AREAS:
        assert f">{area}</a>" in navigation


def test_what_only_people_know_waits_for_a_tick_and_is_met_by_it() -> None:
    found = seen(NW)
    asked = {duty.code for duty in found.confirm}
    assert {"confirmation.written", "order.signed"} <= asked

    stated = seen(NW, statement=Statement(confirmed=frozenset(asked)))
    assert stated.to_state == ()
    assert stated.blocking == ()


def test_an_approval_is_seen_in_the_fields_or_confirmed_not_to_be_needed() -> None:
    with_approval = {"approval_authority": "Landkreis", "approval_on": "2026-02-20"}
    assert "approval.named" in {duty.code for duty in seen(Land.SACHSEN).confirm}
    assert "approval.named" not in {duty.code for duty in seen(Land.SACHSEN, with_approval).confirm}


def test_the_wait_after_supervision_is_a_field_not_a_tick() -> None:
    found = seen(TH, statement=Statement(confirmed=frozenset({"supervision.wait"})))

    assert "confirmed_by_supervision_on" in {problem.key for problem in found.of_rules}
    assert "supervision.wait" in unmet(found)


def test_every_duty_has_words_for_who_reads_what_was_confirmed() -> None:
    assert duty_of(EQUALS_ORIGINAL).words.de == "Der Text gleicht der unterzeichneten Satzung."
