"""docs/log.md, sections 14 and 15: the complete example is what the document says, for ever."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from allmende.lib.proof import archive, verify
from allmende.lib.proof.pem import certificates_in
from allmende.lib.proof.report import Report
from allmende.lib.proof.tests.bundles import states
from allmende.lib.proof.tests.make_examples import LOG
from allmende.lib.proof.tests.test_document import DOCUMENT_TEXT
from allmende.lib.proof.texts.archive import CHECKS as ARCHIVE
from allmende.lib.proof.texts.certificate import CHECKS
from allmende.lib.seal import examine_alone

CHAPTER = DOCUMENT_TEXT[DOCUMENT_TEXT.index("## 14.") :]
EXAMPLES = Path(__file__).with_name("examples")
BUNDLE, ARCHIVED, CERTIFICATE, ISSUERS = (
    (EXAMPLES / "archive" / name).read_bytes() for name in ("notice.zip", "archive.zip", "certificate.pdf", "issuers.pem")
)
SOON = datetime(2026, 12, 1, tzinfo=UTC)
ROWS = re.findall(r"^\| (20\d\d-\d\d-\d\d) \| the bundle \| (?:ok `(\w+)`)? ?\| (.+) \|$", CHAPTER, re.MULTILINE)


def said(
    bundle: bytes = BUNDLE, *, with_archive: bytes | None = None, certificate: bytes | None = None, now: datetime = SOON, known: bool = True
) -> Report:
    issuers = certificates_in(ISSUERS) if known else ()
    return verify(bundle, vkey=str(LOG.key), issuers=issuers, archive=with_archive, certificate=certificate, now=now)


@pytest.mark.parametrize(("clock", "archived", "told"), ROWS)
def test_what_is_fresh_at_a_time_is_what_the_document_says(clock: str, archived: str, told: str) -> None:
    report = said(with_archive=ARCHIVED if archived else None, now=datetime.fromisoformat(clock).replace(tzinfo=UTC))

    assert report.trusted
    assert states(report).get("archive", ":").partition(":")[2] == archived
    assert [one.state.value for one in report.lasting] == re.findall(r"`(\w+)`", told)


def test_every_row_of_the_example_is_tried() -> None:
    assert len(ROWS) == 5


def test_without_issuers_nobody_vouches() -> None:
    report = said(with_archive=ARCHIVED, certificate=CERTIFICATE, known=False)

    assert (states(report)["archive"], states(report)["certificate"]) == ("open:claimed", "open:claimed")


def test_what_must_be_found_is_found() -> None:
    opened = archive.read(ARCHIVED)
    token = opened.token[:-1] + bytes([opened.token[-1] ^ 1])
    for reason, bundle, file in (
        ("tree", BUNDLE, archive.write(replace(opened, leaves=opened.leaves[:-1] + b"\0"))),
        ("tree", BUNDLE, archive.write(replace(opened, leaves=opened.leaves[:-32]))),
        ("stamp", BUNDLE, archive.write(replace(opened, token=token))),
        ("entry", (EXAMPLES / "void.zip").read_bytes(), ARCHIVED),
        ("other_log", (EXAMPLES / "attachments" / "attachments.zip").read_bytes(), ARCHIVED),
        ("form", BUNDLE, ARCHIVED + b"\n"),
    ):
        assert states(verify(bundle, archive=file, now=SOON))["archive"] == f"bad:{reason}"


def test_the_certificate_names_the_notice_and_states_what_is_written() -> None:
    (written,) = re.findall(r"<!-- stated -->\n\n```\n(.*?)\n```\n", CHAPTER, re.DOTALL)

    assert examine_alone(CERTIFICATE).reason == written
    assert states(said(certificate=CERTIFICATE))["certificate"] == "ok:ok"
    assert states(verify(CERTIFICATE, now=SOON))["certificate"] == "open:alone"


def test_the_section_names_every_reason_with_its_state() -> None:
    told = set(re.findall(r"^\| ?(?:certificate)? ?\| ([a-z]+) \| `(\w+)` \|", CHAPTER, re.MULTILINE))
    known = {(state.value, reason) for (_, reason), (state, *_) in CHECKS.items()}

    assert told == known - {("open", "alone")}
    assert [reason for _, reason in ARCHIVE if f"`{reason}`" not in CHAPTER] == []
