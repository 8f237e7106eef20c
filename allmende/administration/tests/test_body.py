"""The body's own settings: what is changed is recorded, what is uploaded is made anew, what is used stays."""

import re
import threading
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from allmende.administration import coat_of_arms, colour
from allmende.administration.coat_of_arms import NotAPicture, PictureTooLarge, SvgRefused
from allmende.administration.services import bodies, parts
from allmende.administration.services.bodies import HostTaken, NotAnOffice
from allmende.administration.services.parts import InUse, NameTaken
from allmende.administration.tests.staff import logged_in, said
from allmende.core.models import AuditEntry, Body, District, Host, Office, Person
from allmende.notices.models import Notice
from allmende.notices.services import Draft, draft
from conftest import NOW


def picture(kind: str, size: tuple[int, int] = (600, 800), **save: object) -> bytes:
    out = BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, kind, **save)
    return out.getvalue()


def test_before_and_after_are_recorded(town: Body, administrator: Person) -> None:
    bodies.change_body(town, {"short_name": "Musterstedt am See", "name": town.name}, by=administrator, at=NOW)
    entry = AuditEntry.objects.for_body(town).select_related("stored").get(act="body.changed")

    assert entry.stored.values == {"before": {"short_name": "Musterstedt"}, "after": {"short_name": "Musterstedt am See"}}


def test_the_name_in_the_address_is_not_for_changing(town: Body, administrator: Person) -> None:
    with pytest.raises(ValueError, match="slug"):
        bodies.change_body(town, {"slug": "anders"}, by=administrator, at=NOW)


def test_an_office_that_is_administered_itself_cannot_administer(town: Body, association: Body, neighbour: Body, foreigner: Person) -> None:
    with pytest.raises(NotAnOffice):
        bodies.change_body(neighbour, {"administered_by": town}, by=foreigner, at=NOW)


def test_a_key_that_is_none_is_refused_in_the_form(town: Body, administrator: Person, client: Client) -> None:
    client.force_login(administrator)
    page = client.post("/verwaltung/angaben/", {"name": "Stadt", "short_name": "S", "kind": "municipality", "ars": "99"})

    assert "Der Regionalschlüssel hat 12 Ziffern" in page.content.decode()


def test_the_overview_shows_what_follows_from_the_key(town: Body, administrator: Person, client: Client) -> None:
    client.force_login(administrator)
    page = client.get("/verwaltung/").content.decode()

    assert "15099001" in page
    assert "Sachsen-Anhalt" in page
    assert "Bitte ergänzen" in page


@given(st.integers(0, 0xFFFFFF))
def test_no_town_can_choose_an_unreadable_colour(number: int) -> None:
    assert colour.derive(f"#{number:06x}").lowest >= 6


def test_the_calculation_agrees_with_known_values() -> None:
    """CSS Color 4: #ff0000 is oklch(0.628 0.2577 29.23)."""
    assert colour.oklch("#ff0000") == pytest.approx((0.62796, 0.25768, 29.234), abs=1e-3)
    assert colour.contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_made_anew_as_a_small_png(kind: str) -> None:
    made = coat_of_arms.cleaned(picture(kind))
    with Image.open(BytesIO(made)) as image:
        assert (image.format, max(image.size) <= 512) == ("PNG", True)
    assert len(made) <= 200_000


def test_what_is_hidden_in_a_picture_goes() -> None:
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "geheimer Ort")
    assert b"geheimer Ort" not in coat_of_arms.cleaned(picture("PNG", (50, 50), pnginfo=note))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b'<?xml version="1.0"?>\n<SVG xmlns="http://www.w3.org/2000/svg"><script/></SVG>', SvgRefused),
        (b"GIF89a" + b"\0" * 50, NotAPicture),
        (b"%PDF-1.7", NotAPicture),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, NotAPicture),
        (b"", NotAPicture),
        (b"\xff" * (5 * 1024 * 1024 + 1), PictureTooLarge),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        coat_of_arms.cleaned(content)


def test_a_picture_that_is_huge_only_when_unpacked_is_refused() -> None:
    out = BytesIO()
    Image.new("1", (6000, 6000)).save(out, "PNG")
    with pytest.raises(PictureTooLarge):
        coat_of_arms.cleaned(out.getvalue())


def test_the_uploaded_coat_of_arms_is_served_as_png(town: Body, administrator: Person, client: Client) -> None:
    client.force_login(administrator)
    client.post("/verwaltung/wappen/", {"picture": SimpleUploadedFile("wappen.exe", picture("JPEG"), "application/x-msdownload")})
    served = client.get("/wappen")

    assert served.headers["Content-Type"] == "image/png"
    assert served.content.startswith(b"\x89PNG")


def test_an_svg_is_refused_with_a_sentence(town: Body, administrator: Person, client: Client) -> None:
    client.force_login(administrator)
    page = client.post("/verwaltung/wappen/", {"picture": SimpleUploadedFile("w.png", b"<svg/>", "image/png")})

    assert page.status_code == 400
    assert "Speichern Sie das Wappen als PNG" in page.content.decode()


def test_one_host_name_is_the_first_and_names_are_not_shared(town: Body, neighbour: Body, administrator: Person, foreigner: Person) -> None:
    bodies.add_host(town, "a.example", primary=True, by=administrator, at=NOW)
    bodies.add_host(town, "b.example", primary=True, by=administrator, at=NOW)

    assert list(Host.objects.for_body(town).filter(is_primary=True).values_list("name", flat=True)) == ["b.example"]
    with pytest.raises(HostTaken):
        bodies.add_host(neighbour, "a.example", primary=False, by=foreigner, at=NOW)
    with pytest.raises(HostTaken):
        bodies.add_host(neighbour, "localhost", primary=False, by=foreigner, at=NOW)


def test_parts_are_added_renamed_and_removed(town: Body, administrator: Person) -> None:
    part = parts.save_part(District, town, {"name": "Lindenbach", "kind": "part"}, by=administrator, at=NOW)
    parts.save_part(District, town, {"name": "Alt-Lindenbach"}, part_id=part.pk, by=administrator, at=NOW)
    with pytest.raises(NameTaken):
        parts.save_part(District, town, {"name": "Alt-Lindenbach", "kind": "part"}, by=administrator, at=NOW)
    parts.remove_part(District, town, part.pk, by=administrator, at=NOW)

    assert not District.objects.for_body(town).exists()
    acts = AuditEntry.objects.for_body(town).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["district.added", "district.changed", "district.removed"]


def test_a_part_that_something_points_to_stays(town: Body, administrator: Person) -> None:
    """By a row of the table that joins notices and Ortsteile, which the database would take away silently."""
    part = District.objects.create(body=town, name="Lindenbach")
    notice: Any = apps.get_model("notices", "Notice")
    joining = notice.districts.through
    row = joining._base_manager.create(notice_id=uuid4(), district=part)

    with pytest.raises(InUse):
        parts.remove_part(District, town, part.pk, by=administrator, at=NOW)
    row.delete()  # it points to no notice, which only the commit would notice
    parts.remove_part(District, town, part.pk, by=administrator, at=NOW)


@pytest.mark.postgresql  # SQLite has one writer: nothing comes in between
@pytest.mark.parametrize(("model", "address"), [(Office, "aemter"), (District, "ortsteile")])
def test_what_points_to_a_part_in_the_last_moment_keeps_it(
    committed: None, town: Body, administrator: Person, editor: Person, model: type[Office] | type[District], address: str
) -> None:
    """Another connection commits after the part was looked at, just before its row goes."""
    part = model.objects.create(body=town, name="Lindenbach")
    values = Draft(office=part.pk) if model is Office else Draft(districts=(part.pk,))

    def write() -> None:
        draft(body=town, values=values, by=editor, at=NOW)
        connections.close_all()

    somebody = threading.Thread(target=write)

    def meanwhile(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith("DELETE") and not somebody.ident:
            somebody.start()
            somebody.join()
        return execute(sql, *rest)

    client = logged_in(administrator)
    with connection.execute_wrapper(meanwhile):
        page = client.post(f"/verwaltung/{address}/{part.pk}/", {"remove": "1"})

    assert page.status_code == 409
    assert "Daran hängen schon Einträge" in said(page)
    assert model.objects.for_body(town).get().name == "Lindenbach"
    notice = Notice.objects.for_body(town).get()
    assert [notice.office_id, *notice.districts.values_list("pk", flat=True)] == ([part.pk] if model is Office else [None, part.pk])
    assert list(AuditEntry.objects.for_body(town).values_list("act", flat=True)) == ["notice.drafted"]


def test_the_sample_of_a_colour_carries_no_text_of_the_asker(town: Body, administrator: Person, client: Client) -> None:
    client.force_login(administrator)
    drawn = client.get("/verwaltung/farbe.svg", {"c": '#12586a"/><script>'}).content.decode()

    assert "script" not in drawn
    assert re.search(r'fill="#[0-9a-f]{6}"', drawn)


def test_a_colour_is_looked_at_before_it_is_saved(town: Body, administrator: Person, client: Client) -> None:
    client.force_login(administrator)
    form = client.get("/verwaltung/farbe/").content.decode()
    assert "formmethod" not in form  # or the token of the form would stand in the address
    page = client.post("/verwaltung/farbe/", {"colour": "#ffff00", "look": "1"})
    town.refresh_from_db()

    assert "%23ffff00" in page.content.decode()
    assert town.colour == "#12586a"
    client.post("/verwaltung/farbe/", {"colour": "#ffff00"})
    town.refresh_from_db()
    assert town.colour == "#ffff00"
