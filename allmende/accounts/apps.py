from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "allmende.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from allmende.accounts import chores, receivers
        from allmende.core import housekeeping

        housekeeping.register("sessions", chores.SESSIONS)
        housekeeping.register("session_lines", chores.LINES)
        authenticator_added.connect(receivers.remember_second_factor, dispatch_uid="accounts.second_factor")
