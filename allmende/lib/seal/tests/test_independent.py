"""Programs and libraries that know nothing of this package come to the same result."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from allmende.lib.seal import SealedPdf, load_pkcs12, seal_pdf
from allmende.lib.seal.pdf import find_seal

from .conftest import LABEL, NOW, Office, at_now, examine_sealed
from .papers import authority, issue, name, type_of_key, usage

PACKAGES = {"openssl": "openssl", "pdfsig": "poppler-utils", "qpdf": "qpdf"}


def run(program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    if shutil.which(program) is None:
        message = f"{program} is missing; install it with: apt-get install {PACKAGES[program]}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=30, check=False)


@dataclass(frozen=True)
class Parts:
    """What the programs want as files."""

    pdf: Path
    signature: Path
    content: Path
    issuer: Path
    token: Path
    signature_value: Path
    stamp_issuer: Path


def pem(*certificates: bytes) -> bytes:
    return b"".join(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM) for der in certificates)


def spread(sealed: SealedPdf, folder: Path) -> Parts:
    from asn1crypto import cms

    place = find_seal(sealed.pdf)
    value = cms.ContentInfo.load(place.cms)["content"]["signer_infos"][0]["signature"].native
    parts = Parts(*(folder / part for part in ("n.pdf", "n.cms", "n.bin", "ca.pem", "n.tst", "n.sig", "tsa.pem")))
    parts.pdf.write_bytes(sealed.pdf)
    parts.signature.write_bytes(place.cms)
    parts.content.write_bytes(sealed.pdf[: place.begin] + sealed.pdf[place.end :])
    parts.issuer.write_bytes(pem(*sealed.certificates[1:]))
    parts.token.write_bytes(sealed.token)
    parts.signature_value.write_bytes(value)
    parts.stamp_issuer.write_bytes(pem(*sealed.timestamp_certificates[1:]))
    return parts


AT = str(int(NOW.timestamp()))


KEYS: dict[str, Callable[[], type_of_key]] = {
    "EC P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "EC P-384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "EC P-521": lambda: ec.generate_private_key(ec.SECP521R1()),
    "RSA 2048": lambda: rsa.generate_private_key(65537, 2048),
}


@pytest.fixture(scope="session", params=KEYS)
def any_sealed(request: pytest.FixtureRequest, office: Office, notice: bytes) -> SealedPdf:
    key = KEYS[request.param]()
    ca = authority()
    paper = issue(name("Siegel der Stadt Quellstedt"), issuer=ca, key=key, extensions=[usage()])
    return seal_pdf(
        notice,
        seal=load_pkcs12(paper.pkcs12("Siegel", ca), "Siegel", at=NOW),
        authority=office.authority,
        authority_certificates=office.authority.certificates,
        field_label=LABEL,
        clock=at_now,
    )


def test_openssl_verifies_the_seal_and_notices_a_change(any_sealed: SealedPdf, tmp_path: Path) -> None:
    parts = spread(any_sealed, tmp_path)
    arguments = (
        "cms", "-verify", "-inform", "DER", "-in", parts.signature, "-content", parts.content, "-binary", "-cades",
        "-CAfile", parts.issuer, "-purpose", "any", "-attime", AT, "-out", os.devnull,
    )  # fmt: skip

    good = run("openssl", *arguments)
    content = parts.content.read_bytes()
    parts.content.write_bytes(content[:-2] + b"!" + content[-1:])
    bad = run("openssl", *arguments)

    assert good.returncode == 0, good.stderr
    assert "CAdES Verification successful" in good.stderr
    assert bad.returncode != 0


def test_openssl_verifies_the_time_stamp_and_notices_a_change(any_sealed: SealedPdf, tmp_path: Path) -> None:
    parts = spread(any_sealed, tmp_path)
    arguments = (
        "ts", "-verify", "-token_in", "-in", parts.token, "-data", parts.signature_value, "-CAfile", parts.stamp_issuer,
        "-attime", AT,
    )  # fmt: skip

    good = run("openssl", *arguments)
    parts.signature_value.write_bytes(parts.signature_value.read_bytes() + b"!")
    bad = run("openssl", *arguments)

    assert good.returncode == 0, good.stderr
    assert "Verification: OK" in good.stdout + good.stderr
    assert bad.returncode != 0


def test_openssl_gets_an_answer_to_its_own_question(office: Office, tmp_path: Path) -> None:
    """Question and answer in the words of another program: the demo authority speaks RFC 3161, not our dialect."""
    data, query, reply, roots = (tmp_path / part for part in ("d", "q", "r", "ca.pem"))
    data.write_text("Bekanntmachung")
    roots.write_bytes(pem(*office.authority.certificates[1:]))
    for digest in ("-sha256", "-sha384", "-sha512"):
        assert run("openssl", "ts", "-query", "-data", data, digest, "-cert", "-out", query).returncode == 0
        reply.write_bytes(office.authority.stamp(query.read_bytes()))

        checked = run("openssl", "ts", "-verify", "-queryfile", query, "-in", reply, "-CAfile", roots, "-attime", AT)

        assert checked.returncode == 0, checked.stderr


def test_openssl_reads_a_refusal(office: Office, tmp_path: Path) -> None:
    reply = tmp_path / "r"
    reply.write_bytes(office.authority.stamp(b"keine Anfrage"))

    told = run("openssl", "ts", "-reply", "-in", reply, "-text")

    assert "Rejected" in told.stdout


def test_poppler_says_that_the_whole_document_is_signed(any_sealed: SealedPdf, tmp_path: Path) -> None:
    told = run("pdfsig", "-nocert", spread(any_sealed, tmp_path).pdf).stdout

    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told


def test_qpdf_finds_no_fault(any_sealed: SealedPdf, tmp_path: Path) -> None:
    checked = run("qpdf", "--check", spread(any_sealed, tmp_path).pdf)

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_pyhanko_trusts_the_seal_when_it_trusts_the_issuers(any_sealed: SealedPdf) -> None:
    from asn1crypto import x509 as asn1_x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator.context import ValidationContext

    roots = [asn1_x509.Certificate.load(path[-1]) for path in (any_sealed.certificates, any_sealed.timestamp_certificates)]
    (embedded,) = PdfFileReader(io.BytesIO(any_sealed.pdf)).embedded_signatures

    status = validate_pdf_signature(
        embedded,
        ValidationContext(trust_roots=roots[:1], moment=NOW, allow_fetching=False),
        ts_validation_context=ValidationContext(trust_roots=roots[1:], moment=NOW, allow_fetching=False),
    )

    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.docmdp_ok
    assert embedded.docmdp_level is MDPPerm.NO_CHANGES
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.trusted
    assert status.timestamp_validity.timestamp == any_sealed.stamped_at


def test_our_own_examination_agrees(any_sealed: SealedPdf) -> None:
    assert examine_sealed(any_sealed).problems == ()
