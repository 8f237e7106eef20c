"""Fixtures for tests of the whole."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_counters() -> None:
    """The throttles count from nothing."""
    cache.clear()
