"""Document and bundle as a citizen gets them, and pictures that travel with an approval."""

import hashlib
import io
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from PIL import Image as Picture

from allmende.core import outbox
from allmende.core.models import Body, Person, Record
from allmende.lib.official import Image
from allmende.lib.richtext import from_html
from allmende.publication import selectors, store
from allmende.publication.check import problems
from allmende.publication.errors import ImageMissing
from allmende.publication.models import Attempt
from allmende.publication.services import approve
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.tests.page import page
from allmende.publication.views.files import serve
from conftest import NOW


@pytest.mark.parametrize(("suffix", "kind", "begin"), [("pdf", "application/pdf", b"%PDF-"), ("zip", "application/zip", b"PK")])
def test_document_and_bundle_answer_from_the_moment_of_provision(
    ready: Body, make_approved: MakeApproved, one_seal: None, rf: RequestFactory, suffix: str, kind: str, begin: bytes
) -> None:
    record = make_approved().record
    outbox.work(NOW)
    provided_at = Attempt.objects.for_body(ready).get().provided_at
    assert provided_at is not None
    response = serve(rf.get("/"), record, suffix, at=provided_at)

    assert isinstance(response, HttpResponse)
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response.content.startswith(begin)
    assert f'filename="bekanntmachung-2026-1.{suffix}"' in response["Content-Disposition"]
    known = rf.get("/", HTTP_IF_NONE_MATCH=response["ETag"])
    assert serve(known, record, suffix, at=provided_at).status_code == 304
    with pytest.raises(Http404):
        serve(rf.get("/"), record, suffix, at=provided_at - timedelta(seconds=1))


def test_nothing_answers_before_it_is_provided(ready: Body, make_approved: MakeApproved, rf: RequestFactory) -> None:
    with pytest.raises(Http404):
        serve(rf.get("/"), make_approved().record, "pdf", at=NOW + timedelta(days=1))


def test_a_picture_is_kept_with_the_approval_and_stands_in_the_page(ready: Body, editor: Person, approver: Person) -> None:
    raw = io.BytesIO()
    Picture.new("RGB", (8, 8), "#12586a").save(raw, "PNG")
    name, picture = str(uuid4()), Image("image/png", raw.getvalue())
    document = from_html(f'<p>Die Sperrung:</p><figure><img src="x" data-image="{name}" alt="Plan der Sperrung"></figure>')
    drawn = replace(page(ready, 1), document=document, images={name: picture})
    record = Record.objects.create(body=ready, kind=Record.Kind.NOTICE, titles={"de": "Plan"}, path="bekanntmachungen/2026/1/")

    with pytest.raises(ImageMissing):
        approve(record, drawn, images={}, authors=[editor], by=approver, at=NOW)
    approve(record, drawn, images={hashlib.sha256(picture.data).hexdigest(): picture.data}, authors=[editor], by=approver, at=NOW)
    outbox.work(NOW)

    assert "data:image/png;base64," in selectors.fragment_of(record)
    assert store.read(store.file_of(record, "pdf"))
    assert list(problems(ready)) == []
