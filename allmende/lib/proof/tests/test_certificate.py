"""A certificate of publication: which entry it names, whether it is that of a bundle, and that no byte of it can be changed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.proof import verify, write
from allmende.lib.proof.limited import verify_limited
from allmende.lib.proof.recognition import Subject
from allmende.lib.proof.report import Fresh, Report
from allmende.lib.proof.statement import Statement, statement_in
from allmende.lib.proof.tests.bundles import KEY, SECOND, Notice, keys_of, sealed, states
from allmende.lib.proof.tests.certificates import NOTICE, made, naming, stated
from allmende.lib.seal.pdf import find_seal

WHOLE = write(NOTICE.bundle())
HEX = st.text("0123456789abcdef", min_size=64, max_size=64)


def said(certificate: bytes, bundle: bytes = WHOLE) -> Report:
    return verify(bundle, vkey=KEY, certificate=certificate)


def test_the_right_one_names_exactly_the_entry() -> None:
    report = said(naming())

    assert states(report)["certificate"] == "demo:demo"
    assert report.trusted
    assert "17/2026-1" in report.check("certificate").detail.de  # type: ignore[union-attr]


def test_issuers_that_are_known_vouch_for_it() -> None:
    """The demo is never vouched for, so its mark is taken off here."""
    seal, authority = keys_of("Stadt Quellstedt")
    assert seal.certificates
    assert authority.certificates
    report = verify(WHOLE, vkey=KEY, certificate=naming(), issuers=[seal.certificates[-1], authority.certificates[-1]])

    assert states(report)["certificate"] == "demo:demo"


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"origin": "wiesenmark.example/log"}, "bad:other_log"),
        ({"index": 3}, "bad:entry"),
        ({"entry": "0" * 64}, "bad:entry"),
        ({"page": "0" * 64}, "bad:entry"),
        ({"document": "0" * 64}, "bad:entry"),
        ({"organisation": "Stadt Anderswo"}, "open:sealer"),
    ],
)
def test_another_one_is_told_apart(other: dict[str, str], reason: str) -> None:
    assert states(said(naming(**other)))["certificate"] == reason


def test_one_of_another_notice_is_an_error_and_the_proof_itself_stays_right() -> None:
    report = said(naming(index=3))

    assert report.exit_status == 1
    assert report.headline.en == "The certificate of publication does not belong to it"
    assert [check.code for check in report.failed] == ["certificate"]


@pytest.mark.parametrize("file", [b"", b"%PDF-1.7\n", WHOLE, sealed().pdf, made("Bekanntmachungsnachweis").pdf])
def test_what_is_no_certificate_is_named(file: bytes) -> None:
    assert states(said(file))["certificate"] == "bad:form"


def test_the_two_may_stand_in_each_others_place() -> None:
    assert verify(naming(), vkey=KEY, certificate=WHOLE) == said(naming())


def test_beside_a_proof_whose_entry_is_not_certain_it_is_not_compared() -> None:
    torn = WHOLE.replace(b"quellstedt.example/log\n4\n", b"quellstedt.example/log\n5\n")

    assert states(said(naming(), torn))["certificate"] == "open:unchecked"


def test_alone_it_says_what_it_names_and_how_long_it_lasts() -> None:
    report = verify(naming())

    assert (report.subject, report.ok) == (Subject.DOCUMENT, True)
    assert report.headline.de == "Dieser Bekanntmachungsnachweis ist zur Vorführung gesiegelt"
    assert states(report) == {"seal": "demo:demo", "time": "demo:demo", "certificate": "open:alone"}
    assert "Zeile 3 im Protokoll quellstedt.example/log" in report.check("certificate").detail.de  # type: ignore[union-attr]
    assert report.facts.certifies == stated()
    assert {one.what: one.state for one in report.lasting} == {"seal": Fresh.FRESH, "time": Fresh.FRESH}


def test_with_the_proof_it_is_said_how_long_it_lasts() -> None:
    assert [one.what for one in said(naming()).lasting] == ["seal", "time", "log", "certificate"]


def test_every_changed_byte_is_refused() -> None:
    """A sample of what is sealed, and every byte of the seal itself that is no filling."""
    whole = naming()
    place = find_seal(whole)
    signature = range(place.begin + 1, place.begin + 1 + 2 * len(place.cms), 2 * 61)
    for position in [*range(0, place.begin, 499), *signature, *range(place.end - 1, len(whole), 89)]:
        changed = bytearray(whole)
        changed[position] = ord("0") if position in signature and changed[position] != ord("0") else changed[position] ^ 1
        assert states(said(bytes(changed)))["certificate"].startswith("bad:"), position
    assert states(said(whole + b"\n"))["certificate"] == "bad:seal"


def test_letters_in_a_picture_imitate_no_statement() -> None:
    """Whoever hands in the pictures or the text of a notice makes no certificate of it: only the seal states something."""
    inside = made(f"Bekanntmachung\nBekanntmachungsnachweis {stated().text}").pdf

    assert verify(inside).facts.certifies is None


@given(st.text(max_size=300))
def test_no_sentence_makes_the_reader_fall(reason: str) -> None:
    found = statement_in(reason)

    assert found is None or found.text == reason


@given(
    st.from_regex(re.compile(r"[^\x00-\x1f\x7f]{1,100}"), fullmatch=True),
    st.from_regex(re.compile(r"[^\s+]{1,200}"), fullmatch=True),
    st.integers(0, 2**59),
    HEX,
    HEX,
    HEX,
)
def test_what_is_written_is_read_again(label: str, origin: str, index: int, entry: str, page: str, document: str) -> None:
    statement = Statement(label, origin, index, entry, page, document)

    assert statement_in(statement.text) == statement


def test_what_cannot_be_read_again_is_not_written() -> None:
    with pytest.raises(ValueError, match="read again"):
        Statement("17\n", "a", 0, "0" * 64, "0" * 64, "0" * 64).text  # noqa: B018


def test_the_child_process_says_the_same() -> None:
    assert verify_limited(WHOLE, vkey=KEY, certificate=naming()) == said(naming())
    assert verify_limited(naming()) == verify(naming())


def test_another_edition_of_the_bundle_is_the_same_entry() -> None:
    """Cosignatures come later; the certificate names the entry and not the file."""
    later = write(Notice(index=2, size=9).bundle(SECOND))

    assert states(said(naming(), later))["certificate"] == "demo:demo"
