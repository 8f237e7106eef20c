import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.tlog import (
    EMPTY_ROOT,
    Checkpoint,
    Cosigned,
    Note,
    Signer,
    TlogError,
    add_signatures,
    cosign_checkpoint,
    open_checkpoint,
    parse_checkpoint,
    parse_vkey,
    sign_checkpoint,
)
from allmende.lib.tlog.checkpoint import parse_text
from allmende.lib.tlog.tests.logs import COSIGNER, ORIGIN, OTHER, SIGNER, checkpoint, flips

# The examples of C2SP tlog-checkpoint and tlog-cosignature.
SOFA = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"


def code_of(text: str) -> str:
    with pytest.raises(TlogError) as error:
        parse_text(text)
    return error.value.code


def test_the_example_of_the_specification_is_read() -> None:
    found = parse_text(SOFA)

    assert (found.origin, found.size, found.extensions, found.text) == ("example.com/behind-the-sofa", 20852163, (), SOFA)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SOFA[:-1], "malformed"),
        (SOFA + "\n", "malformed"),
        (SOFA + "\nx\n", "malformed"),
        ("\n" + SOFA, "malformed"),
        (SOFA.replace("20852163", "020852163"), "encoding"),
        (SOFA.replace("20852163", "+20852163"), "encoding"),
        (SOFA.replace("20852163", "-1"), "encoding"),
        (SOFA.replace("20852163", "20852163 "), "encoding"),
        (SOFA.replace("20852163", "9223372036854775808"), "encoding"),
        (SOFA.replace("20852163", "²"), "encoding"),
        (SOFA.replace("q2I=", "q2J="), "encoding"),
        (SOFA.replace("q2I=", ""), "encoding"),
        ("a\n1\n", "malformed"),
    ],
)
def test_other_texts_are_refused(text: str, code: str) -> None:
    assert code_of(text) == code


def test_extension_lines_are_kept() -> None:
    assert parse_text(SOFA + "eins\nzwei\n").extensions == ("eins", "zwei")


def test_an_empty_log_has_one_checkpoint_only() -> None:
    assert open_checkpoint(checkpoint(0), [SIGNER.key]).checkpoint == Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    with pytest.raises(TlogError):
        sign_checkpoint(Checkpoint(ORIGIN, 0, bytes(32)), SIGNER)


def test_a_log_signs_under_its_own_origin_only() -> None:
    with pytest.raises(TlogError) as error:
        sign_checkpoint(Checkpoint("wiesenmark.example/log", 0, EMPTY_ROOT), SIGNER)
    assert error.value.code == "bad_key"

    foreign = Checkpoint("wiesenmark.example/log", 0, EMPTY_ROOT).text
    with pytest.raises(TlogError) as error:
        open_checkpoint(Note(foreign, (SIGNER.sign(foreign),)).format(), [SIGNER.key])
    assert error.value.code == "no_known_signature"


def test_each_witness_counts_once_with_its_latest_time() -> None:
    signed = checkpoint(5)
    twice = [cosign_checkpoint(signed, COSIGNER, time=time) for time in (30, 20)]
    signed = add_signatures(signed, [*twice, cosign_checkpoint(signed, OTHER, time=7), *twice])

    opened = open_checkpoint(signed, [SIGNER.key], [COSIGNER.key])
    assert opened.cosigned == (Cosigned(COSIGNER.key, 30),)
    assert len(opened.note.signatures) == 4


def test_each_changed_byte_of_a_cosigned_checkpoint_is_refused() -> None:
    signed = checkpoint(5)
    signed = add_signatures(signed, [cosign_checkpoint(signed, COSIGNER, time=1_700_000_000)])
    whole = open_checkpoint(signed, [SIGNER.key], [COSIGNER.key])

    for changed in flips(signed):
        try:
            found = open_checkpoint(changed, [SIGNER.key], [COSIGNER.key])
        except TlogError:
            continue
        # What remains possible is to make a cosignature one of somebody unknown.
        assert (found.checkpoint, found.cosigned) == (whole.checkpoint, ())


def test_a_cosignature_names_its_time_in_the_signed_message() -> None:
    signature = COSIGNER.cosign(SOFA, time=1_679_315_147)

    assert signature.time == 1_679_315_147
    assert len(signature.data) == 72
    assert COSIGNER.key.verifies(SOFA, signature)
    plain = Signer(COSIGNER.name, COSIGNER.seed).sign(f"cosignature/v1\ntime 1679315147\n{SOFA}")
    assert signature.data[8:] == plain.data


def test_a_time_beyond_what_others_can_hold_is_refused() -> None:
    with pytest.raises(TlogError):
        COSIGNER.cosign(SOFA, time=2**63)


def test_a_witness_key_does_not_sign_for_a_log() -> None:
    with pytest.raises(TlogError) as error:
        open_checkpoint(checkpoint(1), [parse_vkey(str(COSIGNER.key))])
    assert error.value.code == "unknown_key_type"


@given(
    st.binary(max_size=200) | st.text(max_size=60).map(lambda text: f"{text}\n1\n{'A' * 43}=\n\n— a AAAAAAA=\n".encode(errors="replace"))
)
def test_a_checkpoint_has_one_spelling(data: bytes) -> None:
    try:
        found, note = parse_checkpoint(data)
    except TlogError:
        return
    assert Note(found.text, note.signatures).format() == data
