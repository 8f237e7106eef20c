"""The check of the attachments: those in the bundle, and those that are handed in beside it."""

import hashlib
from collections.abc import Mapping, Sequence

from allmende.lib.commitment import ARTEFACT, commit, commit_digest
from allmende.lib.proof import texts
from allmende.lib.proof.attached import NAME, Detached, Found, Given, Standing, artefact, number_of
from allmende.lib.proof.report import NOTHING, Check, Text


def examine_attachments(
    numbers: Sequence[int],
    commitments: Mapping[str, bytes],
    *,
    parts: Mapping[str, bytes],
    detached: Mapping[str, Detached],
    salts: Mapping[str, bytes],
    given: Sequence[Given],
) -> tuple[Found, ...]:
    """How each attachment stands. `commitments`: what the entry names; `salts`: those in the bundle."""
    contained = {number_of(name): data for name, data in parts.items() if NAME.fullmatch(name)}
    stated = {number_of(name): one for name, one in detached.items()}
    return tuple(_found(number, contained.get(number), stated.get(number), commitments, salts, given) for number in numbers)


def _found(
    number: int,
    data: bytes | None,
    stated: Detached | None,
    commitments: Mapping[str, bytes],
    salts: Mapping[str, bytes],
    given: Sequence[Given],
) -> Found:
    name = artefact(number)
    salt, commitment = salts.get(name), commitments[name]
    if data is not None:
        same = salt is not None and commit(ARTEFACT, salt, data) == commitment
        return Found(number, Standing.CONTAINED if same else Standing.CHANGED, hashlib.sha256(data).hexdigest(), len(data))
    if stated is None:
        return Found(number, Standing.WITHHELD)
    if salt is None or commit_digest(ARTEFACT, salt, stated.sha256) != commitment:
        standing = Standing.CHANGED
    else:
        fits = [file for file in given if file.sha256 == stated.sha256]
        # Nothing but the file itself says how large it is: a manifest with another size was changed.
        standing = Standing.NOT_AT_HAND if not fits else Standing.MATCHED if fits[0].size == stated.size else Standing.CHANGED
    return Found(number, standing, stated.sha256.hex(), stated.size)


def attachments_check(found: Sequence[Found], given: Sequence[Given], *, logged: bool) -> Check | None:
    """The check; None if there are none and nothing was handed in. `logged`: the entry is the one in the log."""
    known = {one.sha256 for one in found}
    if foreign := [file.name for file in given if file.sha256.hex() not in known]:
        return texts.check("attachments", "foreign", names=texts.names(foreign))
    if not found:
        return None
    if changed := _numbers(found, Standing.CHANGED):
        return texts.check("attachments", "changed" if logged else "entry", names=changed)
    withheld = _numbers(found, Standing.WITHHELD)
    if absent := _numbers(found, Standing.NOT_AT_HAND):
        more = texts.part("withheld", names=withheld) if withheld else NOTHING
        return texts.check("attachments", "not_at_hand", names=absent, more=more)
    if withheld:
        return texts.check("attachments", "withheld", names=withheld)
    return texts.check("attachments", "ok", names=texts.attachments([one.number for one in found]))


def _numbers(found: Sequence[Found], standing: Standing) -> Text | None:
    """The attachments that stand so, in words; None if there are none."""
    numbers = [one.number for one in found if one.standing is standing]
    return texts.attachments(numbers) if numbers else None
