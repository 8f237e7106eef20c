import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.tlog import (
    Cosigner,
    Group,
    Log,
    Policy,
    Signature,
    TlogError,
    Witness,
    add_signatures,
    cosign_checkpoint,
    parse_policy,
)
from allmende.lib.tlog.tests.logs import COSIGNER, ORIGIN, OTHER, SIGNER, checkpoint, lines

THIRD = Cosigner("archiv.example", bytes(range(96, 128)))
LOG = f"log {SIGNER.key}"
W1, W2, W3 = (f"witness {name} {key.key}" for name, key in (("W1", COSIGNER), ("W2", OTHER), ("W3", THIRD)))
TWO_OF_THREE = lines(LOG, W1, W2, W3, "group G 2 W1 W2 W3", "quorum G")


def cosigned(*cosigners: Cosigner) -> bytes:
    signed = checkpoint(5)
    return add_signatures(signed, [cosign_checkpoint(signed, cosigner, time=9) for cosigner in cosigners])


def test_two_of_three_witnesses_are_a_quorum() -> None:
    policy = parse_policy(TWO_OF_THREE)

    assert policy.format() == TWO_OF_THREE
    assert not policy.evaluate(cosigned(COSIGNER)).quorum_met
    assert policy.evaluate(cosigned(COSIGNER, THIRD)).quorum_met
    assert policy.evaluate(cosigned(COSIGNER, THIRD)).witnesses == (COSIGNER.key, THIRD.key)
    assert policy.evaluate(cosigned(COSIGNER, COSIGNER)).witnesses == (COSIGNER.key,)


def test_groups_of_groups_count_as_their_members_do() -> None:
    policy = parse_policy(lines(LOG, W1, W2, W3, "group A any W1 W2", "group B all A W3", "quorum B"))

    assert policy.groups == (Group("A", 1, ("W1", "W2")), Group("B", 2, ("A", "W3")))
    assert policy.evaluate(cosigned(OTHER, THIRD)).quorum_met
    assert not policy.evaluate(cosigned(OTHER, COSIGNER)).quorum_met
    assert not policy.evaluate(cosigned(THIRD)).quorum_met


def test_a_single_witness_or_none_may_be_the_quorum() -> None:
    assert parse_policy(lines(LOG, "quorum none")).evaluate(checkpoint(5)).quorum_met
    assert not parse_policy(lines(LOG, W1, "quorum W1")).evaluate(cosigned(OTHER)).quorum_met
    assert parse_policy(lines(LOG, W1, "quorum W1")).evaluate(cosigned(COSIGNER)).quorum_met


def test_people_may_write_it_loosely() -> None:
    loose = f"# Vertrauen\n\n \t{LOG}   https://quellstedt.example/log/ \n\t# {W2}\n{W1}\nquorum\tW1\n".encode()

    assert parse_policy(loose) == Policy((Log(SIGNER.key, "https://quellstedt.example/log/"),), (Witness("W1", COSIGNER.key),), (), "W1")


def test_a_name_is_bytes_whatever_they_mean() -> None:
    raw = lines(LOG) + b"witness \xff\xfe " + str(COSIGNER.key).encode() + b"\nquorum \xff\xfe\n"

    assert parse_policy(raw).format() == raw


def test_a_log_outside_the_policy_is_refused() -> None:
    for policy in (lines("quorum none"), lines(f"log {type(SIGNER)(ORIGIN, bytes(32)).key}", "quorum none")):
        with pytest.raises(TlogError) as error:
            parse_policy(policy).evaluate(checkpoint(5))
        assert error.value.code == "no_known_signature"


def test_a_known_witness_with_a_bad_signature_spoils_the_checkpoint() -> None:
    forged = add_signatures(checkpoint(5), [Signature(COSIGNER.name, COSIGNER.key.id, bytes(72))])

    with pytest.raises(TlogError) as error:
        parse_policy(TWO_OF_THREE).evaluate(forged)
    assert error.value.code == "bad_signature"


@pytest.mark.parametrize(
    ("policy", "code"),
    [
        (lines(LOG), "malformed"),
        (b"", "malformed"),
        (lines(LOG, "quorum none", "quorum none"), "malformed"),
        (lines(LOG, "quorum none")[:-1], "malformed"),
        (lines(LOG, "quorum W1", W1), "malformed"),
        (lines(LOG, "quorum W1"), "malformed"),
        (lines(LOG, LOG, "quorum none"), "malformed"),
        (lines(LOG, W1, W1.replace("W1", "W9"), "quorum none"), "malformed"),
        (lines(LOG, W1, W2.replace("W2", "W1"), "quorum none"), "malformed"),
        (lines(LOG, W1.replace("W1", "none"), "quorum none"), "malformed"),
        (lines(LOG, W1, "group W1 any W1", "quorum W1"), "malformed"),
        (lines(LOG, W1, "group G any W1", W2.replace("W2", "G"), "quorum G"), "malformed"),
        (lines(LOG, W1, "group G any W1 W1", "quorum G"), "malformed"),
        (lines(LOG, W1, "group G any W1", "group H any W1", "quorum G"), "malformed"),
        (lines(LOG, W1, "group G any W2", W2, "quorum G"), "malformed"),
        (lines(LOG, W1, "group G any none", "quorum G"), "malformed"),
        (lines(LOG, W1, "group G 2 W1", "quorum G"), "malformed"),
        (lines(LOG, W1, "group G 0 W1", "quorum G"), "malformed"),
        (lines(LOG, W1, "group G 01 W1", "quorum G"), "encoding"),
        (lines(LOG, W1, "group G any", "quorum G"), "malformed"),
        (lines(LOG, "witness W1", "quorum none"), "malformed"),
        (lines(LOG + " a b", "quorum none"), "malformed"),
        (lines(LOG, "Quorum none"), "malformed"),
        (lines(LOG, "quorum none").replace(b"\n", b"\r\n"), "encoding"),
        (lines(LOG, "quorum none", "# \x7f"), "encoding"),
        (lines(LOG.replace("quellstedt", "Quellstedt"), "quorum none"), "bad_key"),
        (lines(f"log {COSIGNER.key}", "quorum none"), "unknown_key_type"),
        (lines(f"witness W {SIGNER.key}", "quorum none"), "unknown_key_type"),
    ],
)
def test_what_is_no_policy_is_refused(policy: bytes, code: str) -> None:
    with pytest.raises(TlogError) as error:
        parse_policy(policy)
    assert error.value.code == code


def test_the_size_a_policy_must_be_able_to_have() -> None:
    keys = [Cosigner(f"w{number}", bytes([number]) * 32) for number in range(32)]
    witnesses = [f"witness w{number} {key.key}" for number, key in enumerate(keys)]
    groups = [f"group g{number} any w{number}" for number in range(31)]

    policy = parse_policy(lines(LOG, *witnesses, *groups, "group all all " + " ".join(f"g{number}" for number in range(31)), "quorum all"))
    assert policy.is_met([key.key for key in keys[:31]])
    assert not policy.is_met([key.key for key in keys[1:]])


@given(st.lists(st.sampled_from([LOG, W1, W2, "group G any W1", "group H 2 G W2", "quorum G", "quorum none", "#", "x"]), max_size=8))
def test_what_is_read_says_the_same_when_written(rows: list[str]) -> None:
    try:
        policy = parse_policy(lines(*rows))
    except TlogError:
        return
    assert parse_policy(policy.format()) == policy
