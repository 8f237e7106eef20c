"""Pictures that no text shows go after the time set, with their files; what any version shows stays."""

import os
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from allmende.core import housekeeping
from allmende.core.models import AuditEntry, Body, Person
from allmende.lib import richtext
from allmende.notices import chores, services
from allmende.notices.models import Notice, Picture
from allmende.notices.services import Draft, pictures
from allmende.notices.tests.conftest import MakeDraft
from allmende.notices.tests.test_pictures import Intake, photo
from conftest import NOW

KEPT = timedelta(days=90)
LATER = NOW + KEPT + timedelta(seconds=1)


@pytest.fixture
def add(make_draft: MakeDraft, editor: Person) -> Intake:
    return Intake(make_draft(), editor)


def shows(notice: Notice, picture: Picture | None, *, by: Person) -> None:
    """Save a version that shows this picture, or none."""
    blocks: list[richtext.Block] = [richtext.Paragraph((richtext.Run("Die Straße ist gesperrt."),))]
    if picture:
        blocks.append(richtext.Figure(str(picture.pk), "Plan der Straße"))
    current = Notice.objects.for_body(notice.record.body).get(pk=notice.pk)
    content: dict[str, Any] = richtext.to_data(richtext.Document(tuple(blocks)))
    values = replace(Draft.of_json(current.revisions.get(version=current.version).values), content=content)
    services.edit(notice.pk, body=notice.record.body, version=current.version, values=values, by=by, at=NOW)


def files(body: Body) -> set[str]:
    return {file.name for file in pictures.folder(body).iterdir()}


def test_a_picture_that_no_version_shows_goes_after_the_time_set(add: Intake, town: Body, editor: Person) -> None:
    shown, once_shown, unused = (add(photo(colour=colour)) for colour in ("red", "green", "blue"))
    shows(add.notice, once_shown, by=editor)
    shows(add.notice, shown, by=editor)

    housekeeping.do("pictures", NOW + KEPT)
    assert len(files(town)) == 3
    housekeeping.do("pictures", LATER)

    assert files(town) == {str(shown.pk), str(once_shown.pk)}
    assert not Picture.objects.for_body(town).filter(pk=unused.pk).exists()
    entry = AuditEntry.objects.for_body(town).filter(act="notice.picture_removed").get()
    assert (entry.actor, entry.at) == (None, LATER)
    assert list(chores.unused(LATER)) == []


def test_whoever_saves_a_version_meanwhile_keeps_the_picture(add: Intake, town: Body, editor: Person) -> None:
    picture = add(photo())
    found = list(chores.unused(LATER))
    shows(add.notice, picture, by=editor)

    chores.remove_unused(found, LATER)

    assert files(town) == {str(picture.pk)}
    assert Picture.objects.for_body(town).filter(pk=picture.pk).exists()


def test_a_file_whose_row_is_gone_goes_and_half_a_file_too(add: Intake, town: Body, editor: Person) -> None:
    picture, folder = add(photo()), pictures.folder(town)
    shows(add.notice, picture, by=editor)
    long_ago = time.time() - (KEPT + timedelta(hours=1)).total_seconds()
    lost, young, half, being_written, foreign = str(uuid4()), str(uuid4()), ".half", ".being-written", "notiz.txt"
    for name in (lost, young, half, being_written, foreign):
        (folder / name).write_bytes(b"x")
    for name in (lost, half, foreign, str(picture.pk)):
        os.utime(folder / name, (long_ago, long_ago))

    housekeeping.do("picture_files", timezone.now())

    assert files(town) == {str(picture.pk), young, being_written, foreign}


def test_killed_between_row_and_file_the_file_goes_later(add: Intake, town: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = add(photo())

    class Killed(BaseException):
        pass

    def killed(body: Body, gone: list[Picture]) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(pictures, "remove_files", killed)
        with pytest.raises(Killed):
            housekeeping.do("pictures", LATER)
    assert files(town) == {str(picture.pk)}
    file = Path(pictures.folder(town) / str(picture.pk))
    os.utime(file, (0, 0))
    housekeeping.do("picture_files", timezone.now())

    assert files(town) == set()


def test_looking_for_pictures_costs_one_query_where_there_is_nothing_old(
    add: Intake, neighbour: Body, django_assert_num_queries: Any
) -> None:
    add(photo())

    with django_assert_num_queries(1):
        assert list(chores.unused(NOW + KEPT)) == []
