"""Prepare a work tree in repeatable steps; a step whose inputs are unchanged is skipped.

Runs under any Python from 3.11 on, before anything is installed: the standard library only.
"""

import ast
import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# One file that is both a shell and a Python script: a #! line may neither contain blanks nor be long.
LAUNCHER = """\
#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from allmende.config.command import main

sys.exit(main())
"""


class SetupError(Exception):
    """A step failed; the text says what to do."""


@dataclass(frozen=True)
class Step:
    """One part of the set-up. `inputs` are hashed (contents and names); `outputs` must exist for the step to be skipped."""

    name: str
    title: str
    inputs: Sequence[Path | str]
    outputs: Sequence[Path]
    run: Callable[[], None]


@dataclass(frozen=True)
class Tree:
    """Where things are in one work tree."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def requirements(self) -> Path:
        return self.root / "requirements"

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def site_packages(self) -> Path:
        return self.venv / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"


def digest(inputs: Sequence[Path | str]) -> str:
    """SHA-256 over texts and files (name and contents); a file that is missing counts as missing, not as empty."""
    total = hashlib.sha256(sys.version.encode())
    for item in inputs:
        content = (item.read_bytes() if item.is_file() else b"missing") if isinstance(item, Path) else b"text"
        total.update(hashlib.sha256(f"{item}".encode()).digest() + hashlib.sha256(content).digest())
    return total.hexdigest()


def is_done(step: Step, stamps: Path) -> bool:
    stamp = stamps / step.name
    return stamp.is_file() and stamp.read_text() == digest(step.inputs) and all(output.exists() for output in step.outputs)


def perform(steps: Sequence[Step], stamps: Path) -> None:
    """Run what is not done, one line each. A stamp is written after success only, so a killed set-up goes on."""
    for number, step in enumerate(steps, 1):
        if is_done(step, stamps):
            continue
        print(f"[{number}/{len(steps)}] {step.title} … ", end="", flush=True)
        start = time.monotonic()
        step.run()
        stamps.mkdir(parents=True, exist_ok=True)
        (stamps / step.name).write_text(digest(step.inputs))
        print(f"{time.monotonic() - start:.1f} s", flush=True)


def run(command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """Run a command quietly and return what it printed.

    Raises:
        SetupError: it failed; the text holds its last lines.
    """
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-15:])
        raise SetupError(f"`{' '.join(str(part) for part in command)}` failed:\n{last}")
    return done.stdout


def pip_settings(listing: str) -> dict[str, str]:
    """Read `pip config list` (lines like global.index-url='…'). The environment wins over `install`, that over `global`."""
    found: dict[str, str] = {}
    for section in ("global.", "install.", ":env:."):
        for line in listing.splitlines():
            key, equals, value = line.partition("=")
            if equals and key.startswith(section):
                found[key.removeprefix(section)] = str(ast.literal_eval(value))
    return found


def uv_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The settings of pip as uv reads them: uv knows neither pip.conf nor PIP_INDEX_URL, and mirrors must hold for both."""
    names = {
        "index-url": ("UV_DEFAULT_INDEX", " "),
        "extra-index-url": ("UV_INDEX", " "),
        "find-links": ("UV_FIND_LINKS", ","),
        "trusted-host": ("UV_INSECURE_HOST", " "),
        "cert": ("SSL_CERT_FILE", " "),
        "proxy": ("ALL_PROXY", " "),
    }
    env = {names[key][0]: names[key][1].join(value.split()) for key, value in settings.items() if key in names}
    if settings.get("no-index", "false").lower() in ("1", "true", "yes", "on"):
        env["UV_NO_INDEX"] = "1"
    # Every wheel is named by its hash: which index it comes from decides nothing.
    return env | {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_PYTHON_DOWNLOADS": "never", "UV_HTTP_TIMEOUT": "120"}


def _create_environment(tree: Tree) -> None:
    try:
        run([sys.executable, "-m", "venv", "--clear", tree.venv], cwd=tree.root)
    except SetupError as error:
        shutil.rmtree(tree.venv, ignore_errors=True)
        raise SetupError(f"{error}\n\nOn Debian and Ubuntu the module comes with: apt-get install python3-venv") from None


def _fits(tree: Tree) -> bool:
    """Whether an environment is there that belongs to this Python and this folder."""
    asked = "import sys; print(sys.prefix, sys.version)"
    try:
        return run([tree.python, "-c", asked], cwd=tree.root).strip() == f"{tree.venv} {sys.version}".strip()
    except (SetupError, OSError):
        return False


def _environment(tree: Tree) -> None:
    if not _fits(tree):
        _create_environment(tree)


def _install(tree: Tree, *names: str) -> None:
    """Install locked wheels: by uv, which takes seconds; where that fails for any reason, by pip."""
    pip: list[str | Path] = [tree.python, "-m", "pip", "--disable-pip-version-check"]
    locked: list[str | Path] = [part for name in names for part in ("-r", tree.requirements / name)]
    strict = ["--require-hashes", "--no-deps", "--only-binary", ":all:"]
    try:
        run([*pip, "install", *strict, "-r", tree.requirements / "uv.txt"], cwd=tree.root)
        handed_on = uv_environment(pip_settings(run([*pip, "config", "list"], cwd=tree.root)))
        uv: list[str | Path] = [tree.venv / "bin" / "uv", "pip", "install", "--python", tree.python, "--compile-bytecode"]
        run([*uv, *strict, *locked], cwd=tree.root, env=handed_on | os.environ)
    except (SetupError, OSError):
        print("uv could not, now pip (slower) … ", end="", flush=True)
        run([*pip, "install", *strict, *locked], cwd=tree.root)


def _command(tree: Tree) -> None:
    """Put `allmende` into the environment: no build, no network, the sources stay where they are."""
    (tree.site_packages / "allmende.pth").write_text(f"{tree.root}\n", encoding="utf-8")
    launcher = tree.venv / "bin" / "allmende"
    launcher.write_text(LAUNCHER.format(python=tree.python), encoding="utf-8")
    launcher.chmod(launcher.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def _npm(tree: Tree) -> None:
    """Fetch the locked front-end packages with the npm that came as a wheel; scripts of packages never run."""
    env = os.environ | {"PATH": f"{tree.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    run([tree.venv / "bin" / "npm", "ci", *quiet], cwd=tree.root / "frontend", env=env)


def steps(tree: Tree, *, dev: bool) -> list[Step]:
    """All steps in order. Texts among the inputs stand for what a file does not tell (a place, a way of doing it)."""
    locks = tree.requirements
    parcel = tree.root / "frontend"
    frontend: list[Path | str] = [tree.root / "tools" / "frontend.py", parcel / "package-lock.json", locks / "setup.txt"]
    catalogues = sorted((tree.root / "allmende").glob("*/locale/*/LC_MESSAGES/django.po"))
    module = tree.root / "tools" / "translations.py"
    place = str(tree.venv)
    main = ["base.txt", "setup.txt"]
    packages = [Step("packages", "Packages", [place, *(locks / name for name in main)], [], lambda: _install(tree, *main))]
    if dev:
        needs: list[Path | str] = [place, locks / "dev.txt", *(locks / name for name in main)]
        packages.append(Step("packages-dev", "Packages for tests and linters", needs, [], lambda: _install(tree, "dev.txt")))
    return [
        Step("environment", "Virtual environment", [place], [tree.python], lambda: _environment(tree)),
        *packages,
        Step("command", "Command allmende", [place, LAUNCHER], [tree.venv / "bin" / "allmende"], lambda: _command(tree)),
        Step(
            "npm",
            "Front-end packages",
            [parcel / "package.json", parcel / "package-lock.json"],
            [parcel / "node_modules" / ".package-lock.json"],
            lambda: _npm(tree),
        ),
        Step(
            "frontend",
            "Style sheets and fonts",
            frontend,
            [tree.build / "static" / "allmende" / "kern.min.css", tree.build / "fonts" / "OFL-FiraSans.txt"],
            lambda: _module(tree, "tools.frontend"),
        ),
        Step(
            "translations",
            "Translations",
            [*catalogues, module],
            [po.with_suffix(".mo") for po in catalogues],
            lambda: _module(tree, "tools.translations", "--compile"),
        ),
    ]


def _module(tree: Tree, *arguments: str) -> None:
    run([tree.python, "-m", *arguments], cwd=tree.root)


@contextmanager
def alone(tree: Tree) -> Iterator[None]:
    """One set-up at a time in one work tree; a second one waits."""
    tree.build.mkdir(exist_ok=True)
    with (tree.build / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(arguments: Sequence[str]) -> int:
    if set(arguments) - {"--dev"}:
        print("usage: script/setup [--dev]", file=sys.stderr)
        return 2
    tree = Tree(ROOT)
    try:
        with alone(tree):
            perform(steps(tree, dev="--dev" in arguments), tree.venv / "stamps")
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
