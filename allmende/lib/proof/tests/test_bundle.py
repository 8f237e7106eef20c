import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.proof import Bundle, BundleError, read, write
from allmende.lib.proof.bundle import FIXED, MANIFEST, POLICY, README_NAME, SALTS, SEAL_CERTIFICATES, VKEY, manifest_text, revocation_name
from allmende.lib.proof.container import pack, unpack
from allmende.lib.proof.pem import from_pem, to_pem
from allmende.lib.proof.tests.bundles import LOG, SECOND, WITNESS, Notice, packed, sealed
from allmende.lib.proof.way import steps


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return Notice().bundle(WITNESS)


def error_of(data: bytes) -> BundleError:
    with pytest.raises(BundleError) as error:
        read(data)
    return error.value


def test_a_bundle_is_read_as_it_was_written(bundle: Bundle) -> None:
    data = write(bundle)

    assert read(data) == bundle
    assert write(read(data)) == data


def test_the_members_stand_in_their_order(bundle: Bundle) -> None:
    with zipfile.ZipFile(io.BytesIO(write(bundle))) as archive:
        names = archive.namelist()
        assert [name for name in names if not name.startswith("revocation/")] == list(FIXED)
        assert names[-3:] == ["revocation/000.crl", "revocation/001.crl", README_NAME]
        assert archive.read(SALTS).startswith(b'{"document.pdf":"')
        assert archive.read(VKEY) == f"{LOG.key}\n".encode()
        assert archive.read(POLICY).decode() == f"log {LOG.key}\nwitness w1 {WITNESS.key}\ngroup witnesses all w1\nquorum witnesses\n"


def test_a_bundle_without_witnesses_asks_for_none() -> None:
    assert Notice().bundle().members()[POLICY].decode() == f"log {LOG.key}\nquorum none\n"


def test_cosignatures_stand_in_one_order_whoever_came_first() -> None:
    assert write(Notice().bundle(WITNESS, SECOND)) == write(Notice().bundle(SECOND, WITNESS))


def test_revocation_data_stands_in_one_order(bundle: Bundle) -> None:
    both = sealed().revocation
    assert len(both) == 2
    assert write(Bundle(**(vars(bundle) | {"revocation": both}))) == write(Bundle(**(vars(bundle) | {"revocation": both[::-1]})))


def test_a_bundle_that_another_program_packed_is_refused(bundle: Bundle) -> None:
    members = unpack(write(bundle))
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        again = io.BytesIO()
        with zipfile.ZipFile(again, "w", method) as archive:
            for name, data in members:
                archive.writestr(zipfile.ZipInfo(name, (2026, 11, 24, 9, 4, 0)), data, method)
        assert error_of(again.getvalue()).code == "repacked"
    assert error_of(write(bundle) + b"\n").code == "repacked"


def test_what_is_missing_or_superfluous_is_named(bundle: Bundle) -> None:
    members = {MANIFEST: manifest_text(bundle.members()), **bundle.members()}

    assert error_of(pack([item for item in members.items() if item[0] != SALTS])).names == (SALTS,)
    assert error_of(packed({**bundle.members(), "extra.txt": b""})).names == ("extra.txt",)
    assert error_of(packed({**bundle.members(), "revocation/002.p7b": b""})).names == ("revocation/002.p7b",)
    assert error_of(pack([*members.items(), (SALTS, members[SALTS])])).code == "extra"
    assert error_of(pack(sorted(members.items()))).code == "order"
    renamed = {name.replace("001.crl", "002.crl"): data for name, data in bundle.members().items()}
    assert error_of(packed(renamed)).code == "order"


def test_an_accident_is_found_by_the_manifest(bundle: Bundle) -> None:
    members = {MANIFEST: manifest_text(bundle.members()), **bundle.members(), "page.html": b"<p>Anders"}

    found = error_of(pack(members.items()))
    assert (found.code, found.names) == ("changed", ("page.html",))
    found = error_of(pack((members | {MANIFEST: b"{}"}).items()))
    assert (found.code, found.names) == ("changed", (MANIFEST,))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SALTS, b'":"', b'": "'),
        (SALTS, b"}", b',"x":1}'),
        (VKEY, b"\n", b""),
        (VKEY, b"\n", b"\n\n"),
        (POLICY, b"quorum", b" quorum"),
        (POLICY, b"quorum", b"# x\nquorum"),
        (POLICY, b"log ", b"log  "),
        (POLICY, b"all w1", b"1 w1"),
        (SEAL_CERTIFICATES, b"-----BEGIN", b"\n-----BEGIN"),
        (SEAL_CERTIFICATES, b"\n-----END", b"\n\n-----END"),
        (SEAL_CERTIFICATES, b"-----\n", b"-----\r\n"),
    ],
)
def test_a_member_in_another_spelling_is_refused(bundle: Bundle, name: str, old: bytes, new: bytes) -> None:
    members = bundle.members()
    members[name] = members[name].replace(old, new, 1)
    found = error_of(packed(members))

    assert (found.code, found.names) == ("form", (name,))


def test_a_list_is_not_called_a_response(bundle: Bundle) -> None:
    renamed = {name.replace("000.crl", "000.ocsp"): data for name, data in bundle.members().items()}

    assert error_of(packed(renamed)).code == "form"
    assert revocation_name(3, b"\x30\x03\x0a\x01\x00") == "revocation/003.ocsp"
    assert revocation_name(3, b"\x30\x82\x01\x00\x0a\x01\x00") == "revocation/003.ocsp"
    assert revocation_name(3, b"") == "revocation/003.crl"


def test_the_readme_is_for_people(bundle: Bundle) -> None:
    assert read(packed({**bundle.members(), README_NAME: b"\xff"})).readme == b"\xff"
    assert all(step.encode() in bundle.readme for language in ("de", "en") for step in steps(language))


@given(st.lists(st.binary(min_size=1, max_size=200), max_size=3))
def test_certificates_have_one_spelling(certificates: list[bytes]) -> None:
    assert from_pem(to_pem(tuple(certificates))) == tuple(certificates)


@given(st.binary(max_size=100))
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(BundleError):
        read(data)
