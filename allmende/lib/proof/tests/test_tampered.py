"""Changed bytes anywhere in a bundle, and garbage in their place: refused, and the reader is told what was changed."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allmende.lib.proof import Bundle, BundleError, State, read, verification, verify, write
from allmende.lib.proof.bundle import DOCUMENT, PAGE, POLICY, PROOF, README_NAME, SEAL_CERTIFICATES, TIMESTAMP, VKEY
from allmende.lib.proof.tests.bundles import HTML, KEY, packed, states
from allmende.lib.seal import SealReport, examine


def test_each_changed_byte_of_the_file_is_refused(plain: Bundle) -> None:
    """The directory of the ZIP byte by byte, the members sampled: they follow one by one below."""
    data = write(plain)

    directory = data.index(b"PK\x01\x02")
    for position in [*range(0, directory, 97), *range(directory, len(data))]:
        changed = data[:position] + bytes([data[position] ^ 0x04]) + data[position + 1 :]
        with pytest.raises(BundleError):  # what `verify` looks at first; it costs no seal
            read(changed)


SMALL = [PROOF, VKEY, POLICY, "leaf.json", "salts.json", PAGE]


@pytest.fixture
def seal_examined_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same seal material gives the same answer: where it stays as it is, it is examined only once."""
    known: dict[object, SealReport] = {}

    def examined(pdf: bytes, **material: Sequence[bytes]) -> SealReport:
        asked = (pdf, *(tuple(values) for _, values in sorted(material.items())))
        if asked not in known:
            known[asked] = examine(pdf, **material)
        return known[asked]

    monkeypatch.setattr(verification, "examine", examined)


@pytest.mark.usefixtures("seal_examined_once")
@pytest.mark.parametrize("name", SMALL)
def test_each_changed_byte_of_a_small_member_is_refused_even_if_the_manifest_matches(witnessed: Bundle, name: str) -> None:
    _refused_everywhere(witnessed, name, step=1)


@pytest.mark.parametrize(
    "name", [DOCUMENT, SEAL_CERTIFICATES, TIMESTAMP, "timestamp-certificates.pem", "revocation/000.crl", "revocation/001.crl"]
)
def test_changed_bytes_of_a_large_member_are_refused_even_if_the_manifest_matches(plain: Bundle, name: str) -> None:
    _refused_everywhere(plain, name, step=max(1, len(plain.members()[name]) // 12))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [DOCUMENT, SEAL_CERTIFICATES, TIMESTAMP, "timestamp-certificates.pem", "revocation/000.crl", "revocation/001.crl"]
)
def test_changed_bytes_of_a_large_member_are_refused_densely(plain: Bundle, name: str) -> None:
    _refused_everywhere(plain, name, step=max(1, len(plain.members()[name]) // 400))


def _refused_everywhere(bundle: Bundle, name: str, *, step: int) -> None:
    members = bundle.members()
    data = members[name]
    for place, position in enumerate(range(0, len(data), step)):
        mask = (0x01, 0x20, 0x80)[place % 3]
        changed = data[:position] + bytes([data[position] ^ mask]) + data[position + 1 :]
        report = verify(packed({**members, name: changed}))
        assert not report.ok, f"{name} at {position}"
        assert report.exit_status == 1


@pytest.mark.usefixtures("seal_examined_once")
def test_bytes_added_to_any_member_are_refused_even_if_the_manifest_matches(witnessed: Bundle) -> None:
    members = witnessed.members()
    for name, data in members.items():
        for changed in (data + b"\n", data + b"\0", b"\n" + data, data[:-1]):
            assert verify(packed({**members, name: changed})).ok == (name == README_NAME), name


def test_a_resident_is_told_what_was_changed(plain: Bundle) -> None:
    members = plain.members()
    page = packed({**members, PAGE: HTML.replace(b"24. November", b"25. November")})
    document = packed({**members, DOCUMENT: members[DOCUMENT].replace(b"2026", b"2027", 1)})
    both = packed({**members, PAGE: b"", DOCUMENT: b""})

    report = verify(page, vkey=KEY)
    assert states(report) | {"content": ""} == states(verify(write(plain), vkey=KEY)) | {"content": ""}
    assert states(report)["content"] == "bad:page_changed"
    assert report.headline.de == "Diese Datei wurde verändert"
    assert states(verify(document))["content"] == "bad:document_changed"
    assert verify(document).headline.de == "Diese Datei wurde verändert"
    assert states(verify(both))["content"] == "bad:both_changed"
    assert states(verify(both))["time"] == "open:unchecked"


def test_a_change_in_the_file_as_it_is_names_the_member(plain: Bundle) -> None:
    data = write(plain).replace(b"24. November", b"25. November", 1)

    report = verify(data)
    assert states(report)["bundle"] == "bad:changed"
    assert states(report)["content"] == "bad:page_changed"
    bundle = report.check("bundle")
    assert bundle is not None
    assert PAGE in bundle.detail.de


def test_a_file_that_was_packed_anew_is_told_apart_from_a_changed_one(plain: Bundle) -> None:
    report = verify(write(plain) + b"\0", vkey=KEY)

    assert states(report)["bundle"] == "bad:repacked"
    assert report.headline.de == "Dieser Nachweis ist nicht mehr der ausgegebene"


def test_a_readme_may_be_rewritten(plain: Bundle) -> None:
    assert verify(packed({**plain.members(), README_NAME: "Gruß vom Amt".encode()}), vkey=KEY).trusted


@given(st.binary(max_size=200))
def test_garbage_gets_an_answer(data: bytes) -> None:
    assert not verify(data).ok


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.usefixtures("seal_examined_once")
def test_garbage_in_any_member_gets_an_answer(plain: Bundle, data: st.DataObject) -> None:
    members = plain.members()
    name = data.draw(st.sampled_from([name for name in members if name != README_NAME]))
    garbage = data.draw(st.binary(max_size=50))
    report = verify(packed({**members, name: garbage}), vkey=KEY)

    assert not report.ok
    assert all(check.state in State for check in report.checks)
