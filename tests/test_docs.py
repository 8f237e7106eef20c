"""What is written down is what there is: settings, commands, errors, decisions."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from allmende.config.command import COMMANDS
from allmende.lib.proof.command import main as verify

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    source = "".join((ROOT / f"allmende/config/{name}.py").read_text("utf-8") for name in ("settings", "env"))
    read = set(re.findall(r'env_(?:str|int|port|bool|secret)\("([A-Z_]+)"', source))
    told = set(re.findall(r"^\| `([A-Z_]+)`", (DOCS / "guide-operators/settings.md").read_text("utf-8"), re.MULTILINE))

    assert read == told


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    if command == "verify":
        with pytest.raises(SystemExit):
            verify(["--help", "--language", "en"])
        told = capsys.readouterr().out
    else:
        told = load_command_class(get_commands()[command], command).create_parser("allmende", command).format_help()

    assert f"allmende {command}" in " ".join(told.split("xample", 1)[1].split())


def test_every_decision_is_in_the_list() -> None:
    listed = set(re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", (DOCS / "adr/README.md").read_text("utf-8")))

    assert listed == {path.name for path in (DOCS / "adr").glob("[0-9]*.md")}


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in (*ROOT.glob("*.md"), *DOCS.rglob("*.md"))
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_what_messages_of_the_program_point_to_is_written() -> None:
    """`docs/PAGE.md, "Chapter"` in the source: the page is there and has the chapter."""
    named = {
        found
        for source in (ROOT / "allmende").rglob("*.py")
        for found in re.findall(r'See (docs/[\w/.-]+\.md), "([^"]+)"', source.read_text("utf-8"))
    }

    assert named
    for page, chapter in named:
        assert f"## {chapter}\n" in (ROOT / page).read_text("utf-8"), (page, chapter)
