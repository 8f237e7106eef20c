"""Asking an address, undoing what the answer did, and writing down what was wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse

from allmende.core.middleware import HEADERS
from tests.isolation.rules import AUDIT, MANAGE, READ, Someone

SECRETS = {  # word -> the act that lets read it in the body whose word it is
    "geheimtitel": {READ},
    "geheimtext": {READ},
    "geheimkommentar": {READ},
    "geheimbild": {READ},
    "geheimnachweis": {READ},
    "geheimwert": {AUDIT},
    "geheimgast": {MANAGE, AUDIT},
    "geheimgrund": {MANAGE, AUDIT},
}
PASSING = {"sessions", "usersessions"}  # apps whose rows say only who is logged in


def read(response: HttpResponse) -> str:
    whole = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return (whole.decode(errors="replace") + str(response.headers)).lower()


def rows() -> dict[str, list[Any]]:
    """The whole database but for sessions."""
    models: list[type[Model]] = [model for model in apps.get_models() if model._meta.app_label not in PASSING]
    return {model._meta.label: sorted(model._base_manager.values_list(), key=str) for model in models}


class Findings:
    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.asked = 0
        self.seen: dict[str, set[str]] = {}

    def look(self, someone: Someone, response: Any, what: str, wanted: frozenset[int] | None, *, next_door: bool) -> None:
        self.asked += 1
        told = f"{someone.who}: {what} → {response.status_code}"
        if response.status_code >= 500:
            self.wrong.append(f"{told} {response.exc_info[1]!r}" if getattr(response, "exc_info", None) else told)
        if wanted is not None and response.status_code not in wanted:
            self.wrong.append(f"{told}, not {sorted(wanted)}")
        body, acts = read(response), set() if next_door else someone.here
        found = [word for word in SECRETS if word in body]
        for word in found:
            self.seen.setdefault(word, set()).add(someone.who)
        leaked = [word for word in found if not SECRETS[word] & acts]
        if leaked:
            self.wrong.append(f"{told} shows {leaked} … {body[max(0, body.find(leaked[0]) - 80) :][:160]}")
        if missing := [name for name in HEADERS if name not in response.headers]:
            self.wrong.append(f"{told} without {missing}")


@contextmanager
def undone(folder: Path) -> Iterator[None]:
    """What happens inside leaves neither rows nor missing files behind."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    for path, data in files.items():
        if not path.exists():
            path.write_bytes(data)


def ask(someone: Someone, method: str, address: str) -> Any:
    """One request, after which the browser is as before."""
    before = SimpleCookie({name: morsel.value for name, morsel in someone.client.cookies.items()})
    try:
        return someone.client.generic(method, address, b"", "application/x-www-form-urlencoded")
    finally:
        someone.client.cookies = before
