"""The bundle of one notice: as its log alone proves it, and as two neighbours have cosigned it."""

import pytest

from allmende.lib.proof import Bundle
from allmende.lib.proof.tests.bundles import SECOND, WITNESS, Notice


@pytest.fixture(scope="module")
def plain() -> Bundle:
    return Notice().bundle()


@pytest.fixture(scope="module")
def witnessed() -> Bundle:
    return Notice().bundle(WITNESS, SECOND)
