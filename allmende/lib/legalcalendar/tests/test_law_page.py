"""What docs/law.md says is what there is: keys, tests, files and the table of the Länder."""

import re
from pathlib import Path

from allmende.lib.legalcalendar import profiles
from allmende.lib.legalcalendar.keys import KEYS
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import profile_of

PACKAGE = Path(profiles.__file__).parent
ROOT = PACKAGE.parent.parent.parent
LAW = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
QUOTED = set(re.findall(r"`([^`]+)`", LAW))


def test_every_key_on_the_page_exists_and_every_key_that_notices_depend_on_is_there() -> None:
    groups = {name.split(".")[0] for name in KEYS}
    named = {
        name for name in QUOTED if re.fullmatch(r"[a-z_]+(\.[a-z_]+)?", name) and name.split(".")[0] in groups and not name.endswith(".py")
    }
    assert named - {"text"} <= set(KEYS)
    asked = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "computation").glob("*.py"))
    used = {name for name in re.findall(r'"([a-z_]+\.[a-z_]+|internet|forms)"', asked) if name in KEYS}
    assert used - named == set()


def test_every_test_and_file_on_the_page_exists() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for part in ("allmende", "tests") for path in (ROOT / part).rglob("test_*.py"))
    assert {name for name in QUOTED if name.startswith("test_") and f"def {name}(" not in tests} == set()
    files = {name for name in QUOTED if name.endswith((".py", ".toml")) and not name.startswith("lib/")}
    assert {name for name in files if not (PACKAGE / name).exists() and not (ROOT / "allmende" / name).exists()} == set()


def test_every_problem_on_the_page_can_arise() -> None:
    told = set(re.findall(r"`([a-z_]+)`", " ".join(re.findall(r"problem (`[^;.|*]+)", LAW))))
    source = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "computation").glob("*.py"))
    assert told
    assert {code for code in told if f'"{code}"' not in source and code not in KEYS} == set()


def test_the_table_of_the_laender_says_what_the_profiles_say() -> None:
    rows = re.findall(r"^\| ([A-Z]{2}) [^|]+\| (\w+) \| (\d+) \|", LAW, re.MULTILINE)
    assert {land: (use, int(version)) for land, use, version in rows} == {
        land.value: (profile_of(land).use.value, profile_of(land).version.number) for land in Land
    }


def _table(chapter: str) -> list[list[str]]:
    """Rows of the tables of a chapter, without heads and rules."""
    text = LAW[LAW.index(f"## {chapter}\n") :]
    text = text[: text.index("\n## ")]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line.startswith("|")]
    return [row for row in rows if row[0] not in ("Asked", "Box") and not set(row[0]) <= set("-|")]


def test_every_box_is_answered_by_lines_with_evidence_and_source() -> None:
    rows = _table("Checklist")
    lines = {row[0]: row[1:] for row in rows if len(row) == 3}
    boxes = {row[0]: row[1].strip(" |").split("; ") for row in rows if len(row) == 2}

    assert len(boxes) == 16
    assert {name for named in boxes.values() for name in named} - set(lines) == set()
    special = _of_kinds()  # plans, service, orders: asked of single kinds, answered below
    assert set(lines) - {name for named in boxes.values() for name in named} == special
    for name, (where, source) in lines.items():
        evidence = [found for found in re.findall(r"`([^`]+)`", where) if found in KEYS or found.startswith("test_")]
        assert evidence, f"{name}: no rule and no test"
        assert source.strip(" |"), f"{name}: no source"
        assert "*open*" not in where, name


def _of_kinds() -> set[str]:
    text = LAW[LAW.index("### Plans, service, orders") :]
    text = text[: text.index("| Class of personal data")]
    return {line.split(" | ")[0].strip("| ") for line in text.splitlines() if line.startswith("| ") and not line.startswith("| Asked")}
