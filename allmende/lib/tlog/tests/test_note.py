import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.tlog import Cosigner, Note, Signature, Signer, TlogError, open_note, parse_note, parse_skey, parse_vkey
from allmende.lib.tlog.tests.logs import COSIGNER, SIGNER, flips

# The example of C2SP signed-note.
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()
# Secret key of the tests of Go's sumdb/note.
SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "Amtliche Bekanntmachung\n"


def code_of(data: bytes) -> str:
    with pytest.raises(TlogError) as error:
        parse_note(data)
    return error.value.code


def test_the_example_of_the_specification_opens() -> None:
    key = parse_vkey(VKEY)

    assert (key.name, key.id.hex(), str(key)) == ("example.com/foo", "530d903a", VKEY)
    assert open_note(NOTE, [key]).text == "This is an example message.\n"
    assert parse_note(NOTE).format() == NOTE


def test_each_changed_byte_of_a_note_is_refused() -> None:
    key = parse_vkey(VKEY)
    for changed in flips(NOTE):
        with pytest.raises(TlogError):
            open_note(changed, [key])


def test_a_secret_key_is_written_as_others_write_it() -> None:
    signer = parse_skey(SKEY)

    assert isinstance(signer, Signer)
    assert signer.skey == SKEY
    assert str(signer.key) == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert isinstance(parse_skey(COSIGNER.skey), Cosigner)
    assert parse_skey(COSIGNER.skey) == COSIGNER
    assert signer.seed.hex() not in repr(signer)
    assert "seed" not in repr(signer)


@pytest.mark.parametrize(
    "vkey",
    [
        VKEY.replace("530d903a", "530d903b"),
        VKEY.replace("530d903a", "530D903A"),
        VKEY.replace("foo", "bar"),
        VKEY + "\n",
        " " + VKEY,
        VKEY + "==",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
        "example.com/foo+530d903a+AQ==",
        "",
    ],
)
def test_a_key_that_contradicts_itself_is_refused(vkey: str) -> None:
    with pytest.raises(TlogError) as error:
        parse_vkey(vkey)
    assert error.value.code in {"bad_key", "encoding"}


def test_a_key_of_another_type_is_named_as_such() -> None:
    with pytest.raises(TlogError) as error:
        parse_vkey("a+00000000+Bukyr27e")
    assert error.value.code == "unknown_key_type"


def test_unknown_signatures_are_ignored_and_sixteen_and_more_are_read() -> None:
    strangers = [Signer(f"fremd.example/{number}", bytes([number]) * 32).sign(TEXT) for number in range(99)]
    same_name = Signer(SIGNER.name, bytes(32)).sign(TEXT)
    note = Note(TEXT, (*strangers[:50], same_name, SIGNER.sign(TEXT), *strangers[50:98]))

    assert open_note(note.format(), [SIGNER.key]).text == TEXT
    assert code_of(Note(TEXT, (*note.signatures, strangers[98])).format()) == "too_long"


def test_a_known_key_with_a_bad_signature_spoils_the_note() -> None:
    bad = Signature(COSIGNER.name, COSIGNER.key.id, SIGNER.sign(TEXT).data + bytes(8))
    note = Note(TEXT, (SIGNER.sign(TEXT), bad)).format()

    assert open_note(note, [SIGNER.key]).text == TEXT
    with pytest.raises(TlogError) as error:
        open_note(note, [SIGNER.key, COSIGNER.key])
    assert error.value.code == "bad_signature"


def test_a_note_without_a_known_signature_is_refused() -> None:
    with pytest.raises(TlogError) as error:
        open_note(Note(TEXT, (SIGNER.sign(TEXT),)).format(), [COSIGNER.key])
    assert error.value.code == "no_known_signature"


def test_a_text_may_have_empty_lines_and_is_signed_as_a_whole() -> None:
    text = "a\n\n\nb\n"
    note = Note(text, (SIGNER.sign(text),)).format()

    assert open_note(note, [SIGNER.key]).text == text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "malformed"),
        (NOTE[:-1], "malformed"),
        (NOTE + b"\n", "malformed"),
        (NOTE.replace(b"\n\n", b"\n"), "malformed"),
        (NOTE.replace("— ".encode(), b"- "), "malformed"),
        (NOTE.replace("— ".encode(), "—  ".encode()), "malformed"),
        (NOTE.replace(b"foo ", "foo\u00a0x ".encode()), "malformed"),
        (NOTE.replace(b"foo ", b"f+o "), "malformed"),
        (NOTE.replace(b"aQM=\n", b"aQM= \n"), "malformed"),
        (NOTE.replace(b"aQM=", b"aQN="), "encoding"),
        (NOTE.replace(b"aQM=", b"aQM"), "encoding"),
        (NOTE.replace(b"aQM=", b"aQM=="), "encoding"),
        (NOTE.replace(b"Uw2Q", b"Uw2-"), "encoding"),
        (NOTE.replace(b"This", b"Th\tis"), "encoding"),
        (NOTE.replace(b"This", b"Th\r\nis"), "encoding"),
        (NOTE.replace(b"This", b"Th\xffis"), "encoding"),
        ("Text\n\n— a AAAAAA==\n".encode(), "malformed"),
        (b"x" * 1_000_001, "too_long"),
    ],
)
def test_what_is_no_note_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert code_of(data) == code


@given(st.binary(max_size=200) | st.text(max_size=80).map(lambda text: f"{text}\n\n— a AAAAAAA=\n".encode(errors="replace")))
def test_a_note_has_one_spelling(data: bytes) -> None:
    try:
        note = parse_note(data)
    except TlogError:
        return
    assert note.format() == data
