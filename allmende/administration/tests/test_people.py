"""People and roles: nobody removes the last administrator, deputies are for a time and with a reason."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connections
from django.test import Client

from allmende.accounts import demo
from allmende.administration import selectors
from allmende.administration.services import people as service
from allmende.administration.services.people import (
    EmailTaken,
    ForHimself,
    HasRole,
    LastAdministrator,
    NobodyToStandFor,
    PeriodNotMeaningful,
    ReasonMissing,
    WorksElsewhere,
)
from allmende.core.errors import DomainError, NotAllowed
from allmende.core.models import AuditEntry, Body, Membership, Person
from allmende.core.permissions import Act, capacity, may
from allmende.core.tests.threads import meeting
from conftest import NOW, Role, person

DAY = date(2026, 3, 2)


def role_of(who: Person, body: Body, role: Role) -> Membership:
    return Membership.objects.for_body(body).get(person=who, role=role)


def deputy(who: Person, stands_for: Person, body: Body, by: Person, **changed: object) -> Membership:
    given: dict[str, object] = {"role": Role.APPROVER, "first": DAY, "last": DAY + timedelta(days=4), "reason": "Urlaub", "at": NOW}
    return service.appoint_deputy(deputy=who, stands_for=stands_for, body=body, by=by, **(given | changed))  # type: ignore[arg-type]


def test_the_last_administrator_stays(town: Body, administrator: Person) -> None:
    with pytest.raises(LastAdministrator):
        service.remove_role(role_of(administrator, town, Role.ADMINISTRATOR).pk, body=town, by=administrator, at=NOW)

    assert may(administrator, town, Act.MANAGE, at=NOW)


def test_with_a_second_one_the_first_can_go(town: Body, administrator: Person) -> None:
    ada = person("Ada", (town, Role.ADMINISTRATOR))
    service.remove_role(role_of(administrator, town, Role.ADMINISTRATOR).pk, body=town, by=ada, at=NOW)

    assert not may(administrator, town, Act.MANAGE, at=NOW)


def test_an_administrator_for_a_time_or_with_a_closed_account_does_not_count(town: Body, administrator: Person) -> None:
    ada = person("Ada", (town, Role.ADMINISTRATOR))
    Membership.objects.for_body(town).filter(person=ada).update(valid_until="2026-12-31")
    bert = person("Bert", (town, Role.ADMINISTRATOR))
    Person.objects.filter(pk=bert.pk).update(is_active=False)

    with pytest.raises(LastAdministrator):
        service.remove_role(role_of(administrator, town, Role.ADMINISTRATOR).pk, body=town, by=administrator, at=NOW)


def test_the_last_administrator_cannot_close_the_own_account(town: Body, administrator: Person) -> None:
    with pytest.raises(LastAdministrator):
        service.close_account(administrator, body=town, by=administrator, at=NOW)

    administrator.refresh_from_db()
    assert administrator.is_active


def test_the_association_counts_for_its_member(town: Body, association: Body, administrator: Person) -> None:
    vera = person("Vera", (association, Role.ADMINISTRATOR))
    service.remove_role(role_of(administrator, town, Role.ADMINISTRATOR).pk, body=town, by=vera, at=NOW)

    with pytest.raises(LastAdministrator):
        service.remove_role(role_of(vera, association, Role.ADMINISTRATOR).pk, body=association, by=vera, at=NOW)


def test_two_administrators_who_remove_each_other_at_the_same_time_leave_one(committed: None, town: Body, administrator: Person) -> None:
    ada = person("Ada", (town, Role.ADMINISTRATOR))
    barrier = meeting(2)
    failed: list[type[Exception]] = []

    def remove(who: Person, by: Person) -> None:
        try:
            barrier.wait()
            service.remove_role(role_of(who, town, Role.ADMINISTRATOR).pk, body=town, by=by, at=NOW)
        except DomainError as error:
            failed.append(type(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=remove, args=pair) for pair in ((administrator, ada), (ada, administrator))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Membership.objects.for_body(town).filter(role=Role.ADMINISTRATOR).count() == 1
    assert failed in ([LastAdministrator], [NotAllowed]), "the second one had no right any more, or would have been the last"


def test_roles_are_given_to_people_who_work_here_and_once(town: Body, administrator: Person, editor: Person, foreigner: Person) -> None:
    service.give_role(editor, Role.AUDITOR, body=town, by=administrator, at=NOW)

    assert may(editor, town, Act.AUDIT, at=NOW)
    with pytest.raises(HasRole):
        service.give_role(editor, Role.AUDITOR, body=town, by=administrator, at=NOW)
    with pytest.raises(NotAllowed):
        service.give_role(foreigner, Role.EDITOR, body=town, by=administrator, at=NOW)


def test_a_role_of_another_body_cannot_be_removed_here(town: Body, neighbour: Body, administrator: Person, foreigner: Person) -> None:
    with pytest.raises(Membership.DoesNotExist):
        service.remove_role(role_of(foreigner, neighbour, Role.EDITOR).pk, body=town, by=administrator, at=NOW)


# --- Deputies -------------------------------------------------------------------------


def test_a_deputy_acts_in_the_time_and_only_then(town: Body, administrator: Person, editor: Person, approver: Person) -> None:
    deputy(editor, approver, town, administrator)

    assert may(editor, town, Act.APPROVE, at=NOW)
    assert may(editor, town, Act.APPROVE, at=NOW + timedelta(days=4))
    assert not may(editor, town, Act.APPROVE, at=NOW + timedelta(days=5))
    assert not may(editor, town, Act.APPROVE, at=NOW - timedelta(days=1))
    assert capacity(editor, town, Act.APPROVE, at=NOW).deputy_for == approver


def test_the_appointment_is_recorded_with_its_reason(town: Body, administrator: Person, editor: Person, approver: Person) -> None:
    deputy(editor, approver, town, administrator)
    entry = AuditEntry.objects.for_body(town).select_related("stored").get(act="people.deputy_appointed")

    assert entry.stored.values["deputy_for"] == "Anna"
    assert entry.stored.values["reason"] == "Urlaub"
    assert (entry.stored.values["from"], entry.stored.values["until"]) == ("2026-03-02", "2026-03-06")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"first": DAY + timedelta(days=9)}, PeriodNotMeaningful),
        ({"first": DAY - timedelta(days=9), "last": DAY - timedelta(days=1)}, PeriodNotMeaningful),
        ({"reason": "  "}, ReasonMissing),
        ({"role": Role.SEAL_HOLDER}, NobodyToStandFor),
    ],
)
def test_an_appointment_that_makes_no_sense_is_refused(
    town: Body, administrator: Person, editor: Person, approver: Person, changed: dict[str, object], error: type[DomainError]
) -> None:
    with pytest.raises(error):
        deputy(editor, approver, town, administrator, **changed)


def test_nobody_stands_for_oneself_and_no_stranger_for_anybody(
    town: Body, administrator: Person, approver: Person, foreigner: Person
) -> None:
    with pytest.raises(ForHimself):
        deputy(approver, approver, town, administrator)
    with pytest.raises(NotAllowed):
        deputy(foreigner, approver, town, administrator)


def test_a_deputy_of_an_administrator_does_not_count_as_one(town: Body, administrator: Person, editor: Person) -> None:
    deputy(editor, administrator, town, administrator, role=Role.ADMINISTRATOR)

    with pytest.raises(LastAdministrator):
        service.remove_role(role_of(administrator, town, Role.ADMINISTRATOR).pk, body=town, by=editor, at=NOW)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_the_administration_appoints(town: Body, editor: Person, approver: Person, role: Role) -> None:
    with pytest.raises(NotAllowed):
        deputy(editor, approver, town, person("Rolf", (town, role)))


# --- Accounts ---------------------------------------------------------------------------


def test_closing_an_account_ends_its_sessions(town: Body, administrator: Person, editor: Person, client: Client) -> None:
    client.force_login(editor)
    service.close_account(editor, body=town, by=administrator, at=NOW)

    assert client.get("/konto/").status_code == 302
    service.open_account(editor, body=town, by=administrator, at=NOW)
    editor.refresh_from_db()
    assert editor.is_active


ACCOUNT_ACTS: list[Callable[..., None]] = [service.close_account, service.open_account, service.reset_second_factor]


@pytest.mark.parametrize("act", ACCOUNT_ACTS)
def test_who_also_works_elsewhere_is_no_business_of_this_administration(
    town: Body, neighbour: Body, administrator: Person, act: Callable[..., None]
) -> None:
    both = person("Bodo", (town, Role.EDITOR), (neighbour, Role.APPROVER))

    with pytest.raises(WorksElsewhere):
        act(both, body=town, by=administrator, at=NOW)
    with pytest.raises(WorksElsewhere):
        service.change_email(both, "neu@example.org", body=town, by=administrator, at=NOW)


@pytest.mark.parametrize("act", ACCOUNT_ACTS)
def test_people_of_the_neighbour_are_out_of_reach(town: Body, administrator: Person, foreigner: Person, act: Callable[..., None]) -> None:
    with pytest.raises(NotAllowed):
        act(foreigner, body=town, by=administrator, at=NOW)


def test_a_lost_second_factor_is_reset(town: Body, administrator: Person, approver: Person) -> None:
    from allmende.accounts.second_factor import has_second_factor

    demo.create_person(name=approver.name, email=approver.email, password="", second_factor=True)
    service.reset_second_factor(approver, body=town, by=administrator, at=NOW)

    assert not has_second_factor(approver)
    assert AuditEntry.objects.for_body(town).filter(act="people.second_factor_reset", actor=administrator).exists()


def test_an_address_belongs_to_one_account(town: Body, administrator: Person, editor: Person, approver: Person) -> None:
    with pytest.raises(EmailTaken):
        service.change_email(editor, "ANNA@example.org", body=town, by=administrator, at=NOW)
    service.change_email(editor, "Erika.Neu@Example.org", body=town, by=administrator, at=NOW)
    editor.refresh_from_db()
    assert editor.email == "erika.neu@example.org"


# --- Lists ------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 9])
def test_the_list_of_people_costs_the_same_for_1_and_9(
    town: Body, administrator: Person, number: int, client: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    for index in range(number):
        person(f"Person{index}", (town, Role.EDITOR), (town, Role.AUDITOR))
    with django_assert_num_queries(3):  # type: ignore[attr-defined]
        rows = [[(held.role, held.deputy_for) for held in one.held] for one in selectors.people_of(town)]

    assert len(rows) == number + 1


def test_the_form_of_a_person_does_what_it_says(
    town: Body, administrator: Person, editor: Person, approver: Person, client: Client
) -> None:
    client.force_login(administrator)
    page = f"/verwaltung/personen/{editor.pk}/"
    client.post(page, {"do": "give", "role": "auditor"})
    refused = client.post(page, {"do": "give", "role": "auditor"})
    wrong = client.post(
        page, {"do": "deputy", "stands_for": approver.pk, "role": "approver", "first": "31.2.2026", "last": "x", "reason": ""}
    )

    assert may(editor, town, Act.AUDIT, at=NOW)
    assert refused.status_code == 409
    assert "Diese Rolle hat die Person schon" in refused.content.decode()
    assert "Den Tag „31.2.2026“ gibt es nicht" in wrong.content.decode()
    membership = role_of(editor, town, Role.AUDITOR)
    client.post(page, {"do": "remove", "membership": membership.pk})
    assert not may(editor, town, Act.AUDIT, at=NOW)
