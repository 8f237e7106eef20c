"""Files are read from disk, as the platform does it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from allmende.lib.extraction import Examination, Extract, examine_limited, extract_limited

Examine = Callable[[bytes], Examination]
Read = Callable[[bytes], Extract]


@pytest.fixture
def examine(tmp_path: Path) -> Examine:
    def ask(data: bytes) -> Examination:
        (tmp_path / "file").write_bytes(data)
        with (tmp_path / "file").open("rb") as file:
            return examine_limited(file)

    return ask


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def ask(data: bytes) -> Extract:
        (tmp_path / "file").write_bytes(data)
        with (tmp_path / "file").open("rb") as file:
            return extract_limited(file)

    return ask
