"""All linters, one line each; what a failing one said comes below it.

script/lint           all
script/lint --fix     first let ruff and djLint repair what they can
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

# What other people made is fetched at set-up, never committed. These names betray it.
FOREIGN = (".min.js", ".min.css", ".woff", ".woff2", ".ttf", ".otf", ".whl", ".map", ".jar", ".so", ".tgz")
FOREIGN_FOLDERS = {"node_modules", "vendor", "third_party", "site-packages"}


@dataclass(frozen=True)
class Linter:
    """A program, judged by its exit status."""

    name: str
    command: Sequence[str | Path]
    repair: Sequence[Sequence[str | Path]] = field(default_factory=list)


def python_folders() -> list[str]:
    return [name for name in ("allmende", "tools", "tests", "conftest.py") if (ROOT / name).exists()]


def linters() -> list[Linter]:
    python = python_folders()
    templates: list[str | Path] = [BIN / "djlint", "allmende", "--quiet"]
    manage: list[str | Path] = [sys.executable, "-m", "django"]
    return [
        Linter("ruff", [BIN / "ruff", "check", "--quiet", "."], [[BIN / "ruff", "check", "--quiet", "--fix", "."]]),
        Linter("ruff format", [BIN / "ruff", "format", "--quiet", "--check", "."], [[BIN / "ruff", "format", "--quiet", "."]]),
        Linter("mypy", [BIN / "mypy", "--no-error-summary", *python]),
        Linter("djLint", [*templates, "--lint"]),
        Linter("djLint format", [*templates, "--check"], [[*templates, "--reformat"]]),
        Linter("layers", [BIN / "lint-imports", "--no-logo"]),
        Linter("migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        Linter("translations", [sys.executable, "-m", "tools.translations", "--check"]),
        Linter("nothing foreign", [sys.executable, "-m", "tools.lint", "--foreign"]),
    ]


def foreign(names: Sequence[str]) -> list[str]:
    """Which of these paths look like files of other projects."""
    return [name for name in names if name.endswith(FOREIGN) or FOREIGN_FOLDERS & set(Path(name).parts)]


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S607
    return [name for name in listing.stdout.split("\0") if name]


def run(linter: Linter, env: dict[str, str]) -> bool:
    start = time.monotonic()
    done = subprocess.run(
        [str(part) for part in linter.command], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    print(f"{linter.name:<16}{'FAILED' if done.returncode else 'ok':<8}{time.monotonic() - start:5.1f} s", flush=True)
    if done.returncode:
        print("".join(f"    {line}\n" for line in done.stdout.strip().splitlines()), flush=True)
    return done.returncode == 0


def main(arguments: Sequence[str]) -> int:
    if set(arguments) - {"--fix", "--foreign"}:
        print("usage: script/lint [--fix]", file=sys.stderr)
        return 2
    if "--foreign" in arguments:
        found = foreign(tracked())
        print("\n".join(found))
        return int(bool(found))
    with tempfile.TemporaryDirectory(prefix="allmende-lint-") as data:
        env = {**os.environ, "ALLMENDE_DATA": data, "DJANGO_SETTINGS_MODULE": "allmende.config.settings"}
        env.pop("DATABASE_URL", None)
        if "--fix" in arguments:
            for linter in linters():
                for command in linter.repair:
                    subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False)
        passed = [run(linter, env) for linter in linters()]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
