"""Changes to a bundle as docs/log.md, section 12, describes them: to its members, then to the bytes of the file."""

from collections.abc import Mapping, Sequence
from typing import Any

from allmende.lib.proof.bundle import MANIFEST, manifest_text
from allmende.lib.proof.container import pack, unpack


def edited(bundle: bytes, change: Mapping[str, Any]) -> bytes:
    """`bundle` as `change` changes it. What it says must fit: a text that is replaced is there."""
    if change.get("members"):
        bundle = _with_members(unpack(bundle), change["members"], keep_manifest=change.get("manifest") == "kept")
    for place in change.get("file", ()):
        at, put = place["at"], bytes.fromhex(place["put"])
        bundle = bundle[:at] + put + bundle[at + place["take"] :]
    return bundle


def _with_members(members: Sequence[tuple[str, bytes]], changes: Sequence[Mapping[str, str]], *, keep_manifest: bool) -> bytes:
    names, parts = [name for name, _ in members], [data for _, data in members]
    for change in changes:
        at = names.index(change["member"]) if change["do"] != "add" else names.index(change["before"])
        match change["do"]:
            case "replace":
                old = change["old"].encode()
                assert old in parts[at], change
                parts[at] = parts[at].replace(old, change["new"].encode(), 1)
            case "content":
                parts[at] = content(change)
            case "rename":
                names[at] = change["to"]
            case "remove":
                del names[at], parts[at]
            case "move":
                name, data = names.pop(at), parts.pop(at)
                at = names.index(change["before"])
                names.insert(at, name)
                parts.insert(at, data)
            case "add":
                names.insert(at, change["member"])
                parts.insert(at, content(change))
            case other:
                raise ValueError(other)
    if not keep_manifest and MANIFEST in names:
        at = names.index(MANIFEST)
        parts[at] = manifest_text(dict(zip(names, parts, strict=True)))
    return pack(list(zip(names, parts, strict=True)))


def content(change: Mapping[str, str]) -> bytes:
    return bytes.fromhex(change["hex"]) if "hex" in change else change["text"].encode()
