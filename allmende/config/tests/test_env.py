"""What the environment decides, and what the first start makes."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from allmende.config.env import database, env_port


@pytest.mark.parametrize("by_address", [False, True])
def test_nobody_else_on_the_machine_reads_the_database(tmp_path: Path, by_address: bool) -> None:
    file = tmp_path / "allmende.sqlite3"
    found = database(f"sqlite://{file}" if by_address else "", file)

    assert found["NAME"] == file
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("wrong", ["99999", "0", "-1", "80a", "٨٠٨٠", ""])
def test_a_port_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("PORT", wrong)

    with pytest.raises(ImproperlyConfigured, match="write a number from 1 to 65535"):
        env_port("PORT", 8000)
