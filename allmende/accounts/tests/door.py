"""Logging in, for the tests of accounts."""

from datetime import datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from allmende.accounts import demo
from allmende.core.models import Person

PASSWORD = "ein langes Kennwort 7"


def now() -> datetime:
    return timezone.now()


def log_in(client: Client, who: Person, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post("/anmelden/", {"login": who.email, "password": password}, **extra)


def with_app(who: Person) -> Person:
    return demo.create_person(name=who.name, email=who.email, password="", second_factor=True)


def code_of(who: Person) -> str:
    code = demo.current_code(who, at=now())
    assert code
    return code
