"""What the environment decides, and what the first start makes."""

from pathlib import Path

import pytest

from allmende.config.env import database


@pytest.mark.parametrize("by_address", [False, True])
def test_nobody_else_on_the_machine_reads_the_database(tmp_path: Path, by_address: bool) -> None:
    file = tmp_path / "allmende.sqlite3"
    found = database(f"sqlite://{file}" if by_address else "", file)

    assert found["NAME"] == file
    assert file.stat().st_mode & 0o777 == 0o600
