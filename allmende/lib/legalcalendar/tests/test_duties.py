"""What has to be done besides the days."""

from datetime import date

import pytest

from allmende.lib.legalcalendar.choices import SealNeeded
from allmende.lib.legalcalendar.duties import Duty, State, When, duties, unmet
from allmende.lib.legalcalendar.duties.catalogue import DUTIES
from allmende.lib.legalcalendar.keys import KEYS
from allmende.lib.legalcalendar.kinds import BodyKind, Form, NoticeKind
from allmende.lib.legalcalendar.overlay import Overlay, RuleBook
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.tests.cases import own

TODAY = date(2026, 11, 30)


def listed(
    land: Land,
    kind: NoticeKind = NoticeKind.BY_LAW,
    form: Form = Form.INTERNET,
    *,
    body: BodyKind = BodyKind.MUNICIPALITY,
    fines: bool = False,
    rules: Overlay | None = None,
) -> dict[str, Duty]:
    found = duties(RuleBook.of(land, rules), kind=kind, form=form, body=body, on=TODAY, fines=fines)
    return {duty.code: duty for duty in found}


def binding(land: Land, kind: NoticeKind = NoticeKind.BY_LAW, form: Form = Form.INTERNET, when: When | None = None) -> set[str]:
    return {code for code, duty in listed(land, kind, form).items() if duty.binds and when in (None, duty.when)}


def test_every_duty_has_a_key_that_exists_and_each_key_once() -> None:
    names = [item.key for item in DUTIES]
    assert set(names) <= set(KEYS)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("land", "codes"),
    [
        (Land.SACHSEN_ANHALT, {"hint.required", "form.address_named", "inspection.stated", "signing.chief_officer", "provision_day.shown"}),
        (
            Land.NORDRHEIN_WESTFALEN,
            {"hint.required", "evidence.copy", "confirmation.written", "order.signed", "online.permanent", "complaint.hint"},
        ),
        (Land.BADEN_WUERTTEMBERG, {"seal.level", "start_page.link", "online.period", "form.free_access", "complaint.hint"}),
        (Land.SACHSEN, {"approval.named", "supervision.report", "authentic_form.named", "complaint.hint", "text.full"}),
        (Land.THUERINGEN, {"supervision.wait", "complaint.hint"}),
        (Land.SAARLAND, {"approval.named"}),
        (Land.HESSEN, {"hint.required", "form.address_named"}),
    ],
)
def test_a_land_asks_for_what_its_rules_say(land: Land, codes: set[str]) -> None:
    assert codes <= binding(land)


def test_what_a_land_does_not_ask_for_is_no_duty() -> None:
    assert "seal.level" not in listed(Land.SACHSEN_ANHALT)  # the text is silent
    assert "hint.required" not in listed(Land.BADEN_WUERTTEMBERG)
    assert "start_page.link" not in listed(Land.NORDRHEIN_WESTFALEN)


def test_an_unconfirmed_duty_is_shown_and_does_not_bind() -> None:
    duty = listed(Land.THUERINGEN)["seal.level"]
    assert (duty.binds, duty.source) == (False, "§§ 1, 2 ThürBekVO")
    assert "nicht bestätigt" in duty.words.de
    assert not listed(Land.BADEN_WUERTTEMBERG)["supervision.report"].binds


def test_a_qualified_seal_is_needed_in_baden_wuerttemberg() -> None:
    found = tuple(listed(Land.BADEN_WUERTTEMBERG).values())
    met = frozenset(duty.code for duty in found if duty.code != "seal.level")
    for seal in (SealNeeded.NONE, SealNeeded.ADVANCED):
        [problem] = unmet(found, State(seal, met))
        assert (problem.code, problem.key, problem.severity) == ("duty_unmet", "seal.level", "blocks")
        assert "qualifiziert" in problem.words.de
    assert unmet(found, State(SealNeeded.QUALIFIED, met)) == ()


def test_the_start_page_shows_the_area_the_law_names() -> None:
    assert "„Ortsrecht“" in listed(Land.BADEN_WUERTTEMBERG)["start_page.link"].words.de
    assert "„Öffentliche Bekanntmachungen“" in listed(Land.BADEN_WUERTTEMBERG, body=BodyKind.DISTRICT)["start_page.link"].words.de
    problems = unmet(tuple(listed(Land.BADEN_WUERTTEMBERG).values()), State(SealNeeded.QUALIFIED))
    assert {"start_page.link", "form.address_named", "inspection.stated"} <= {problem.key for problem in problems}


def test_tasks_after_publication_do_not_block_it() -> None:
    found = tuple(listed(Land.NORDRHEIN_WESTFALEN).values())
    before = frozenset(duty.code for duty in found if duty.when is When.BEFORE)
    assert unmet(found, State(met=before)) == ()
    assert {"hint.required", "evidence.copy"} <= {duty.code for duty in found if duty.when is When.AFTER}
    assert "gedrucktes Amtsblatt oder Zeitung oder Aushang" in listed(Land.NORDRHEIN_WESTFALEN)["hint.required"].words.de
    assert "(Zeitung)" in listed(Land.HESSEN)["hint.required"].words.de


def test_by_laws_with_fines_go_to_court_and_police_in_bavaria() -> None:
    assert "send.court_and_police" in listed(Land.BAYERN, form=Form.ELECTRONIC_GAZETTE, fines=True)
    assert "send.court_and_police" not in listed(Land.BAYERN, form=Form.ELECTRONIC_GAZETTE)


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        (NoticeKind.PLAN, {"plan.second_medium", "plan.other_access", "plan.portal", "plan.hints"}),
        (NoticeKind.PLAN_IN_FORCE, {"plan.second_medium", "plan.kept_for_all", "plan.complaint_hint"}),
        (NoticeKind.SERVICE, {"service.form", "service.contents", "service.no_full_text", "service.record", "personal.necessity"}),
        (NoticeKind.GENERAL_ORDER, {"website.duty", "personal.necessity"}),
        (NoticeKind.ELECTION, {"personal.necessity", "website.duty"}),
    ],
)
def test_federal_duties_hold_in_every_land(kind: NoticeKind, codes: set[str]) -> None:
    for land in Land:
        assert codes <= binding(land, kind)


def test_other_notices_follow_the_rules_for_by_laws_where_the_land_says_so() -> None:
    assert "hint.required" in listed(Land.SACHSEN_ANHALT, NoticeKind.MEETING)
    assert "hint.required" not in listed(Land.NORDRHEIN_WESTFALEN, NoticeKind.MEETING)
    assert "signing.chief_officer" not in listed(Land.SACHSEN_ANHALT, NoticeKind.MEETING)


def test_print_has_no_duties_of_the_web() -> None:
    assert not {"seal.level", "start_page.link", "online.period"} & set(listed(Land.BADEN_WUERTTEMBERG, form=Form.GAZETTE))


def test_a_body_can_enter_a_duty_of_its_own() -> None:
    assert listed(Land.SACHSEN_ANHALT, rules=own(("seal.level", "advanced")))["seal.level"].binds


def test_duties_come_in_the_order_of_the_work() -> None:
    found = [duty.when for duty in listed(Land.NORDRHEIN_WESTFALEN).values()]
    assert found == sorted(found, key=list(When).index)
