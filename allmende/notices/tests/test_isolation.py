"""Every address of the office, every role, both bodies: who is let in, and that nobody else learns anything."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from PIL import Image

from allmende.core.models import Body, Membership, Office, Person
from allmende.lib.extraction.tests.office import by_law
from allmende.lib.video.tests.made import mp4
from allmende.notices import services, staff_urls
from allmende.notices.attachments import services as files
from allmende.notices.attachments.intake import from_bytes
from allmende.notices.models import Comment, Explanation, Notice, NoticeFile, Picture
from allmende.notices.plain import films
from allmende.notices.plain import services as explanations
from allmende.notices.services import Draft, pictures
from allmende.notices.tests.conftest import LogIn, wording
from conftest import NOW, person

Role = Membership.Role
READERS = frozenset({Role.ADMINISTRATOR, Role.EDITOR, Role.APPROVER, Role.SEAL_HOLDER, Role.AUDITOR})
WRITERS = frozenset({Role.EDITOR, Role.APPROVER})
APPROVERS = frozenset({Role.APPROVER})
# Address -> who gets further than 403. A new address without a line here fails the test.
WHO = {
    "list": READERS,
    "deadlines": READERS,
    "new": WRITERS,
    "patterns": WRITERS,
    "show": READERS,
    "edit": WRITERS,
    "autosave": WRITERS,
    "kind": WRITERS,
    "bundle": READERS,
    "pictures": WRITERS,
    "picture": READERS,
    "remove_picture": WRITERS,
    "begin_with_file": WRITERS,
    "files": WRITERS,
    "confirm_text": WRITERS,
    "file": READERS,
    "take_text": WRITERS,
    "change_file": WRITERS,
    "move_file": WRITERS,
    "remove_file": WRITERS,
    "preview": READERS,
    "preview_pdf": READERS,
    "compare": READERS,
    "submit": WRITERS,
    "decide": APPROVERS,
    "approve": APPROVERS,
    "discard": WRITERS,
    "withdraw": WRITERS,
    "take_back": APPROVERS | {Role.ADMINISTRATOR},
    "archive_settings": frozenset({Role.ADMINISTRATOR}),
    "handover": WRITERS,
    "copy": WRITERS,
    "amend": WRITERS,
    "take_down": WRITERS,
    "erase": APPROVERS,
    "ask_certificate": WRITERS,
    "certificate": READERS,
    "qr_svg": READERS,
    "qr_png": READERS,
    "poster_a4": READERS,
    "poster_a3": READERS,
    "put_up": WRITERS,
    "printout_search": WRITERS,
    "printout": WRITERS,
    "explanations_waiting": READERS,
    "explanations": READERS,
    "explanation": READERS,
    "explanation_film": READERS,
    "explanation_captions": READERS,
    "explain": WRITERS,
    "explanation_picture": WRITERS,
    "sign_film": WRITERS,
    "sign_captions": WRITERS,
    "explanation_next": WRITERS,
    "explanation_act": WRITERS,
    "explanation_review": APPROVERS,
}
CHANGING = (
    *("discard", "remove_picture", "remove_file", "move_file", "confirm_text"),
    *("withdraw", "copy", "submit", "decide", "approve", "amend", "take_down", "erase", "take_back"),
)
NAMES = [pattern.name or "" for pattern in staff_urls.urlpatterns if isinstance(pattern, URLPattern)]


@pytest.fixture
def secret(town: Body, editor: Person) -> Notice:
    office = Office.objects.create(body=town, name="Hauptamt")
    values = Draft(title="Streng vertraulich", office=office.pk, content=wording("Geheimer Entwurf."))
    notice = services.draft(body=town, values=values, by=editor, at=NOW)
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    pictures.add(notice.pk, body=town, file=io.BytesIO(out.getvalue()), name="bild.png", by=editor, at=NOW)
    file = from_bytes(town, by_law(), "streng-vertraulich.docx")
    files.add(notice.pk, body=town, file=file, role=NoticeFile.Role.ATTACHMENT, by=editor, at=NOW)
    film = from_bytes(town, mp4(), "streng-vertraulich.mp4", place=films.folder(town))
    row = explanations.set_film(notice.pk, body=town, saved=0, file=film, by=editor, at=NOW)
    captions = "WEBVTT\n\n00:01.000 --> 00:02.000\nStreng vertraulich."
    explanations.set_captions(notice.pk, body=town, saved=row.saved, captions=captions, by=editor, at=NOW)
    return notice


def addresses(notice: Notice) -> dict[str, str]:
    picture = Picture.objects.for_body(notice.record.body).get(notice=notice)
    file = NoticeFile.objects.for_body(notice.record.body).get(notice=notice)
    row = Explanation.objects.for_body(notice.record.body).get(notice=notice)
    values = {
        "explanation_id": row.pk,
        "slug": "leichte-sprache",
        "notice_id": notice.pk,
        "picture_id": picture.pk,
        "file_id": file.pk,
        "version": 2,
        "number": 1,
    }
    found = {}
    for pattern in staff_urls.urlpatterns:
        wanted = {name: values[name] for name in pattern.pattern.converters}
        found[str(pattern.name)] = reverse(f"notices_staff:{pattern.name}", kwargs=wanted)
    return found


def answers(client: Client, address: str) -> list[Any]:
    """To reading and to sending nothing in particular. 405 says no more than the address does."""
    found = [answer for answer in (client.get(address), client.post(address, {})) if answer.status_code != 405]
    for answer in found:
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return found


def test_every_address_is_listed() -> None:
    assert set(NAMES) == set(WHO)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_exactly_as_far_as_the_table_says(role: Role, secret: Notice, town: Body, log_in: LogIn) -> None:
    client = log_in(person("Rolf", (town, role)))

    for name, address in addresses(secret).items():
        if name in CHANGING:
            continue  # those change something; the next test asks them one by one
        for answer in answers(client, address):
            assert (answer.status_code != 403) == (role in WHO[name]), (name, answer.status_code)


@pytest.mark.parametrize(("name", "role"), [(name, role) for name in CHANGING for role in Role if role in WHO[name]])
def test_who_may_act_is_let_in(name: str, role: Role, secret: Notice, town: Body, log_in: LogIn) -> None:
    client = log_in(person("Rolf", (town, role)))

    assert {answer.status_code for answer in answers(client, addresses(secret)[name])} != {403}


@pytest.mark.parametrize("role", list(Role))
def test_who_may_not_act_changes_nothing(role: Role, secret: Notice, town: Body, log_in: LogIn) -> None:
    client, way = log_in(person("Rolf", (town, role))), addresses(secret)

    for name in CHANGING:
        if role not in WHO[name]:
            assert {answer.status_code for answer in answers(client, way[name])} == {403}, name
            assert Notice.objects.for_body(town).get(pk=secret.pk).state == "draft", name
            assert Picture.objects.for_body(town).count() == NoticeFile.objects.for_body(town).count() == 1, name


def test_all_roles_in_the_next_town_learn_nothing_here(secret: Notice, foreigner: Person, town: Body, log_in: LogIn) -> None:
    client = log_in(foreigner)

    for address in addresses(secret).values():
        for answer in answers(client, address):
            assert answer.status_code == 403, address
            assert "vertraulich" not in answer.content.decode(errors="replace")
    assert Notice.objects.for_body(town).get(pk=secret.pk).state == "draft"


def test_nor_by_way_of_their_own_town(secret: Notice, foreigner: Person, neighbour: Body, town: Body, log_in: LogIn) -> None:
    client = log_in(foreigner)

    for name, address in addresses(secret).items():
        if name in (
            "list",
            "archive_settings",
            "deadlines",
            "new",
            "patterns",
            "printout_search",
            "begin_with_file",
            "explanations_waiting",
        ):
            continue
        for answer in answers(client, f"/nebenan{address}"):
            assert answer.status_code == 404, address
            assert "vertraulich" not in answer.content.decode(errors="replace")
    own = services.draft(body=neighbour, values=Draft(title="Eigener"), by=foreigner, at=NOW)
    picture = Picture.objects.for_body(town).get()
    mixed = reverse("notices_staff:picture", args=[own.pk, picture.pk])
    assert client.get(f"/nebenan{mixed}").status_code == 404
    assert "vertraulich" not in client.get("/nebenan/schreibtisch/bekanntmachungen/").content.decode()


def test_nobody_without_a_log_in_or_without_a_role(
    secret: Notice, client: Client, citizen: Person, operator: Person, log_in: LogIn
) -> None:
    for address in addresses(secret).values():
        for answer in answers(client, address):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/anmelden/")
    for nobody in (citizen, operator):
        for address in addresses(secret).values():
            assert {answer.status_code for answer in answers(log_in(nobody), address)} == {403}, address


def test_the_office_of_the_association_works_for_its_member_only(
    secret: Notice, town: Body, association: Body, neighbour: Body, log_in: LogIn
) -> None:
    client = log_in(person("Carla", (association, Role.EDITOR)))

    assert client.get(addresses(secret)["edit"]).status_code == 200
    assert client.get("/nebenan/schreibtisch/bekanntmachungen/").status_code == 403


def test_a_notice_that_does_not_exist_is_told_to_insiders_only(secret: Notice, editor: Person, foreigner: Person, log_in: LogIn) -> None:
    address = reverse("notices_staff:show", args=[uuid4()])

    assert log_in(editor).get(address).status_code == 404
    assert log_in(foreigner).get(address).status_code == 403


def test_approving_needs_a_session_with_a_second_factor(
    secret: Notice, town: Body, editor: Person, approver: Person, client: Client
) -> None:
    services.submit(secret.pk, body=town, version=2, by=editor, at=NOW)
    client.force_login(approver)

    answers = [client.post(reverse(f"notices_staff:{step}", args=[secret.pk, 2]), {"freigeben": "1"}) for step in ("decide", "approve")]

    assert all(answer.status_code in (302, 403) for answer in answers)
    assert Notice.objects.for_body(town).get(pk=secret.pk).state == "submitted"


def test_the_approver_decides_on_the_page(secret: Notice, town: Body, editor: Person, approver: Person, log_in: LogIn) -> None:
    services.submit(secret.pk, body=town, version=2, by=editor, at=NOW)
    client = log_in(approver)
    address = reverse("notices_staff:decide", args=[secret.pk, 2])

    page = client.get(address).content.decode()
    assert "Geheimer Entwurf." in page
    assert "Geschrieben von" in page
    empty = client.post(address, {"zurueckgeben": "1", "reason": ""})
    assert (empty.status_code, "Schreiben Sie in einem Satz" in empty.content.decode()) == (422, True)
    client.post(address, {"zurueckgeben": "1", "reason": "Bitte kürzen."})
    assert Comment.objects.for_body(town).get().text == "Bitte kürzen."
    shown = log_in(editor).get(reverse("notices_staff:edit", args=[secret.pk])).content.decode()
    assert "Bitte kürzen." in shown
    services.submit(secret.pk, body=town, version=2, by=editor, at=NOW)
    assert log_in(approver).post(reverse("notices_staff:approve", args=[secret.pk, 2]), {"freigeben": "1"}).status_code == 302
    assert Notice.objects.for_body(town).get(pk=secret.pk).label == f"1/{Notice.objects.for_body(town).get(pk=secret.pk).year}"
    late = log_in(approver).post(address, {"zurueckgeben": "1", "reason": "Doch nicht."})
    assert late.status_code == 409
    assert "schon freigegeben" in late.content.decode()
