"""The year in each Land: its end, the leap day, holidays, and limits that end on a weekend. Reckoned by hand."""

import pytest

from allmende.lib.legalcalendar.computation import Code, EntryClause
from allmende.lib.legalcalendar.kinds import Form, NoticeKind
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import Use, profile_of
from allmende.lib.legalcalendar.tests.cases import Case, by_law, day

BW, NW, SL, SN, ST, TH = (
    Land.BADEN_WUERTTEMBERG,
    Land.NORDRHEIN_WESTFALEN,
    Land.SAARLAND,
    Land.SACHSEN,
    Land.SACHSEN_ANHALT,
    Land.THUERINGEN,
)


@pytest.mark.parametrize(
    ("on", "entry", "complaint"),
    [
        # The year ends; New Year's Day is a holiday and the entry does not move.
        ("2026-12-31", "2027-01-01", {ST: None, NW: "2027-06-30", BW: "2027-12-31", SN: "2027-12-31", TH: "2027-12-31", SL: "2027-12-31"}),
        # Leap day: a year later the month has no such day.
        ("2028-02-29", "2028-03-01", {ST: None, NW: "2028-08-29", BW: "2029-02-28", SN: "2029-02-28", TH: "2029-02-28", SL: "2029-02-28"}),
        # A year later is a Saturday; on Monday All Saints' Day is a holiday in two of these Länder.
        ("2026-10-30", "2026-10-31", {ST: None, NW: "2027-04-30", BW: "2027-11-02", SN: "2027-11-01", TH: "2027-11-01", SL: "2027-11-02"}),
        # Provided on a Sunday; half a year later is Saturday, 1 May.
        ("2026-11-01", "2026-11-02", {ST: None, NW: "2027-05-03", BW: "2027-11-02", SN: "2027-11-01", TH: "2027-11-01", SL: "2027-11-02"}),
        # Christmas: the entry is on a holiday.
        ("2026-12-24", "2026-12-25", {ST: None, NW: "2027-06-24", BW: "2027-12-24", SN: "2027-12-24", TH: "2027-12-24", SL: "2027-12-24"}),
        # Half a year from the end of August ends in February; a year later is a Tuesday.
        ("2026-08-31", "2026-09-01", {ST: None, NW: "2027-03-01", BW: "2027-08-31", SN: "2027-08-31", TH: "2027-08-31", SL: "2027-08-31"}),
        # A year later is Repentance Day, a holiday in Sachsen alone.
        ("2026-11-17", "2026-11-18", {ST: None, NW: "2027-05-18", BW: "2027-11-17", SN: "2027-11-18", TH: "2027-11-17", SL: "2027-11-17"}),
        # A year later is Children's Day, a holiday in Thüringen alone.
        ("2026-09-20", "2026-09-21", {ST: None, NW: "2027-03-22", BW: "2027-09-20", SN: "2027-09-20", TH: "2027-09-21", SL: "2027-09-20"}),
    ],
)
def test_the_year_in_each_usable_land(on: str, entry: str, complaint: dict[Land, str | None]) -> None:
    assert set(complaint) == {land for land in Land if profile_of(land).use is Use.USABLE}
    for land, last in complaint.items():
        timeline = by_law(
            land,
            on,
            entry=EntryClause() if land in (ST, BW) else None,
            carries_complaint_hint=True,
            earlier_publication_allowed=True,
        )
        assert timeline.blocking == (), land
        assert timeline.day(Code.COMPLETION) == day(on), land
        assert timeline.day(Code.ENTRY) == day(entry), land
        assert timeline.day(Code.COMPLAINT_END) == (day(last) if last else None), land


@pytest.mark.parametrize("land", [ST, BW])
def test_a_by_law_must_name_its_day_where_no_default_is_confirmed(land: Land) -> None:
    [problem] = by_law(land, "2026-11-30", carries_complaint_hint=True).blocking
    assert problem.code == "entry_day_missing"
    assert problem.candidates == (day("2026-12-01"),)


@pytest.mark.parametrize(
    ("land", "form"), [(Land.BAYERN, Form.ELECTRONIC_GAZETTE), (Land.BAYERN, Form.DEPOSIT), (Land.HESSEN, Form.INTERNET)]
)
@pytest.mark.parametrize("entry", ["2027-01-01", "2028-02-29"])
def test_in_a_half_usable_land_a_by_law_with_its_own_day_can_be_published(land: Land, form: Form, entry: str) -> None:
    timeline = Case("", land, NoticeKind.BY_LAW, "2026-12-31", {"entry": EntryClause(day(entry))}, form=form).timeline()
    assert timeline.blocking == ()
    assert timeline.day(Code.COMPLETION) is None
    assert timeline.day(Code.ENTRY) == day(entry)
    assert timeline.day(Code.COMPLAINT_END) is None


@pytest.mark.parametrize("land", [land for land in Land if profile_of(land).use in (Use.NOT_USABLE, Use.NONE)])
@pytest.mark.parametrize("kind", [NoticeKind.BY_LAW, NoticeKind.MEETING, NoticeKind.SERVICE, NoticeKind.ELECTION])
def test_nothing_with_legal_effect_is_published_under_a_profile_that_cannot_be_used(land: Land, kind: NoticeKind) -> None:
    facts = {"entry": EntryClause(day("2027-01-01")), "session_on": day("2026-12-10"), "erase_on": day("2027-03-01")}
    timeline = Case("", land, kind, "2026-11-30", facts).timeline()
    assert timeline.blocking
    assert timeline.day(Code.COMPLETION) is None
    assert timeline.day(Code.EFFECT) is None


@pytest.mark.parametrize("land", list(Land))
@pytest.mark.parametrize("kind", [NoticeKind.INFORMATION, NoticeKind.TENDER])
def test_information_and_tenders_are_free_everywhere(land: Land, kind: NoticeKind) -> None:
    timeline = Case("", land, kind, "2026-12-31").timeline()
    assert timeline.problems == ()
    assert [step.code for step in timeline.steps] == [Code.PROVISION]


@pytest.mark.parametrize("land", list(Land))
def test_service_is_computed_only_where_the_federal_act_is_known_to_apply(land: Land) -> None:
    timeline = Case("", land, NoticeKind.SERVICE, "2026-12-17").timeline()
    known = land in (ST, SN)
    assert timeline.day(Code.ERASE_FROM) == (day("2027-01-01") if known else None)
    assert bool(timeline.blocking) == (not known)
