"""The fixtures of the notices."""

from allmende.notices.tests.conftest import at, log_in, make_draft, office, publish

__all__ = ["at", "log_in", "make_draft", "office", "publish"]
