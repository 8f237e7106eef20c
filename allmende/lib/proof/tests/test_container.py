import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.proof.container import MAX_BUNDLE, ContainerError, pack, unpack

MEMBERS = [("a.txt", b"eins"), ("b/c.txt", b""), ("d", b"\0" * 300)]


def code_of(data: bytes) -> str:
    with pytest.raises(ContainerError) as error:
        unpack(data)
    return error.value.code


def test_every_zip_program_can_open_it() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(MEMBERS))) as opened:
        assert opened.testzip() is None
        assert [(info.filename, opened.read(info)) for info in opened.infolist()] == MEMBERS
        assert {(info.date_time, info.compress_type, info.extra, info.comment, info.flag_bits) for info in opened.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, b"", b"", 0)
        }
        assert opened.comment == b""


def test_what_was_packed_is_unpacked() -> None:
    assert unpack(pack(MEMBERS)) == MEMBERS


def test_a_compressed_file_is_not_even_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b"\0" * 10_000_000)

    assert code_of(bomb.getvalue()) == "repacked"


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", pack([]), pack(MEMBERS)[:50], pack(MEMBERS)[:20], b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    assert code_of(data) == "unreadable"


def test_what_is_too_large_is_refused_before_it_is_read() -> None:
    assert code_of(bytes(MAX_BUNDLE + 1)) == "too_large"
    many = b"".join(pack([(f"{number}", b"")])[:31] for number in range(100, 165))
    with pytest.raises(ContainerError):
        pack((f"{number}", b"") for number in range(65))
    with pytest.raises(ContainerError):
        pack([("a", bytes(MAX_BUNDLE))])
    assert many


def test_too_many_members_are_refused() -> None:
    one = pack([("a", b"")])
    local = one[: one.index(b"PK\x01\x02")]

    assert code_of(local * 65 + one[len(local) :]) == "too_large"


@given(st.binary(max_size=120) | st.binary(max_size=120).map(lambda tail: b"PK\x03\x04" + tail))
def test_garbage_is_refused_without_surprise(data: bytes) -> None:
    try:
        members = unpack(data)
    except ContainerError:
        return
    assert pack(members) == data or members


@given(st.lists(st.tuples(st.text("abc./", min_size=1, max_size=5), st.binary(max_size=20)), max_size=5, min_size=1))
def test_there_is_one_zip_for_given_members(members: list[tuple[str, bytes]]) -> None:
    assert pack(unpack(pack(members))) == pack(members)
