"""Two administrators at the same moment: what one has decided the other reads, and nothing of what was typed is lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from allmende.administration.rules import errors, services
from allmende.administration.rules.models import OwnRule, ProfileDecision
from allmende.administration.tests.legal_rules import LATER, acts, rule
from allmende.administration.tests.staff import logged_in, said
from allmende.core.errors import ChangedMeanwhile
from allmende.core.models import Body, Person
from allmende.core.tests.threads import at_once, meeting
from allmende.lib.legalcalendar.profiles import Profile
from conftest import NOW, Role, person

ENTER = "/verwaltung/recht/regel/complaint.period/eintragen/"
FILLED = {"unit": "M", "law": "Hauptsatzung", "section": "§ 22", "reason": "Beschluss vom 1.11.2026"}


class Together:
    """Lets a statement through only when `people` have come as far as it: then all of them are inside their transactions."""

    def __init__(self, statement: str, people: int = 2) -> None:
        self.statement, self.barrier = statement, meeting(people)

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(self.statement):
            self.barrier.wait()
        return execute(sql, *rest)


def test_of_two_own_rules_for_one_case_one_counts(committed: None, ruled: Body, administrator: Person) -> None:
    def enter(i: int) -> str:
        try:
            services.set_rule(rule(value=f"P{i + 1}M"), body=ruled, by=administrator, at=NOW)
        except errors.RuleClash:
            return "clash"
        return "entered"

    assert at_once(enter) == {"entered": 1, "clash": 7}
    assert OwnRule.objects.for_body(ruled).count() == acts(ruled).count("rules.rule_set") == 1


@pytest.mark.postgresql  # SQLite has one writer: the second would never come as far as its row
def test_whose_rule_comes_second_reads_why_and_keeps_what_was_typed(committed: None, ruled: Body, administrator: Person) -> None:
    """Both have been let in, both have looked, and both are inside their transactions when the rows come."""
    clients = [logged_in(administrator), logged_in(person("Ada", (ruled, Role.ADMINISTRATOR)))]
    forms = [FILLED | {"count": str(count)} for count in (6, 9)]
    seen = [client.post(ENTER, form).context["form"].fingerprint for client, form in zip(clients, forms, strict=True)]
    together = Together('INSERT INTO "administration_ownrule"')
    pages: dict[int, Any] = {}

    def save(i: int) -> str:
        with connection.execute_wrapper(together):
            pages[i] = clients[i].post(ENTER, forms[i] | {"save": "1", "seen": seen[i]})
        return str(pages[i].status_code)

    assert at_once(save, people=2) == {"302": 1, "409": 1}
    (late,) = (i for i, page in pages.items() if page.status_code == 409)
    assert "Für denselben Fall gilt schon eine eigene Regel" in said(pages[late])
    assert f'value="{forms[late]["count"]}"' in said(pages[late])
    assert "Beschluss vom 1.11.2026" in said(pages[late])
    assert OwnRule.objects.for_body(ruled).get().value == f"P{forms[1 - late]['count']}M"
    assert acts(ruled).count("rules.rule_set") == 1


@pytest.mark.postgresql
def test_rules_for_different_cases_do_not_stand_in_each_others_way(committed: None, ruled: Body, administrator: Person) -> None:
    """One key, and the days of one end before those of the other begin."""
    together = Together('INSERT INTO "administration_ownrule"')
    days: list[dict[str, Any]] = [{"valid_until": date(2026, 12, 31)}, {"valid_from": date(2027, 1, 1)}]

    def enter(i: int) -> str:
        with connection.execute_wrapper(together):
            services.set_rule(rule(**days[i]), body=ruled, by=administrator, at=NOW)
        return "entered"

    assert at_once(enter, people=2) == {"entered": 2}


def test_of_all_who_change_the_same_rule_one_is_in_time(committed: None, ruled: Body, administrator: Person) -> None:
    first = services.set_rule(rule(), body=ruled, by=administrator, at=NOW)

    def change(i: int) -> str:
        try:
            if i % 2:
                services.end_rule(first.pk, body=ruled, reason="Irrtum", by=administrator, at=LATER)
                return "done"
            services.set_rule(rule(value=f"P{i + 1}Y"), body=ruled, replaces=first.pk, by=administrator, at=LATER)
        except ChangedMeanwhile:
            return "too late"
        return "done"

    assert at_once(change) == {"done": 1, "too late": 7}
    first.refresh_from_db()
    assert first.ended_at == LATER
    assert OwnRule.objects.for_body(ruled).filter(ended_at=None).count() == acts(ruled).count("rules.rule_set") - 1


def test_of_all_who_adopt_the_rules_of_the_land_one_does(committed: None, town: Body, administrator: Person) -> None:
    def begin(i: int) -> str:
        try:
            services.begin(body=town, by=administrator, at=NOW)
        except errors.NotOffered:
            return "too late"
        return "adopted"

    assert at_once(begin) == {"adopted": 1, "too late": 7}
    assert ProfileDecision.objects.for_body(town).count() == 2
    assert acts(town) == ["rules.adopted", "rules.adopted"]


@pytest.mark.postgresql
def test_nobody_stays_behind_a_version_that_was_adopted_meanwhile(
    committed: None, ruled: Body, administrator: Person, next_release: Profile
) -> None:
    """Who wants to stay has been let in when the other one adopts."""
    given: dict[str, Any] = {"body": ruled, "profile": "ST", "version": 2, "by": administrator}
    together = Together('INSERT INTO "administration_profiledecision"')

    def stay_or_adopt(i: int) -> str:
        try:
            if i:
                with connection.execute_wrapper(together):
                    services.keep_profile(reason="Rechtsamt prüft noch.", at=LATER, **given)
                return "kept"
            services.adopt_profile(at=NOW, **given)
            together.barrier.wait()
        except errors.NotOffered:
            return "too late"
        return "adopted"

    assert at_once(stay_or_adopt, people=2) == {"adopted": 1, "too late": 1}
    assert acts(ruled)[2:] == ["rules.adopted"]


def test_of_adopting_and_keeping_at_once_each_is_written_down_once_at_most(
    committed: None, ruled: Body, administrator: Person, next_release: Profile
) -> None:
    def decide(i: int) -> str:
        given: dict[str, Any] = {"body": ruled, "profile": "ST", "version": 2, "by": administrator, "at": LATER}
        try:
            if i % 2:
                services.keep_profile(reason="Rechtsamt prüft noch.", **given)
                return "kept"
            services.adopt_profile(**given)
        except errors.NotOffered:
            return "too late"
        return "adopted"

    done = at_once(decide)

    assert done["adopted"] == 1
    assert done["kept"] <= 1
    assert sum(done.values()) == done["adopted"] + done["kept"] + done["too late"] == 8
    assert ProfileDecision.objects.for_body(ruled).filter(version=2).count() == done["adopted"] + done["kept"]
