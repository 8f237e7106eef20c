"""What the asking person trusts, and who of those that have signed a checkpoint counts for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from allmende.lib.proof.report import Hosted
from allmende.lib.tlog import Policy, VerifierKey, parse_policy, parse_vkey

#: A cosignature is made after the seal that its entry is about. So much may the clocks of witness and time stamp authority differ.
CLOCKS_DIFFER: Final = timedelta(minutes=10)
#: So far ahead may the clock of a witness be of the clock of whoever checks.
AHEAD: Final = timedelta(days=1)


@dataclass(frozen=True)
class Home:
    """A log of the asking installation."""

    key: VerifierKey
    witnesses: frozenset[VerifierKey]


@dataclass(frozen=True)
class Trust:
    """Brought along by the asking person; nothing of it comes from the file. `now`: the time on their clock."""

    key: VerifierKey | None
    rule: Policy | None
    issuers: frozenset[bytes]
    hosted: Mapping[str, Home]
    now: datetime

    def knows(self, origin: str) -> frozenset[VerifierKey]:
        """The witnesses that count for a log of this name: those of the policy, and those of the installation for its own logs."""
        named = frozenset(witness.key for witness in self.rule.witnesses) if self.rule else frozenset()
        return named | self.hosted[origin].witnesses if origin in self.hosted else named

    def possible(self, at: datetime, stamped_at: datetime | None) -> bool:
        """Whether a cosignature can have been made then: not before what it is about was sealed, and not in the future."""
        return at <= self.now + AHEAD and (stamped_at is None or at >= stamped_at - CLOCKS_DIFFER)


def trust_of(
    *,
    vkey: str | None,
    policy: str | None,
    issuers: Sequence[bytes],
    hosted: Mapping[str, Hosted] | None,
    now: datetime | None,
) -> Trust:
    """Raises TlogError: a key or the policy cannot be read."""
    text = None if policy is None else policy if policy.endswith("\n") else policy + "\n"
    homes = {
        origin: Home(parse_vkey(home.vkey), frozenset(parse_vkey(witness) for witness in home.witnesses))
        for origin, home in (hosted or {}).items()
    }
    return Trust(
        key=None if vkey is None else parse_vkey(vkey.strip()),
        rule=None if text is None else parse_policy(text.encode("utf-8", "surrogateescape")),
        issuers=frozenset(issuers),
        hosted=homes,
        now=now or datetime.now(UTC),
    )
