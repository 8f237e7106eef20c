"""`allmende log` and `allmende keys`."""

import json

import pytest
from django.core.management import CommandError, call_command

from allmende.core import outbox
from allmende.core.health import Level
from allmende.core.models import Body
from allmende.publication import health, keys, store
from allmende.publication.models import Log, SealKey
from allmende.publication.tests.conftest import MakeApproved
from conftest import NOW

pytestmark = pytest.mark.usefixtures("one_seal")
Output = pytest.CaptureFixture[str]


def test_log_info_tells_programs_what_they_need(ready: Body, make_approved: MakeApproved, capsys: Output) -> None:
    make_approved()
    outbox.work(NOW)
    call_command("log", "info", "--json", "--body", "musterstedt")
    told = json.loads(capsys.readouterr().out)

    assert (told["origin"], told["size"], told["witnesses"], told["waiting"]) == ("log.musterstedt.example/amtlich", 1, [], 0)
    assert told["vkey"] == Log.objects.for_body(ready).get().vkey
    assert len(bytes.fromhex(told["root"])) == 32


def test_log_info_for_people(ready: Body, capsys: Output) -> None:
    call_command("log", "info")

    assert "log.musterstedt.example/amtlich" in capsys.readouterr().out


def test_log_check_is_content_or_says_what_is_wrong(ready: Body, make_approved: MakeApproved, capsys: Output) -> None:
    record = make_approved().record
    outbox.work(NOW)
    call_command("log", "check")
    assert "1 log intact" in capsys.readouterr().out
    store.file_of(record, "pdf").write_bytes(b"anders")

    with pytest.raises(CommandError, match="the document is missing or another one"):
        call_command("log", "check", "--body", "musterstedt", "--quick")


def test_an_unknown_body_is_named(ready: Body) -> None:
    with pytest.raises(CommandError, match="no body 'nirgendwo'"):
        call_command("log", "info", "--body", "nirgendwo")
    with pytest.raises(CommandError, match="no body 'nirgendwo'"):
        call_command("keys", "--body", "nirgendwo")


def test_keys_shows_public_halves(ready: Body, capsys: Output) -> None:
    call_command("keys")
    out = capsys.readouterr().out

    assert Log.objects.for_body(ready).get().vkey in out
    assert "advanced_demo" in out
    assert "PRIVATE" not in out


def test_a_lost_key_is_an_error(ready: Body, capsys: Output) -> None:
    (store.key_dir(ready) / keys.LOG_KEY).unlink()

    with pytest.raises(CommandError, match="Restore the key folder"):
        call_command("keys")
    assert [finding.level for finding in health.key_files(NOW)] == [Level.BAD]


def test_health_sees_heads_and_seals(ready: Body, make_approved: MakeApproved) -> None:
    make_approved()
    outbox.work(NOW)
    assert [finding.level for check in (health.heads, health.key_files, health.seals) for finding in check(NOW)] == [Level.OK]
    (store.log_dir(ready) / "checkpoint").unlink()
    SealKey.objects.for_body(ready).update(state="locked", secret=None, unlocked_until=None)

    assert [finding.level for check in (health.heads, health.seals) for finding in check(NOW)] == [Level.BAD, Level.WARN]
