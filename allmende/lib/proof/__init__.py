"""The proof bundle of a publication: write it, read it, check it offline. Specified to the byte in docs/log.md."""

from allmende.lib.proof.bundle import DOCUMENT, PAGE, Bundle, BundleError, bundle_of, read, write
from allmende.lib.proof.container import ContainerError
from allmende.lib.proof.leaf import LeafError, Other, Published, Void, parse_leaf, published, void
from allmende.lib.proof.report import Check, Cosigning, Facts, Report, State, Text
from allmende.lib.proof.verification import verify

__all__ = [
    "DOCUMENT",
    "PAGE",
    "Bundle",
    "BundleError",
    "Check",
    "ContainerError",
    "Cosigning",
    "Facts",
    "LeafError",
    "Other",
    "Published",
    "Report",
    "State",
    "Text",
    "Void",
    "bundle_of",
    "parse_leaf",
    "published",
    "read",
    "verify",
    "void",
    "write",
]
