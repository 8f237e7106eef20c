from pathlib import Path

import pytest

from tools.lint import foreign
from tools.suite import NO_TESTS, Outcome, Tool, verdict

PASSED, FAILED, EMPTY = Outcome("fast", 0, 1.0), Outcome("browser", 1, 1.0), Outcome("slow", NO_TESTS, 1.0)


@pytest.mark.parametrize(
    ("outcomes", "missing", "in_ci", "status"),
    [
        ([PASSED, EMPTY], [], True, 0),
        ([PASSED, FAILED], [], False, 1),
        ([PASSED, None], ["Chromium"], False, 0),
        ([PASSED, None], ["Chromium"], True, 1),
        ([EMPTY], [], False, NO_TESTS),
        ([None], ["PostgreSQL"], False, NO_TESTS),
    ],
)
def test_a_suite_passes_when_something_ran_and_nothing_failed(
    outcomes: list[Outcome | None], missing: list[str], in_ci: bool, status: int
) -> None:
    assert verdict(outcomes, missing, in_ci=in_ci) == status


def test_what_is_missing_is_named_with_the_way_to_get_it(capsys: pytest.CaptureFixture[str]) -> None:
    verdict([PASSED], ["Chromium (for the browser tests): apt-get install chromium"], in_ci=False)
    assert "apt-get install chromium" in capsys.readouterr().out


def test_a_program_is_found_by_path_or_by_name(tmp_path: Path) -> None:
    assert Tool("sh", ("sh",), "dash", "x").is_there()
    assert Tool("here", (str(tmp_path),), "x", "x").is_there()
    assert not Tool("none", (str(tmp_path / "none"), "no-such-program"), "x", "x").is_there()


def test_files_of_other_projects_are_recognised() -> None:
    assert foreign(["allmende/core/static/core/app.css", "a/htmx.min.js", "frontend/node_modules/x/y.js", "fonts/a.woff2"]) == [
        "a/htmx.min.js",
        "frontend/node_modules/x/y.js",
        "fonts/a.woff2",
    ]
