"""A town with its log, and notices that are public."""

from allmende.publication.tests.conftest import _no_module_listens, make_approved, one_seal, ready  # noqa: F401 (fixtures)
