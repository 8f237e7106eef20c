"""The proof bundle of a publication: write it, read it, check it offline. Specified to the byte in docs/log.md.

The names below are loaded when they are used first: `allmende verify` has the work done by a child process and needs little of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allmende.lib.proof.attached import Detached, Found, Given, Standing
    from allmende.lib.proof.bundle import DOCUMENT, PAGE, Bundle, BundleError, bundle_of, read, write
    from allmende.lib.proof.container import ContainerError
    from allmende.lib.proof.leaf import (
        Erased,
        LeafError,
        Other,
        Published,
        Related,
        Relation,
        Removed,
        Void,
        erased,
        parse_leaf,
        published,
        related,
        removed,
        void,
    )
    from allmende.lib.proof.limited import verify_limited
    from allmende.lib.proof.report import Check, Cosigning, Facts, Hosted, Report, State, Text
    from allmende.lib.proof.verification import verify

__all__ = [
    "DOCUMENT",
    "PAGE",
    "Bundle",
    "BundleError",
    "Check",
    "ContainerError",
    "Cosigning",
    "Detached",
    "Erased",
    "Facts",
    "Found",
    "Given",
    "Hosted",
    "LeafError",
    "Other",
    "Published",
    "Related",
    "Relation",
    "Removed",
    "Report",
    "Standing",
    "State",
    "Text",
    "Void",
    "bundle_of",
    "erased",
    "parse_leaf",
    "published",
    "read",
    "related",
    "removed",
    "verify",
    "verify_limited",
    "void",
    "write",
]

_HOMES = {
    "attached": ("Detached", "Found", "Given", "Standing"),
    "bundle": ("DOCUMENT", "PAGE", "Bundle", "BundleError", "bundle_of", "read", "write"),
    "container": ("ContainerError",),
    "leaf": (
        *("Erased", "LeafError", "Other", "Published", "Related", "Relation", "Removed", "Void"),
        *("erased", "parse_leaf", "published", "related", "removed", "void"),
    ),
    "limited": ("verify_limited",),
    "report": ("Check", "Cosigning", "Facts", "Hosted", "Report", "State", "Text"),
    "verification": ("verify",),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(name)
