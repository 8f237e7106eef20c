"""German addresses for allauth's views, by allauth's names, and our own (namespace `accounts`).

Left out on purpose: signing up, confirming and changing addresses; accounts come by invitation.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.usersessions import views as sessions
from django.urls import include, path, re_path
from django.views.decorators.http import require_http_methods

from allmende.accounts import views

own = (
    [
        path("konto/", views.me, name="overview"),
        path("konto/kommunen/", views.bodies, name="bodies"),
        path("konto/einladung/<slug:secret>/", views.invitation, name="invitation"),
    ],
    "accounts",
)

urlpatterns = [
    path("anmelden/", account.login, name="account_login"),
    path("anmelden/zweiter-faktor/", mfa.authenticate, name="mfa_authenticate"),
    path("anmelden/passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("anmelden/gesperrt/", account.account_inactive, name="account_inactive"),
    path("abmelden/", require_http_methods(["POST"])(account.logout), name="account_logout"),
    path("konto/bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("konto/bestaetigen/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("konto/bestaetigen/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("konto/kennwort/", account.password_change, name="account_change_password"),
    path("konto/kennwort/setzen/", account.password_set, name="account_set_password"),
    path("konto/kennwort/vergessen/", account.password_reset, name="account_reset_password"),
    path("konto/kennwort/vergessen/gesendet/", account.password_reset_done, name="account_reset_password_done"),
    path("konto/kennwort/neu/fertig/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^konto/kennwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("konto/zweiter-faktor/", mfa.index, name="mfa_index"),
    path("konto/zweiter-faktor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("konto/zweiter-faktor/app/entfernen/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("konto/zweiter-faktor/notfallcodes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("konto/zweiter-faktor/notfallcodes/neu/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("konto/zweiter-faktor/notfallcodes/datei/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("konto/zweiter-faktor/passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("konto/zweiter-faktor/passkeys/neu/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("konto/zweiter-faktor/passkeys/<int:pk>/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("konto/zweiter-faktor/passkeys/<int:pk>/entfernen/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("konto/sitzungen/", sessions.list_usersessions, name="usersessions_list"),
    path("", include(own)),
]
