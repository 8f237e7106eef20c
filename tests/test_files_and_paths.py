"""Files on the disk: no spelling of a path leads out of the log, and none to what is not public yet."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from allmende.core.models import Body, Office, Person, Record, Visibility
from allmende.lib import richtext
from allmende.notices import services, text
from allmende.notices.models import Notice
from allmende.notices.services import Draft
from allmende.publication import log, store
from allmende.publication.setup import set_up_log
from conftest import NOW
from tests.entering import enter

WAYS = (
    "../secret",
    "../../secret",
    "..%2f..%2fsecret",
    "%2e%2e/%2e%2e/secret",
    "..%252f..%252fsecret",
    "....//secret",
    "..\\..\\secret",
    "0/../../secret",
    "entries/../../secret",
    "//secret",
    "/secret",
    "secret",
    "0/000/../../../secret",
    "0/000%00",
    "0/000.p/../../../../secret",
)


@pytest.mark.parametrize("door", ["/log/tile/", "/log/musterstedt/tile/", "/log/nebenan/tile/", "/nebenan/log/tile/"])
def test_no_way_leads_out_of_the_log(town: Body, neighbour: Body, client: Client, door: str) -> None:
    set_up_log(town, origin="log.musterstedt.example", at=NOW, by=None)
    for folder in (log.checkpoint_file(town).parent, store.log_dir(town) / "tile", store.log_dir(town).parent, store.key_dir(town)):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "secret").write_text("verraten")

    for way in WAYS:
        response = client.get(f"{door}{way}")
        assert (way, response.status_code) == (way, 404)
    for way in (f"{door}../../../keys/musterstedt/log.key", "/log/../checkpoint", "/log/..%2fkeys/checkpoint", "/log/./checkpoint"):
        assert (way, client.get(way).status_code) == (way, 404)


@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["..", ".", "", "0", "000", "x001", "entries", "%2e%2e", "000.p", "7", "\\", "secret", "~"]), max_size=7))
def test_what_is_not_spelled_as_a_tile_is_not_there(town: Body, client: Client, parts: list[str]) -> None:
    store.log_dir(town).mkdir(parents=True, exist_ok=True)
    (store.log_dir(town) / "secret").write_text("verraten")

    assert client.get("/log/tile/" + "/".join(parts)).status_code == 404


@pytest.fixture
def approved(town: Body, editor: Person, approver: Person) -> Record:
    """Approved and numbered, not yet provided; its files lie on the disk already."""
    office = Office.objects.create(body=town, name="Bauamt")
    content = text.write(richtext.from_plain("Die Gehwege sind zu räumen.\n\n## Grundlage\n\nGrundlage ist die Satzung."))
    notice: Notice = services.draft(body=town, values=Draft(title="Winterdienst", office=office.pk, content=content), by=editor, at=NOW)
    services.submit(notice.pk, body=town, version=1, by=editor, at=NOW)
    services.approve(notice.pk, body=town, version=1, by=approver, at=NOW)
    record = Record.objects.for_body(town).get()
    for suffix in ("pdf", "zip"):
        store.write(store.file_of(record, suffix), b"%PDF-1.7 nicht vor der Bereitstellung", body=town)
    return record


@pytest.mark.parametrize("visibility", [Visibility.INTERNAL, Visibility.PUBLIC])
def test_documents_answer_to_nobody_before_they_are_provided(
    town: Body, approved: Record, editor: Person, client: Client, visibility: Visibility
) -> None:
    Record.objects.for_body(town).update(visibility=visibility)
    for _ in ("reader", "author"):
        for suffix in ("/", ".pdf", ".zip"):
            address = f"/{approved.path.rstrip('/')}{suffix}"
            assert (address, client.get(address).status_code) == (address, 404)
            assert client.head(address).status_code == 404
        enter(client, editor)
