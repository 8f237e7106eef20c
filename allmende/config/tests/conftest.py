"""A web process with its front, and notices to be read there."""

from allmende.config.tests.house import clock, house
from allmende.notices.tests.conftest import at, make_draft, make_public, office, publish

__all__ = ["at", "clock", "house", "make_draft", "make_public", "office", "publish"]
