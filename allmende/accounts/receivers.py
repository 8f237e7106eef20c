"""The one signal we need of allauth: it tells of a new second factor nowhere else."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator

from allmende.accounts.second_factor import KINDS
from allmende.core.http import AuthedRequest
from allmende.core.models import Person


def remember_second_factor(request: AuthedRequest, user: Person, authenticator: Authenticator, **kwargs: Any) -> None:
    """Who has just set one up has shown it in this session."""
    if authenticator.type in KINDS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
