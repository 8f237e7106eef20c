"""The demo as it is after its three years: made once, by its command, in an installation of its own."""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from allmende.config.demo import files
from allmende.config.demo.told import drafts, published, read
from allmende.lib.proof import verify
from allmende.notices import kinds

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
Q, E, W = "quellstedt", "erlenland", "wiesenmark"


@dataclass
class World:
    data: Path
    facts: dict[str, Any]

    def all(self, what: str) -> list[Any]:
        return [row for body in (Q, E, W) for row in self.facts[body][what]]

    @cached_property
    def bundles(self) -> list[Path]:
        return sorted((self.data / "public").rglob("*.zip"))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    data = tmp_path_factory.mktemp("demo")
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL" and not name.startswith("ALLMENDE_")}
    env = inherited | {"DJANGO_SETTINGS_MODULE": "allmende.config.settings", "ALLMENDE_DATA": str(data)}

    def run(*words: str) -> str:
        done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("allmende.config.command", "demo", "--verbosity", "0")
    return World(data, json.loads(run("allmende.config.tests.demo_facts")))


KINDS = {
    "general": 24,
    "bylaw": 13,
    "meeting": 4,
    "election": 3,
    "order": 3,
    "service": 3,
    "tender": 3,
    "job": 2,
    "plan": 2,
    "emergency": 1,
    "plan_in_force": 1,
    "replacement": 1,
}


def test_sixty_notices_of_all_kinds(world: World) -> None:
    numbered = [row for row in world.all("notices") if row[2]]

    assert Counter(kind for kind, *_rest in numbered) == KINDS
    assert set(KINDS) == {kind.code for kind in kinds.all_kinds()}
    assert Counter(state for _kind, state, *_rest in numbered) == {"public": 56, "erased": 3, "removed": 1}
    assert {row[2].split("/")[1] for row in numbered} == {"2023", "2024", "2025", "2026"}


def test_drafts_in_every_state(world: World) -> None:
    waiting = Counter(state for _kind, state, path, *_rest in world.all("notices") if not path)

    assert waiting == {"draft": 5, "submitted": 3, "discarded": 1}
    assert world.facts[Q]["comments"] == 1  # one was sent back


def test_each_notice_has_the_same_number_each_time(world: World) -> None:
    places = {row[2]: row[3] for row in world.facts[Q]["notices"] if row[2].startswith("bekanntmachungen/2026/")}

    assert places == {
        "bekanntmachungen/2026/1/": "Versteigerung von Fundsachen am 7. Februar 2026",
        "bekanntmachungen/2026/2/": "Informationsabend zur Umgestaltung des Marktplatzes",
        "bekanntmachungen/2026/3/": "Waldbrandgefahr: Verhalten im Stadtwald",
        "bekanntmachungen/2026/4/": "Widmung der Straße Mühlgrabenring",
        "bekanntmachungen/2026/5/": "Gelöscht",
        "bekanntmachungen/2026/6/": "Fällung von elf Eschen am Uferweg und Ersatzpflanzung",
        "bekanntmachungen/2026/7/": "Gewässerschau am Erlenbach und am Mühlgraben",
        "bekanntmachungen/2026/8/": "Neuvergabe von Kleingärten am Mühlgraben",
        "bekanntmachungen/2026/9/": "Sitzung des Stadtrates am 10. Dezember 2026",
    }


def test_files_are_the_same_bytes_each_time() -> None:
    texts = [*published(), *drafts()]
    names = [name for told in texts for name, _title, _role in files.listed(told)]

    assert len(names) == len(set(names)) == 13
    assert all(files.made(name) == files.made(name) for name in names)
    assert files.in_word(read("ortsrecht/strassenreinigung")) == files.in_word(read("ortsrecht/strassenreinigung"))


def test_corrected_renewed_healed_with_a_line_in_the_log(world: World) -> None:
    relations = [row for body in (Q, E, W) for row in world.facts[body]["relations"]]

    assert Counter(word for word, *_rest in relations) == {"corrects": 1, "renews": 2, "heals": 1}
    assert all(in_log for *_rest, in_log in relations)


def test_taken_down_and_erased_with_a_line_in_the_log(world: World) -> None:
    removals = world.all("removals")

    assert Counter((event, reason) for event, reason, *_rest in removals) == {
        ("erased", ""): 3,
        ("removed", "mistake"): 1,
        ("removed", "personal_data"): 1,
    }
    assert all(in_log for *_rest, in_log in removals)


def test_what_is_over_is_not_current_any_more(world: World) -> None:
    ends = [row[4] for row in world.all("notices") if row[4] and row[1] == "public"]

    assert sum(end < "2026-11-27" for end in ends) >= 3
    assert any(end > "2026-11-30" for end in ends)


def test_by_laws_with_their_versions(world: World) -> None:
    rows = world.all("bylaws")

    assert len(rows) == 13  # of 13 by-laws and a replacement publication; the correction enacts nothing
    assert [number for title, number, _day in rows if "Kostenbeiträge" in title] == [1, 2]
    assert [day for title, _number, day in rows if "Friedhof" in title] == ["2026-01-01", "2026-12-01"]
    assert all(day for *_rest, day in rows)


def test_files_of_all_sorts(world: World) -> None:
    found = Counter(map(tuple, world.all("files")))

    assert found["attachment", "pdf", "yes"] == 6
    assert found["attachment", "pdf", "no"] == 6
    assert found["original", "pdf", "no"] == found["source", "docx", "unknown"] == 1
    assert world.facts[Q]["taken"] == 1  # the wording of the by-law on street cleaning
    assert sum(world.facts[body]["attachments"] for body in (Q, E, W)) == 11


def test_the_work_list_has_what_waits_and_what_is_done(world: World) -> None:
    tasks = Counter(map(tuple, world.all("tasks")))

    assert {kind for kind, state in tasks if state == "open"} == {
        "breach",
        "notices.board.take_down",
        "notices.hint",
        "notices.printout",
        "notices.service_record",
        "notices.supervision",
    }
    assert tasks["notices.hint", "done"] == 29
    assert tasks["notices.plan_portal", "done"] == 2
    assert sorted(map(tuple, world.facts[Q]["requests"])) == [
        (False, "form", "open"),
        (False, "letter", "done"),
        (True, "phone", "done"),
        (True, "phone", "open"),
    ]
    assert Counter(map(tuple, world.all("posters"))) == {(True, True): 2, (True, False): 2}


def test_three_issues_of_the_gazette_for_three_bodies(world: World) -> None:
    public = [row[1:] for row in world.facts[E]["issues"] if row[0] == "public"]

    assert public == [[2024, 1], [2025, 1], [2026, 1]]
    assert {body for _year, body in world.facts[E]["in_issues"]} == {Q, E, W}
    assert (world.facts[E]["readers"], world.facts[Q]["readers"]) == (2, 1)


def test_explanations_in_two_forms(world: World) -> None:
    assert sorted(world.facts[Q]["explanations"]) == [["easy", "published"], ["plain", "published"], ["plain", "submitted"]]


def test_one_certificate_and_one_outage(world: World) -> None:
    assert sum(world.facts[body]["certificates"] for body in (Q, E, W)) == 1
    assert world.facts["outages"] == ["not_running"]


def test_nothing_waits_but_the_mail_of_tomorrow(world: World) -> None:
    assert world.facts["waiting"] == [["tasks.morning", ""]] * 3


def test_the_logs_are_intact(world: World) -> None:
    assert world.all("problems") == []


def test_every_proof_holds(world: World) -> None:
    keys = {body: world.facts[body]["vkey"] for body in (Q, E, W)}
    owners = [path.relative_to(world.data / "public").parts[0] for path in world.bundles]
    reports = [verify(path.read_bytes(), vkey=keys[owner]) for path, owner in zip(world.bundles, owners, strict=True)]

    assert len(reports) == 56 + 3  # notices that are public, and issues
    assert [str(path) for path, report in zip(world.bundles, reports, strict=True) if not (report.ok and report.trusted)] == []


def test_no_legal_page_misses_a_fact(world: World) -> None:
    assert {body: world.facts[body]["missing"] for body in (Q, E, W)} == {Q: [], E: [], W: []}
