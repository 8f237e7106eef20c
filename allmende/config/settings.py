"""All settings. One file, no per-environment modules: the environment decides.

Every `env_*` call here is listed in docs/guide-operators/settings.md (checked by tests/test_docs.py).
"""

from datetime import timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from allmende.config.env import ROOT, data_dir, database, env_bool, env_int, env_port, env_secret, env_str

BASE_DIR = ROOT
DATA_DIR = data_dir()
DATA_DIR.mkdir(parents=True, exist_ok=True)
PUBLIC_DIR = DATA_DIR / "public"  # what a web server may serve as it is: log, artefacts, bundles
UPLOAD_DIR = DATA_DIR / "uploads"  # pictures of drafts, never served from here
KEY_DIR = DATA_DIR / "keys"  # log keys, witness keys, seals (mode 700)
MAIL_DIR = DATA_DIR / "mail"  # outgoing mail, where no server is set: links for one person each
MAIL_DIR.mkdir(exist_ok=True, mode=0o700)

# --- Address and security ---------------------------------------------------
PORT = env_port("PORT", 8000)
# The public address of the installation. Bodies with hosts of their own answer there too.
BASE_URL = env_str("ALLMENDE_URL", f"http://localhost:{PORT}").rstrip("/")
if urlsplit(BASE_URL).scheme not in ("http", "https") or not urlsplit(BASE_URL).hostname:
    raise ImproperlyConfigured(f"ALLMENDE_URL={BASE_URL!r}: write the whole address, e.g. https://rathaus.example")
DEBUG = env_bool("ALLMENDE_DEBUG", False)
SECRET_KEY = env_secret("ALLMENDE_SECRET_KEY", DATA_DIR / "secret-key")  # made at the first start
# Checked by core.middleware.TownMiddleware together with the hosts of the bodies, which are in the database.
INSTALLATION_HOSTS = [h for h in env_str("ALLMENDE_HOSTS", "").split(",") if h] or [
    str(urlsplit(BASE_URL).hostname),
    "localhost",
    "127.0.0.1",
]
ALLOWED_HOSTS = ["*"]
TRUSTED_PROXIES = env_int("ALLMENDE_PROXIES", 0)  # how many proxies of ours stand in front and add X-Forwarded-For
HTTPS = BASE_URL.startswith("https://")
if TRUSTED_PROXIES and HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sitzung" if HTTPS else "sitzung"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # seconds: a working day
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_FAILURE_VIEW = "allmende.core.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "unfinished" / ".uploads"  # where the housekeeping finds what killed uploads leave
for folder in (FILE_UPLOAD_TEMP_DIR.parent, FILE_UPLOAD_TEMP_DIR):
    folder.mkdir(exist_ok=True, mode=0o700)
UPLOAD_MAX_BYTES = 20 * 1024 * 1024  # the largest file that is taken
FILM_MAX_BYTES = env_int("ALLMENDE_FILM_MAX_MB", 200) * 1024 * 1024  # one film in sign language
# Addresses (patterns) that take more: a proof is as large as docs/log.md, section 8, allows; plans are streamed to the disk.
UPLOAD_MAX_BYTES_AT = {
    "/pruefung/": 64 * 1024 * 1024,
    "/schreibtisch/bekanntmachungen/[0-9a-f-]{36}/erklaerungen/gebaerdensprache/": FILM_MAX_BYTES + 1024 * 1024,
    "/schreibtisch/bekanntmachungen/(?:[0-9a-f-]{36}/dateien|neu/aus-datei)/": 300 * 1024 * 1024,
}

UPLOAD_TOO_LARGE_AT = {"/pruefung/": "portal/too_large.html"}  # where the answer knows another way than a smaller file

# --- Database ---------------------------------------------------------------
# select_for_update() does nothing on SQLite: never rely on it (docs/adr/0003).
DATABASES = {"default": database(env_str("DATABASE_URL", ""), DATA_DIR / "allmende.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Counters of the throttles live here: shared by all processes. Django keeps 300: whoever asks from many addresses would have
# those thrown away that count wrong passwords.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache", "OPTIONS": {"MAX_ENTRIES": 20_000}}}

# --- Apps: one line per part, order = dependency order ------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allmende.core",
    "allmende.tasks",
    "allmende.accounts",
    "allmende.publication",
    "allmende.evidence",
    "allmende.administration",
    "allmende.notices",
    "allmende.law",
    "allmende.portal",
    "allmende.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_prose_editor",  # its static files only: the JavaScript of the editor
]
AUTH_USER_MODEL = "core.Person"

# --- Accounts: django-allauth, words and addresses in allmende/accounts ------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "allmende.accounts.validators.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "allmende.accounts.validators.NotLikeThePerson", "OPTIONS": {"user_attributes": ("name", "email")}},
    {"NAME": "allmende.accounts.validators.NotOnTheList"},
    {"NAME": "allmende.accounts.validators.NotOnlyDigits"},
]
ACCOUNT_ADAPTER = "allmende.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation has proved the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to addresses that somebody typed in
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False  # closing the browser ends the session
# Counted in the cache, by address (ip), key or person (user). Failed log-ins also slow down guessing of second factors; their key is
# account and address together, since a whole town hall may stand behind one address (accounts/throttle.py).
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "5/5m/key,100/5m/ip", "invitation": "20/m/ip", "setup": "10/m/ip"}
ACCOUNT_RATE_LIMITS |= {"login_failed_anywhere": "25/5m/key"}  # key: the account, from whatever addresses
ACCOUNT_RATE_LIMITS |= {"check": "15/m/ip"}  # files that are examined cost seconds each
ACCOUNT_RATE_LIMITS |= {"printout": "10/h/ip,100/d/key"}  # key: the body
ACCOUNT_RATE_LIMITS |= {"subscription": "10/h/ip,3/d/key"}  # key: the address that would get a mail
ACCOUNT_FORMS = {
    "login": "allmende.accounts.forms.LogInForm",
    "change_password": "allmende.accounts.forms.ChangePasswordForm",
    "set_password": "allmende.accounts.forms.SetPasswordForm",
    "reset_password": "allmende.accounts.forms.AskPasswordLinkForm",
    "reset_password_from_key": "allmende.accounts.forms.NewPasswordForm",
    "reauthenticate": "allmende.accounts.forms.ConfirmForm",
}
MFA_ADAPTER = "allmende.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # the code before and after: clocks of telephones; each works once (accounts.forms)
MFA_ALLOW_UNVERIFIED_EMAIL = True  # see ACCOUNT_EMAIL_VERIFICATION
MFA_FORMS = {
    "authenticate": "allmende.accounts.forms.CodeForm",
    "reauthenticate": "allmende.accounts.forms.ConfirmCodeForm",
    "activate_totp": "allmende.accounts.forms.ActivateAppForm",
    "add_webauthn": "allmende.accounts.passkeys.AddPasskeyForm",
    "authenticate_webauthn": "allmende.accounts.passkeys.PasskeyForm",
    "login_webauthn": "allmende.accounts.passkeys.LogInByPasskeyForm",
    "reauthenticate_webauthn": "allmende.accounts.passkeys.ConfirmByPasskeyForm",
    "edit_webauthn": "allmende.accounts.forms.RenamePasskeyForm",
}
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # seconds
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# Later effects, in one table: topic -> handler (core/outbox.py).
OUTBOX_HANDLERS: dict[str, str] = {
    "publish": "allmende.publication.worker.publish",
    "publication.removed": "allmende.publication.removing.finish",
    "publication.related": "allmende.publication.removing.finish_relation",
    "ask_witness": "allmende.publication.witness.asking.ask_witness",
    "renew_bundles": "allmende.publication.witness.renewing.renew_bundles",
    "accounts.invitation": "allmende.accounts.invitations.send_invitation",
    "accounts.password": "allmende.accounts.mails.send_password_link",
    "accounts.notice": "allmende.accounts.mails.send_notice",
    "administration.start_page": "allmende.administration.start_page.checking.check",
    "evidence.certificate": "allmende.evidence.certificates.making.make",
    "tasks.morning": "allmende.tasks.reminders.morning",
    "tasks.urgent": "allmende.tasks.reminders.urgent",
    "tasks.mail": "allmende.tasks.reminders.mail",
    "gazette.send": "allmende.notices.gazette.mails.send_issue",
    "gazette.mail": "allmende.notices.gazette.mails.mail_to_reader",
    "gazette.printer": "allmende.notices.gazette.mails.mail_to_printer",
    "subscriptions.confirm": "allmende.notices.subscriptions.mails.send_confirmation",
    "subscriptions.tell": "allmende.notices.subscriptions.mails.tell",
    "subscriptions.mail": "allmende.notices.subscriptions.mails.mail_to_reader",
    "notices.duties": "allmende.notices.paper.duties.open_tasks",
    "notices.promulgated": "allmende.flows.enact_bylaw.enact",
    "notices.promulgation_ended": "allmende.flows.enact_bylaw.withdraw",
    "notices.void": "allmende.notices.services.provided.tell_void",
}
# What fails is told on standard error (core/trace.py). Refused requests (403, 404, foreign hosts) are no failures of ours.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"trace": {"()": "allmende.core.trace.Trace"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "trace"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "allmende": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
    },
}
# What the worker takes away, and when (core/housekeeping.py).
KEEP_DONE = timedelta(days=env_int("ALLMENDE_KEEP_DONE_DAYS", 30))  # rows of the outbox; parked ones stay
KEEP_PRINT_REQUESTS = timedelta(days=env_int("ALLMENDE_KEEP_PRINT_REQUESTS_DAYS", 30))  # name and address, once it is done
KEEP_UNUSED_PICTURES = timedelta(days=env_int("ALLMENDE_KEEP_PICTURES_DAYS", 90))
# Called once when the worker starts, before its first row.
AT_START_OF_WORK = ["allmende.publication.log.show_heads"]
MIDDLEWARE = [
    "allmende.core.middleware.SecurityHeadersMiddleware",
    "allmende.core.middleware.TownMiddleware",
    "allmende.core.middleware.NearbyAddressMiddleware",
    "allmende.core.middleware.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "allmende.core.middleware.MethodMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allmende.administration.middleware.FirstRunMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "allmende.accounts.middleware.SecondFactorMiddleware",
    "allmende.core.middleware.DomainErrorMiddleware",
    "allmende.core.middleware.NotAllowedPageMiddleware",
    "allmende.accounts.middleware.NotDoneMiddleware",
]
SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # "i18n" below stands for two libraries on purpose: ours holds Django's
ROOT_URLCONF = "allmende.config.urls"
WSGI_APPLICATION = "allmende.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Public pages are made anew after each change: compiled by language, blocks looked up once.
            "loaders": [("allmende.core.loader.Loader", ["django.template.loaders.app_directories.Loader"])],
            "libraries": {"i18n": "allmende.core.templatetags.translated"},
            "builtins": ["allmende.core.templatetags.extending"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "allmende.portal.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "allmende.core.forms.Renderer"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"

# --- Language and time --------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True

# --- Files ----------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "collected"
STATICFILES_DIRS = [BASE_DIR / "build" / "static"] if (BASE_DIR / "build" / "static").exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
FONT_DIR = BASE_DIR / "build" / "fonts"

# --- Mail -----------------------------------------------------------------------
EMAIL_HOST = env_str("ALLMENDE_SMTP_HOST", "")
EMAIL_PORT = env_int("ALLMENDE_SMTP_PORT", 587)
EMAIL_HOST_USER = env_str("ALLMENDE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env_str("ALLMENDE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = bool(EMAIL_HOST)
EMAIL_TIMEOUT = 20  # seconds
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = MAIL_DIR
DEFAULT_FROM_EMAIL = env_str("ALLMENDE_MAIL_FROM", "allmende@localhost")

# --- Who runs this installation ---------------------------------------------------
SOURCE = env_str("ALLMENDE_SOURCE", "")  # where the source of this program is, with the verifier for everybody
OPERATOR = env_str("ALLMENDE_OPERATOR", "")  # shown where it witnesses other logs
WITNESS_LOOPBACK = env_bool("ALLMENDE_WITNESS_LOOPBACK", False)  # two installations on one machine may witness each other (trial)
SEAL_LOOPBACK = env_bool("ALLMENDE_SEAL_LOOPBACK", False)  # issuers and time stamp services of seals on this machine (trial)
DEMO = env_bool("ALLMENDE_DEMO", True)  # fill an empty database with the demo at the first start
DEMO_SEALS = env_bool("ALLMENDE_DEMO_SEALS", True)  # seals that prove nothing may be made, for trying out
