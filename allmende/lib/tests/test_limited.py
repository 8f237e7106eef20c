"""Whatever a file makes its reader do, the process that asked gets an answer in time and stays as it was."""

import tracemalloc
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest

from allmende.lib.limited import Cause, Limits, NotDone, Turn, run, run_on_file

GREEDY = "allmende.lib.tests.greedy"
SMALL = Limits(memory=256 * 1024 * 1024, cpu=1, wall=3.0)


def test_the_child_reads_all_and_knows_nothing_of_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setenv("DATABASE_URL", "postgres://geheim")

    said = run(GREEDY, {"do": "say"}, bytes(3_000_000), read=dict, limits=SMALL)

    assert said["size"] == 3_000_000
    assert said["files"] == 0
    assert "geheim" not in str(said["environment"])


def test_a_file_is_handed_on_open_and_not_read_here(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(3_000_000) + b"end")
    with (tmp_path / "file").open("rb") as file:
        said = run_on_file(GREEDY, {}, file, read=dict, limits=SMALL)

    assert said == {"end": "end", "size": 3_000_003}


@pytest.mark.parametrize(("do", "cause"), [("eat", Cause.MEMORY), ("spin", Cause.TIME), ("crash", Cause.FAILED)])
def test_what_uses_up_its_limits_or_crashes_has_a_cause(do: str, cause: Cause) -> None:
    with pytest.raises(NotDone) as refused:
        run(GREEDY, {"do": do}, b"", read=dict, limits=SMALL)

    assert refused.value.cause is cause
    assert refused.value.code == "could_not_be_examined"


@pytest.mark.parametrize("do", ["wait", "drip", "lull"])
def test_nobody_waits_longer_than_the_wall_clock_allows(do: str) -> None:
    begin = monotonic()
    with pytest.raises(NotDone) as refused:
        run(GREEDY, {"do": do}, b"", read=dict, limits=Limits(wall=0.5))

    assert refused.value.cause is Cause.TIME
    assert monotonic() - begin < 5


def test_a_child_that_was_taken_over_does_not_fill_the_memory_of_who_asked() -> None:
    tracemalloc.start()
    with pytest.raises(NotDone) as refused:
        run(GREEDY, {"do": "flood"}, b"", read=dict, limits=Limits(wall=3.0))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert refused.value.cause is Cause.FAILED
    assert most < 4 * Limits().answer


def test_what_it_says_has_an_end() -> None:
    limits = Limits(answer=100_000)

    assert len(run(GREEDY, {"do": "long", "size": 99_900}, b"", read=dict, limits=limits)["said"]) == 99_900
    with pytest.raises(NotDone):
        run(GREEDY, {"do": "long", "size": 100_000}, b"", read=dict, limits=limits)


def test_who_ends_without_listening_is_answered_for() -> None:
    with pytest.raises(NotDone) as refused:
        run("allmende.lib.tests.nowhere", {}, bytes(3_000_000), read=dict, limits=SMALL)

    assert refused.value.cause is Cause.FAILED


def test_a_reader_that_is_not_there_is_a_failure_not_a_crash() -> None:
    with pytest.raises(NotDone) as refused:
        run("allmende.lib.tests.nowhere", {}, b"", read=dict, limits=SMALL)

    assert refused.value.cause is Cause.FAILED


def test_one_at_a_time_and_nobody_waits_for_long(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "turn.lock", patience=0.0)
    outcomes: list[str] = []

    def ask() -> None:
        try:
            run(GREEDY, {"do": "hold"}, b"", read=dict, limits=SMALL, turn=turn)
            outcomes.append("done")
        except NotDone as error:
            outcomes.append(error.cause.value)

    both = [Thread(target=ask), Thread(target=ask)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    ask()

    assert sorted(outcomes) == ["busy", "done", "done"]
