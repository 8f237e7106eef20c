"""A reader of page and document learns whom to ask: the office where it can answer, else the body."""

from datetime import datetime

from django.test import Client

from allmende.core.models import Body, Office
from allmende.lib import official
from allmende.notices.contact import contact_of
from allmende.notices.tests.conftest import Publish
from allmende.publication.models import Publication


def at_home(town: Body) -> Body:
    town.street, town.postal_code, town.city = "Markt 1", "06999", "Musterstedt"
    town.phone, town.email, town.opening_hours = "03999 000-10", "rathaus@example.org", "Di 9–12 Uhr\nDo 14–18 Uhr"
    town.save()
    return town


def test_sealed_page_and_public_page_name_the_same_contact(publish: Publish, town: Body, at: datetime, client: Client) -> None:
    at_home(town)
    publish()

    sealed = official.from_payload(bytes(Publication.objects.for_body(town).get().payload or b""), {})
    shown = client.get("/bekanntmachungen/2026/1/").content.decode()

    assert {fact.label: fact.value for fact in sealed.contact} == {
        "Stelle": "Ordnungsamt, Stadt Musterstedt",
        "Anschrift": "Markt 1, 06999 Musterstedt",
        "Raum": "12",
        "Telefon": "03999 000-12",
        "E-Mail": "ordnung@example.org",
        "Öffnungszeiten": "Di 9–12 Uhr; Do 14–18 Uhr",
    }
    for words in ("Ordnungsamt", "Markt 1", "06999 Musterstedt", "03999 000-12", "ordnung@example.org", "Di 9–12 Uhr<br>Do 14–18 Uhr"):
        assert words in shown, words


def test_what_the_office_lacks_comes_from_its_body(town: Body, neighbour: Body) -> None:
    at_home(town)
    bare = Office.objects.create(body=town, name="Archiv")

    assert contact_of(town, None).phone == contact_of(town, bare).phone == "03999 000-10"
    assert contact_of(town, None).name == "Stadt Musterstedt"
    assert contact_of(neighbour, bare).address == "Markt 1, 06999 Musterstedt", "an office of the association answers at its own address"
    assert not contact_of(neighbour, None).can_be_asked
