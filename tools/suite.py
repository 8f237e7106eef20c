"""The test suite as a whole: which parts there are, what each needs, and what was missing.

script/test                          everything: fast, slow, browser, PostgreSQL
script/test --fast                   one part; also --slow, --browser, --postgresql, together as wanted
script/test allmende/notices         only these tests, on SQLite; with flags: these parts of them
script/test allmende/lib -- -k name  what follows -- goes to pytest
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tools.cluster import ClusterFailed, NoPostgreSQL, cluster, find_programs, leave_on_signals

NO_TESTS = 5  # pytest's exit status when it collected none
WORKERS = max(1, min(os.cpu_count() or 1, 4))


@dataclass(frozen=True)
class Part:
    """One run of pytest over the tests that `marks` selects."""

    name: str
    marks: str
    spread: str = "loadfile"  # how pytest-xdist deals the tests out: whole files, or single tests where each is long
    without: tuple[str, ...] = ()  # folders with nothing for this part


FAST = Part("fast", "not browser and not postgresql and not slow")
SLOW = Part("slow", "slow and not browser and not postgresql", spread="worksteal")
BROWSER = Part("browser", "browser")
# What holds on SQLite must hold there too; what never sees a database need not be asked again.
POSTGRESQL = Part("postgresql", "not browser", spread="worksteal", without=("allmende/lib", "tools"))
PARTS = (FAST, SLOW, BROWSER, POSTGRESQL)
ON_SQLITE = Part("SQLite", "not postgresql")


# The last: what is compiled is kept. Every worker, every part and every child of a test would compile all modules again.
NOT_INHERITED = ("DATABASE_URL", "ALLMENDE_DEMO", "PORT", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True)
class Tool:
    """A program of the system that some tests need. Any one of `places` (a path, or a name on PATH) will do."""

    name: str
    places: tuple[str, ...]
    package: str
    purpose: str

    def is_there(self) -> bool:
        return any(Path(place).exists() if place.startswith("/") else shutil.which(place) for place in self.places)


CHROMIUM = Tool("Chromium", ("/usr/bin/chromium", "chromium"), "chromium", "the browser tests")
TOOLS = (
    CHROMIUM,
    Tool("Go", ("go",), "golang-go", "the log, read by an independent implementation"),
    Tool("Go's module library", ("/usr/share/gocode/src/golang.org/x/mod",), "golang-golang-x-mod-dev", "the same"),
    Tool("OpenSSL", ("openssl",), "openssl", "seals and time stamps, read by an independent implementation"),
    Tool("qpdf", ("qpdf",), "qpdf", "PDF files, read by an independent implementation"),
    Tool("pdfsig", ("pdfsig",), "poppler-utils", "sealed PDF files, read by an independent implementation"),
)


def missing_tools() -> list[str]:
    """What is not installed, one sentence each, with how to install it."""
    missing = [f"{tool.name} (for {tool.purpose}): apt-get install {tool.package}" for tool in TOOLS if not tool.is_there()]
    try:
        find_programs()
    except NoPostgreSQL:
        missing.append("PostgreSQL (for the tests on PostgreSQL): apt-get install postgresql")
    return missing


@dataclass(frozen=True)
class Outcome:
    part: str
    status: int
    seconds: float

    def __str__(self) -> str:
        word = {0: "passed", NO_TESTS: "no tests"}.get(self.status, "FAILED")
        return f"{self.part:<12}{word:<10}{self.seconds:6.1f} s"


def run_pytest(part: Part, paths: Sequence[str], extra: Sequence[str], *, spread: bool, env: Mapping[str, str]) -> int:
    """One run with a data folder of its own: two people may test in the same work tree."""
    workers = ["-n", str(WORKERS), "--dist", part.spread] if spread and WORKERS > 1 else []
    workers += [f"--ignore={folder}" for folder in part.without if not paths]
    with tempfile.TemporaryDirectory(prefix="allmende-test-") as data:
        own = {"ALLMENDE_DATA": data}
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        command = [sys.executable, "-m", "pytest", "--tb=short", "-m", part.marks, *workers, *paths, *extra]
        return subprocess.run(command, env={**inherited, **own, **env}, check=False).returncode


def run_part(part: Part, paths: Sequence[str], extra: Sequence[str], *, spread: bool) -> Outcome | None:
    """Run one part; None when what it needs is not installed."""
    print(f"\n== {part.name}", flush=True)
    start = time.monotonic()
    if not CHROMIUM.is_there():
        if part is BROWSER:
            return None
        part = replace(part, marks=f"({part.marks}) and not browser") if part is ON_SQLITE else part
    if part is not POSTGRESQL:
        status = run_pytest(part, paths, extra, spread=spread, env={})
    else:
        try:
            with cluster() as url:
                status = run_pytest(part, paths, extra, spread=spread, env={"DATABASE_URL": url})
        except NoPostgreSQL:
            return None
        except ClusterFailed as error:
            print(error, file=sys.stderr)
            status = 1
    return Outcome(part.name, status, time.monotonic() - start)


def main(arguments: Sequence[str]) -> int:
    own, extra = list(arguments), []
    if "--" in own:
        cut = own.index("--")
        own, extra = own[:cut], own[cut + 1 :]
    parser = argparse.ArgumentParser(prog="script/test", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders or node ids; without: all")
    for part in PARTS:
        parser.add_argument(f"--{part.name}", action="store_true", help=f"only this part: {part.marks}")
    chosen = parser.parse_args(own)
    parts = [part for part in PARTS if getattr(chosen, part.name)] or ([ON_SQLITE] if chosen.paths else list(PARTS))
    leave_on_signals()
    outcomes = [run_part(part, chosen.paths, extra, spread=not chosen.paths) for part in parts]
    print()
    for outcome in outcomes:
        if outcome:
            print(outcome)
    return verdict(outcomes, missing_tools(), in_ci=os.environ.get("CI") == "true")


def verdict(outcomes: Sequence[Outcome | None], missing: Sequence[str], *, in_ci: bool) -> int:
    """Name what was missing and return the exit status. A suite that ran nothing has not passed."""
    if missing:
        print("\nNot everything could be tested. Missing:")
        for sentence in missing:
            print(f"  {sentence}")
    statuses = [outcome.status for outcome in outcomes if outcome]
    if any(status not in (0, NO_TESTS) for status in statuses) or (missing and in_ci):
        return 1
    return 0 if 0 in statuses else NO_TESTS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
