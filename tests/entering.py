"""Logging in as a person does: by the form."""

from typing import Any

from django.test import Client

from allmende.core.models import Person

PASSWORD = "ein langes Kennwort 7"  # of the people in the fixtures


def enter(client: Client, who: Person, **extra: Any) -> Any:
    return client.post("/anmelden/", {"login": who.email, "password": PASSWORD} | extra)
