"""Trust policies (C2SP tlog-policy): which logs, which witnesses, and how many of them it takes."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from allmende.lib.tlog.checkpoint import Opened, open_checkpoint
from allmende.lib.tlog.encoding import from_decimal
from allmende.lib.tlog.errors import TlogError
from allmende.lib.tlog.keys import COSIGNER, LOG, VerifierKey, parse_vkey

MAX_POLICY: Final = 100_000
NONE: Final = "none"


@dataclass(frozen=True)
class Log:
    key: VerifierKey
    url: str | None = None


@dataclass(frozen=True)
class Witness:
    """`name` is a name inside the policy; the witness signs under the name of its key."""

    name: str
    key: VerifierKey
    url: str | None = None


@dataclass(frozen=True)
class Group:
    """Witnesses a checkpoint when `threshold` of its members (witnesses or earlier groups) do."""

    name: str
    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Evaluation:
    """What a policy finds in a checkpoint that one of its logs has signed."""

    opened: Opened
    quorum_met: bool

    @property
    def witnesses(self) -> tuple[VerifierKey, ...]:
        return tuple(cosigned.key for cosigned in self.opened.cosigned)


@dataclass(frozen=True)
class Policy:
    """A policy. The constructor checks all rules of the format. Raises TlogError: `malformed`, `unknown_key_type`."""

    logs: tuple[Log, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    groups: tuple[Group, ...] = ()
    quorum: str = NONE

    def __post_init__(self) -> None:
        if any(log.key.kind != LOG for log in self.logs) or any(witness.key.kind != COSIGNER for witness in self.witnesses):
            raise TlogError("unknown_key_type", "logs have keys of type 0x01, witnesses of type 0x04")
        for keys in ([log.key.public for log in self.logs], [witness.key.public for witness in self.witnesses]):
            if len(set(keys)) != len(keys):
                raise TlogError("malformed", "a key is named twice")
        defined = {witness.name for witness in self.witnesses}
        if len(defined) != len(self.witnesses):
            raise TlogError("malformed", "a witness is named twice")
        grouped: set[str] = set()
        for group in self.groups:
            if group.name in defined:
                raise TlogError("malformed", "a name is defined twice")
            if not 1 <= group.threshold <= len(group.members):
                raise TlogError("malformed", "a group that asks for none or for more than it has")
            for member in group.members:
                if member not in defined or member in grouped:
                    raise TlogError("malformed", "a member that is not defined before, or is in a group already")
                grouped.add(member)
            defined.add(group.name)
        if NONE in defined or (self.quorum != NONE and self.quorum not in defined):
            raise TlogError("malformed", "a quorum that is not defined, or a thing named none")

    def format(self) -> bytes:
        """The policy as text: logs, witnesses, groups, quorum, one space between items."""
        lines = [f"log {log.key}{_url(log.url)}" for log in self.logs]
        lines += [f"witness {witness.name} {witness.key}{_url(witness.url)}" for witness in self.witnesses]
        lines += [f"group {group.name} {_threshold(group)} {' '.join(group.members)}" for group in self.groups]
        lines.append(f"quorum {self.quorum}")
        return "".join(line + "\n" for line in lines).encode("utf-8", "surrogateescape")

    def is_met(self, witnessed: Collection[VerifierKey]) -> bool:
        """True if cosignatures by these keys make the quorum."""
        by = {witness.name for witness in self.witnesses if witness.key in witnessed} | {NONE}
        for group in self.groups:
            if sum(member in by for member in group.members) >= group.threshold:
                by.add(group.name)
        return self.quorum in by

    def evaluate(self, checkpoint: bytes) -> Evaluation:
        """Open a signed checkpoint of one of the logs and see whether it has its quorum.

        Raises:
            TlogError: as `open_checkpoint`; above all `bad_signature` (a key of the policy did not sign this)
                and `no_known_signature` (no log of the policy did).
        """
        opened = open_checkpoint(checkpoint, [log.key for log in self.logs], [witness.key for witness in self.witnesses])
        return Evaluation(opened, self.is_met([cosigned.key for cosigned in opened.cosigned]))


def _url(url: str | None) -> str:
    return f" {url}" if url else ""


def _threshold(group: Group) -> str:
    return "all" if group.threshold == len(group.members) else "any" if group.threshold == 1 else str(group.threshold)


def parse_policy(data: bytes) -> Policy:
    """Read a policy as people write it: comments, empty lines and any amount of spaces and tabs are fine.

    Raises:
        TlogError: `malformed`, `encoding`, `too_long`, `bad_key`, `unknown_key_type`.
    """
    if len(data) > MAX_POLICY:
        raise TlogError("too_long", f"a policy of {len(data)} bytes")
    if any((byte < 0x20 and byte not in b"\t\n") or byte == 0x7F for byte in data):
        raise TlogError("encoding", "a control character")
    text = data.decode("utf-8", "surrogateescape")  # bytes above 0x7f are opaque: names need not be UTF-8
    if text and not text.endswith("\n"):
        raise TlogError("malformed", "a last line without newline")
    logs: list[Log] = []
    witnesses: list[Witness] = []
    groups: list[Group] = []
    quorum: list[str] = []
    for line in text.split("\n"):
        match [item for item in re.split("[ \t]+", line) if item]:
            case []:
                pass
            case [first, *_] if first.startswith("#"):
                pass
            case ["log", vkey, *url] if len(url) < 2:
                logs.append(Log(parse_vkey(vkey), *url))
            case ["witness", name, vkey, *url] if len(url) < 2:
                witnesses.append(Witness(name, parse_vkey(vkey), *url))
                _defined_before(name, quorum, groups)
            case ["group", name, threshold, first, *more]:
                members = (first, *more)
                _known([*members], witnesses, groups)
                number = {"all": len(members), "any": 1}.get(threshold)
                groups.append(Group(name, from_decimal(threshold) if number is None else number, members))
            case ["quorum", name] if not quorum:
                if name != NONE:
                    _known([name], witnesses, groups)
                quorum.append(name)
            case _:
                raise TlogError("malformed", "a line that says nothing a policy can say")
    if not quorum:
        raise TlogError("malformed", "no quorum")
    return Policy(tuple(logs), tuple(witnesses), tuple(groups), quorum[0])


def _known(names: list[str], witnesses: list[Witness], groups: list[Group]) -> None:
    """What a line refers to stands above it. Raises TlogError: `malformed`."""
    if not set(names) <= {witness.name for witness in witnesses} | {group.name for group in groups}:
        raise TlogError("malformed", "a name that no line above defines")


def _defined_before(name: str, quorum: list[str], groups: list[Group]) -> None:
    if name in {group.name for group in groups}:
        raise TlogError("malformed", "a name is defined twice")
