"""Whatever a file makes its reader do, the process that asked gets an answer in time and stays as it was."""

from pathlib import Path
from threading import Thread
from time import monotonic

import pytest

from allmende.lib.limited import Cause, Limits, NotDone, Turn, run

GREEDY = "allmende.lib.tests.greedy"
SMALL = Limits(memory=256 * 1024 * 1024, cpu=1, wall=3.0)


def test_the_child_reads_all_and_knows_nothing_of_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setenv("DATABASE_URL", "postgres://geheim")

    said = run(GREEDY, {"do": "say"}, bytes(3_000_000), limits=SMALL)

    assert said["size"] == 3_000_000
    assert said["files"] == 0
    assert "geheim" not in str(said["environment"])


@pytest.mark.parametrize(("do", "cause"), [("eat", Cause.MEMORY), ("spin", Cause.TIME), ("crash", Cause.FAILED)])
def test_what_uses_up_its_limits_or_crashes_has_a_cause(do: str, cause: Cause) -> None:
    with pytest.raises(NotDone) as refused:
        run(GREEDY, {"do": do}, b"", limits=SMALL)

    assert refused.value.cause is cause
    assert refused.value.code == "could_not_be_examined"


def test_nobody_waits_longer_than_the_wall_clock_allows() -> None:
    begin = monotonic()
    with pytest.raises(NotDone) as refused:
        run(GREEDY, {"do": "wait"}, b"", limits=Limits(wall=0.5))

    assert refused.value.cause is Cause.TIME
    assert monotonic() - begin < 5


def test_a_reader_that_is_not_there_is_a_failure_not_a_crash() -> None:
    with pytest.raises(NotDone) as refused:
        run("allmende.lib.tests.nowhere", {}, b"", limits=SMALL)

    assert refused.value.cause is Cause.FAILED


def test_one_at_a_time_and_nobody_waits_for_long(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "turn.lock", patience=0.0)
    outcomes: list[str] = []

    def ask() -> None:
        try:
            run(GREEDY, {"do": "hold"}, b"", limits=SMALL, turn=turn)
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
