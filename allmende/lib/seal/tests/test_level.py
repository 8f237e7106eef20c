"""The page says honestly which level a seal has."""

from __future__ import annotations

import pytest
from cryptography import x509

from allmende.lib.seal import TRUSTED_LIST_REMARK, DemoCa, SealLevel, level_of

from .conftest import NOW
from .papers import authority, issue, name, usage

COMPLIANCE = bytes.fromhex("3008060604008e460101")
DEVICE = bytes.fromhex("3008060604008e460104")
ESEAL = bytes.fromhex("3013060604008e4601063009060704008e46010602")
ESIGN = bytes.fromhex("3013060604008e4601063009060704008e46010601")


def statements(*parts: bytes) -> tuple[x509.ExtensionType, bool]:
    body = b"".join(parts)
    return x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), bytes([0x30, len(body)]) + body), False


@pytest.mark.parametrize(
    ("parts", "level"),
    [
        ([COMPLIANCE, DEVICE, ESEAL], SealLevel.QUALIFIED),
        ([COMPLIANCE, ESEAL], SealLevel.ADVANCED),
        ([DEVICE, ESEAL], SealLevel.ADVANCED),
        ([COMPLIANCE, DEVICE], SealLevel.ADVANCED),
        ([COMPLIANCE, DEVICE, ESIGN], SealLevel.ADVANCED),
        ([b"\x30\x7f"], SealLevel.ADVANCED),
        ([], SealLevel.ADVANCED),
    ],
)
def test_a_seal_is_called_qualified_only_when_its_certificate_states_all_of_it(parts: list[bytes], level: SealLevel) -> None:
    paper = issue(name("Siegel"), issuer=authority(), extensions=[usage(), statements(*parts)])

    assert level_of(paper.der) is level


def test_the_demo_never_becomes_more_by_statements() -> None:
    made = DemoCa(name="Prüfstelle", at=NOW)
    subject = made.certificate.subject

    paper = issue(subject, extensions=[usage(), statements(COMPLIANCE, DEVICE, ESEAL)])

    assert level_of(paper.der) is SealLevel.ADVANCED_DEMO


@pytest.mark.parametrize("level", SealLevel)
def test_every_level_speaks_both_languages(level: SealLevel) -> None:
    assert level.label("de") != level.label("en")
    assert level.text("de") != level.text("en")
    assert TRUSTED_LIST_REMARK[0].startswith("Die Vertrauensliste")
