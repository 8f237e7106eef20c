"""Files that nobody needs any more go, and nothing that a client of the log could still ask for."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from allmende.core import housekeeping
from allmende.core.models import Body
from allmende.lib import tlog
from allmende.publication import chores, log, store
from allmende.publication.check import files
from allmende.publication.models import Checkpoint
from allmende.publication.setup import set_up_log
from allmende.publication.tests.test_log import grow
from conftest import NOW

ALWAYS = timedelta(days=3650)


def today() -> datetime:
    """Files are dated by the clock of the machine."""
    return datetime.now(UTC)


def partial(body: Body) -> set[str]:
    folder = store.log_dir(body)
    return {file.relative_to(folder / "tile").as_posix() for file in folder.rglob("*.p/*")}


@pytest.fixture
def grown(town: Body) -> Body:
    """A log of 258 entries, with checkpoints at 1, 3, 256 and 258."""
    set_up_log(town, origin="log.musterstedt.example/amtlich", at=NOW, by=None)
    for step in (1, 2, 253, 2):
        grow(town, step)
        log.integrate(town, at=NOW)
    return town


def test_partial_tiles_go_a_week_after_their_full_tile_came(grown: Body) -> None:
    replaced = {"entries/000.p/1", "entries/000.p/3", "0/000.p/1", "0/000.p/3"}
    needed = {"entries/001.p/2", "0/001.p/2", "1/000.p/1"}  # their full tiles do not exist yet
    assert partial(grown) == replaced | needed

    housekeeping.do("tiles", today() + chores.KEEP_PARTIAL - timedelta(minutes=5))
    assert partial(grown) == replaced | needed
    housekeeping.do("tiles", today() + chores.KEEP_PARTIAL + timedelta(minutes=5))
    assert partial(grown) == needed
    assert not (store.log_dir(grown) / "tile/0/000.p").exists()


def test_every_tree_that_was_ever_signed_can_still_be_proven(grown: Body) -> None:
    housekeeping.do("tiles", today() + ALWAYS)

    read = log.reader(grown)
    checkpoints = list(Checkpoint.objects.for_body(grown).order_by("size"))
    assert [checkpoint.size for checkpoint in checkpoints] == [1, 3, 256, 258]
    for checkpoint in checkpoints:
        assert tlog.root(read, checkpoint.size) == bytes(checkpoint.root)
        assert tlog.prove_consistency(read, checkpoint.size, 258) is not None
        assert tlog.read_entry(read, checkpoint.size - 1, checkpoint.size)
    assert list(files.problems(grown, lambda what, done, total: None)) == []
    grow(grown, 255)
    log.integrate(grown, at=NOW)
    assert list(files.problems(grown, lambda what, done, total: None)) == []


def test_as_long_as_an_older_checkpoint_is_shown_its_tiles_stay(grown: Body) -> None:
    """Killed between the files and the checkpoint: whoever reads the one that is shown asks for partial tiles."""
    older = Checkpoint.objects.for_body(grown).get(size=3)
    log.checkpoint_file(grown).write_bytes(bytes(older.note))
    before = partial(grown)

    housekeeping.do("tiles", today() + ALWAYS)
    assert partial(grown) == before
    log.checkpoint_file(grown).unlink()
    housekeeping.do("tiles", today() + ALWAYS)
    assert partial(grown) == before


def test_killed_in_the_middle_it_goes_on_at_the_next_round(grown: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    really = Path.unlink
    removed: list[Path] = []

    def unlink(file: Path, missing_ok: bool = False) -> None:
        if len(removed) == 2:
            raise Killed
        removed.append(file)
        really(file, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", unlink)
        with pytest.raises(Killed):
            housekeeping.do("tiles", today() + ALWAYS)
    assert len(partial(grown)) == 5
    housekeeping.do("tiles", today() + ALWAYS)

    assert partial(grown) == {"entries/001.p/2", "0/001.p/2", "1/000.p/1"}


def test_what_is_no_tile_stays_for_the_check_to_name(grown: Body) -> None:
    foreign = store.log_dir(grown) / "tile/0/000.p/notiz.txt"
    foreign.write_text("x")

    housekeeping.do("tiles", today() + ALWAYS)

    assert foreign.exists()


@pytest.mark.django_db
def test_what_killed_writers_have_left_goes_and_what_is_being_written_stays(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    long_ago = time.time() - 2 * 3600
    for name, age in (
        ("quellstedt/left", long_ago),
        ("quellstedt/checkpoint.lock", long_ago),
        ("quellstedt/being-written", time.time()),
        (".uploads/tmp1.upload.png", long_ago),
    ):
        file = tmp_path / "unfinished" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")
        os.utime(file, (age, age))

    housekeeping.do("unfinished", today())

    assert sorted(path.name for path in (tmp_path / "unfinished").glob("*/*")) == ["being-written", "checkpoint.lock"]
    assert Path(settings.FILE_UPLOAD_TEMP_DIR).parts[-2:] == ("unfinished", ".uploads")
