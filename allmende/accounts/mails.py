"""Mails about accounts. Views ask for them through the outbox; a row names a person and a kind, never a value."""

from datetime import datetime
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.core import addresses, outbox
from allmende.core.models import Body, OutboxRow, Person

# What happened to an account -> what its owner is told. Keys are allauth's names of its notifications.
NOTICES: dict[str, str | Promise] = {
    "password_changed": _("Ihr Kennwort wurde geändert."),
    "password_reset": _("Ihr Kennwort wurde über den Link in einer E-Mail neu gesetzt."),
    "password_set": _("Für Ihr Konto wurde ein Kennwort gesetzt."),
    "totp_activated": _("Eine App für Einmalcodes wurde als zweiter Faktor eingerichtet."),
    "totp_deactivated": _("Die App für Einmalcodes wurde als zweiter Faktor entfernt."),
    "webauthn_added": _("Ein Passkey wurde eingerichtet."),
    "webauthn_removed": _("Ein Passkey wurde entfernt."),
    "recovery_codes_generated": _("Neue Notfallcodes wurden erzeugt. Die alten gelten nicht mehr."),
}


def goes_out() -> bool:
    """Whether a mail server is set. Else mail lies as files in the data folder, and nobody gets it."""
    return not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")


def _domain() -> str:
    return str(urlsplit(settings.BASE_URL).hostname)


def send(row: OutboxRow, *, to: str, subject: str | Promise, template: str, at: datetime, **context: object) -> None:
    """Send one mail in German as text and as simple HTML.

    The Message-ID follows from the key of the outbox row: sent twice, it is the same mail for every mail server.
    """
    with translation.override("de"):
        filled = {"body": row.body, "subject": subject, "root": addresses.root(row.body), **context}
        message = EmailMultiAlternatives(
            subject=f"{row.body.short_name}: {subject}",
            body=render_to_string(f"accounts/mail/{template}.txt", filled),
            to=[to],
            headers={"Message-ID": f"<{row.key.replace(':', '.')}@{_domain()}>", "Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(render_to_string(f"accounts/mail/{template}.html", filled), "text/html")
    message.send()


def _ask(topic: str, person: Person, town: Body, *, kind: str, at: datetime) -> None:
    with transaction.atomic():
        outbox.put(town, topic, subject=f"{person.pk} {kind}".strip(), once=at.isoformat(), at=at)


def ask_password_link(person: Person, town: Body, *, at: datetime) -> None:
    """Queue a link for a new password."""
    _ask("accounts.password", person, town, kind="", at=at)


def ask_notice(kind: str, person: Person, town: Body, *, at: datetime) -> None:
    """Queue word of a change to the account. `kind` is a key of NOTICES."""
    if kind not in NOTICES:
        raise KeyError(f"{kind}: add a sentence to NOTICES")
    _ask("accounts.notice", person, town, kind=kind, at=at)


def _person(row: OutboxRow) -> Person | None:
    return Person.objects.filter(pk=int(row.subject.split(" ")[0]), is_active=True).first()


def send_password_link(row: OutboxRow, at: datetime) -> None:
    """Outbox topic accounts.password. The link is made here, so that no row ever holds it."""
    if person := _person(row):
        key = f"{user_pk_to_url_str(person)}-{app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)}"
        link = f"{addresses.root(row.body)}/konto/kennwort/neu/{key}/"
        send(row, to=person.email, subject=_("Neues Kennwort setzen"), template="password", at=at, person=person, link=link)


def send_notice(row: OutboxRow, at: datetime) -> None:
    """Outbox topic accounts.notice."""
    if person := _person(row):
        words = NOTICES[row.subject.split(" ")[1]]
        send(row, to=person.email, subject=_("Änderung an Ihrem Konto"), template="notice", at=at, person=person, words=words)
