"""Explanations written, reviewed and shown through the services. The fixtures of the module's own tests hold here too."""

from typing import Any, Protocol

import pytest

from allmende.core.models import Body, Person
from allmende.lib import richtext
from allmende.lib.video.tests.made import mp4
from allmende.notices import text
from allmende.notices.attachments.intake import from_bytes
from allmende.notices.models import Explanation, Notice
from allmende.notices.models.explanation import Form
from allmende.notices.plain import films, services
from allmende.notices.tests.conftest import at, log_in, make_draft, make_public, office, publish
from conftest import NOW, Role, person

__all__ = ["at", "log_in", "make_draft", "make_public", "office", "publish"]

CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:04.000\nDie Stadt streut.\n\n00:04.000 --> 00:09.000\nSie streuen\nvor dem Haus.\n"
GROUP = {"checked_by": "Prüfgruppe der Werkstatt Musterland", "checked_on": NOW.date()}


def typed(words: str) -> dict[str, Any]:
    return text.write(richtext.from_plain(words))


class Explain(Protocol):
    def __call__(self, notice: Notice, form: Form = ..., *, words: str = ..., until: str = ..., film: bytes = ...) -> Explanation: ...


@pytest.fixture
def second(town: Body) -> Person:
    """Beate approves too."""
    return person("Beate", (town, Role.APPROVER))


@pytest.fixture
def explain(town: Body, editor: Person, approver: Person) -> Explain:
    """`until`: the state in which it is left."""

    def run(
        notice: Notice,
        form: Form = Form.EASY,
        *,
        words: str = "Der Schnee muss weg.\nSie müssen räumen.",
        until: str = "published",
        film: bytes = b"",
    ) -> Explanation:
        if form == Form.SIGN:
            file = from_bytes(town, film or mp4(), "gebaerden.mp4", place=films.folder(town))
            row = services.set_film(notice.pk, body=town, saved=0, file=file, by=editor, at=NOW)
            row = services.set_captions(notice.pk, body=town, saved=row.saved, captions=CAPTIONS, by=editor, at=NOW)
        else:
            content = typed(words)
            row = services.save_text(notice.pk, form, body=town, saved=0, title="Schnee räumen", content=content, by=editor, at=NOW)
        if until != "draft":
            services.submit(row.pk, body=town, saved=row.saved, by=editor, at=NOW)
        if until in ("reviewed", "published"):
            group = GROUP if form == Form.EASY else {}
            version = Notice.objects.for_body(town).get(pk=notice.pk).version
            services.review(row.pk, body=town, saved=row.saved, of_version=version, by=approver, at=NOW, **group)  # type: ignore[arg-type]
        if until == "published":
            services.publish(row.pk, body=town, by=editor, at=NOW)
        return Explanation.objects.for_body(town).get(pk=row.pk)

    return run
