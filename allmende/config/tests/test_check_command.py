"""`allmende check` says what somebody has to look at, and nothing else."""

import io

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_what_we_silenced_on_purpose_is_not_shown() -> None:
    said = io.StringIO()
    call_command("check", stdout=said)
    assert "templates.W003" not in said.getvalue()
    assert "ok    " in said.getvalue()
