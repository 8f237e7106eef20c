"""The fixtures of the module's own tests hold here too."""

from allmende.notices.tests.conftest import at, log_in, make_draft, make_public, office, publish

__all__ = ["at", "log_in", "make_draft", "make_public", "office", "publish"]
