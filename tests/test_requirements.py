"""The locked files: complete, exact, with hashes, and without a word about where packages come from."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PARCEL = ROOT / "frontend"


def locked(path: Path) -> Iterator[tuple[Requirement, int]]:
    """Each requirement of a locked file and how many hashes it has."""
    for line in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        pin, *hashes = line.split("--hash=sha256:")
        yield Requirement(pin.strip()), len(hashes)


def direct(path: Path) -> set[str]:
    """The names in an .in file."""
    lines = [line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return {canonicalize_name(Requirement(line).name) for line in lines if line and not line.startswith("-")}


def test_there_is_a_lock_for_every_list_of_needs() -> None:
    assert (
        {path.stem for path in LOCKS}
        == {path.stem for path in (ROOT / "requirements").glob("*.in")}
        == {"base", "setup", "dev", "uv", "verify"}
    )


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_names_one_version_with_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-", text.replace("    --hash=sha256:", ""), re.MULTILINE), "an option for pip"
    for requirement, hashes in locked(lock):
        assert [part.operator for part in requirement.specifier] == ["=="], requirement
        assert hashes, requirement


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_holds_every_direct_need(lock: Path) -> None:
    assert direct(lock.with_suffix(".in")) <= {canonicalize_name(requirement.name) for requirement, _ in locked(lock)}


def test_the_locks_agree_on_every_version() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for requirement, _ in locked(lock):
            versions.setdefault(canonicalize_name(requirement.name), set()).add(str(requirement.specifier))
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_installed_is_what_is_locked() -> None:
    for lock in LOCKS:
        for requirement, _ in locked(lock):
            if requirement.marker and not requirement.marker.evaluate():
                continue
            try:
                assert requirement.specifier.contains(version(requirement.name)), requirement
            except PackageNotFoundError:
                pytest.fail(f"{requirement} of {lock.name} is not installed")


def test_what_is_installed_fits_together() -> None:
    check = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "check"], capture_output=True, text=True, check=False
    )
    assert check.returncode == 0, check.stdout


def test_front_end_packages_are_exact_have_hashes_and_no_address() -> None:
    wanted = json.loads((PARCEL / "package.json").read_text(encoding="utf-8"))["dependencies"]
    text = (PARCEL / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]

    assert "://" not in text
    assert '"resolved"' not in text
    for name, exact in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == exact
    for name, package in packages.items():
        assert not name or package["integrity"].startswith("sha512-"), name
        assert "hasInstallScript" not in package, name
