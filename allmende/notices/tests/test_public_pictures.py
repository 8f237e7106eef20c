"""A picture of a public notice can be looked at closely, for as long as the notice is public."""

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from PIL import Image

from allmende.core import outbox
from allmende.core.models import Body, Person
from allmende.notices import services
from allmende.notices.models import Notice
from allmende.notices.services import pictures
from allmende.notices.tests.conftest import MakeDraft, Publish, wording
from allmende.notices.tests.test_drafts import edited
from allmende.publication.models import Removal
from allmende.publication.services import erase, take_down
from conftest import NOW

PAGE = "/bekanntmachungen/2026/1/"
SOON = NOW + timedelta(hours=1)


@pytest.fixture
def with_pictures(publish: Publish, make_draft: MakeDraft, town: Body, editor: Person, approver: Person) -> Notice:
    """A decorative picture, then a plan: the second one says something."""
    notice = make_draft()
    ids = []
    for colour in ("navy", "red"):
        out = io.BytesIO()
        Image.new("RGB", (1200, 90), colour).save(out, "PNG")
        out.seek(0)
        ids.append(pictures.add(notice.pk, body=town, file=out, name="bild.png", by=editor, at=NOW).pk)
    edited(notice, 1, editor, content=wording(f'Text.\n\n!({ids[0]})\n\n![Ein "Plan" & mehr]({ids[1]}) Der Plan'))
    services.submit(notice.pk, body=town, version=2, by=editor, at=NOW)
    services.approve(notice.pk, body=town, version=2, by=approver, at=NOW)
    outbox.work(NOW)
    return Notice.objects.for_body(town).select_related("record__body").get(pk=notice.pk)


@pytest.mark.usefixtures("with_pictures")
def test_each_picture_that_says_something_leads_to_itself(client: Client) -> None:
    page = client.get(PAGE).content.decode()

    assert re.findall(r'<a class="n-larger"[^>]* href="([^"]*)"', page) == [f"{PAGE}bilder/2/"]
    assert 'aria-label="Bild vergrößern: Ein &quot;Plan&quot; &amp; mehr"><img ' in page
    shown = client.get(f"{PAGE}bilder/2/")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    with Image.open(io.BytesIO(shown.content)) as picture:
        assert (picture.size, picture.convert("RGB").getpixel((5, 5))) == ((1200, 90), (255, 0, 0))
    assert "sandbox" in shown["Content-Security-Policy"]
    assert shown["Cache-Control"] == "no-cache"
    assert [client.get(f"{PAGE}bilder/{number}/").status_code for number in (0, 3, 99)] == [404] * 3
    assert "width=device-width, initial-scale=1" in page, "two fingers enlarge the page itself"
    assert not re.search(r"user-scalable|maximum-scale", page)


def test_it_goes_with_the_notice(with_pictures: Notice, client: Client, editor: Person) -> None:
    take_down(with_pictures.record, reason=Removal.Reason.PERSONAL_DATA, by=editor, at=SOON)
    outbox.work(SOON)
    assert client.get(f"{PAGE}bilder/2/").status_code == 410
    erase(with_pictures.record, by=None, at=SOON)
    outbox.work(SOON)

    assert client.get(f"{PAGE}bilder/2/").status_code == 410


def test_of_a_notice_that_names_people_nobody_keeps_it(with_pictures: Notice, client: Client, town: Body) -> None:
    Notice.objects.for_body(town).filter(pk=with_pictures.pk).update(personal="names")

    shown = client.get(f"{PAGE}bilder/2/")

    assert (shown["Cache-Control"], "noindex" in shown["X-Robots-Tag"]) == ("no-store", True)
