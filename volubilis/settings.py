"""All settings, read from the environment (docs/deployment.md has the table).

The defaults are those of production. Only `manage.py up` and `manage.py test` relax them: they set VOLUBILIS_DEMO=1 or
VOLUBILIS_TEST=1, the first only with the embedded database server (refused below and in volubilis/checks.py).
"""

import json
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from volubilis.embedded import is_embedded

BASE_DIR = Path(__file__).resolve().parent.parent


def env_bool(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(int(default))).lower() in {"1", "true", "yes", "on"}


def env_list(name: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


def database(url: str) -> dict:
    """Django's settings for a PostgreSQL address; a socket folder stands percent-encoded in the place of the host.

    Raises ValueError for any other scheme.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must start with postgresql://, not {parts.scheme!r}")
    # urlsplit().hostname lower-cases, which breaks socket paths.
    location = parts.netloc.rpartition("@")[2]
    host, _, port = location.partition(":")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": port,
        "CONN_MAX_AGE": int(os.environ.get("DATABASE_CONN_MAX_AGE", "60")),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": f"-c statement_timeout={os.environ.get('DATABASE_STATEMENT_TIMEOUT_MS', '15000')}"},
    }


def proxy_header(line: str) -> tuple[str, str] | None:
    """("HTTP_X_FORWARDED_PROTO", "https") from "X-Forwarded-Proto: https"; None from nothing."""
    if not line:
        return None
    name, separator, value = line.partition(":")
    if not separator:
        raise ImproperlyConfigured('SECURE_PROXY_SSL_HEADER must look like "X-Forwarded-Proto: https".')
    return f"HTTP_{name.strip().upper().replace('-', '_')}", value.strip()


DEMO = env_bool("VOLUBILIS_DEMO")
TESTING = env_bool("VOLUBILIS_TEST")
# LOCAL: plain http on this machine's own address, as `manage.py up` serves; says nothing about accounts.
LOCAL = env_bool("VOLUBILIS_LOCAL")
RELAXED = DEMO or TESTING or LOCAL
DEBUG = env_bool("DEBUG")
DATA_DIR = Path(os.environ.get("VOLUBILIS_DATA_DIR", BASE_DIR / ".data"))

SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS") or (["127.0.0.1", "localhost", "[::1]", "testserver"] if RELAXED else [])
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "core.typed.csrf_failure"
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000" if RELAXED else "")

INSTALLED_APPS = [
    "volubilis.apps.VolubilisConfig",
    "devtools",
    "demo",
    "core",
    "journal",
    "quotas",
    "desk",
    "accounts",
    "notifications",
    "taxonomy",
    "jobs",
    "directory",
    "team",
    "moderation",
    "authoring",
    "organizations",
    "experts",
    "projects",
    "needs",
    "messaging",
    "privacy",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "translated_fields",
    "phonenumber_field",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "directory.machines.answer_machines",
    "core.middleware.RefuseBrokenText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "core.middleware.remembered_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.private_pages",
    "core.typed.SignInKeepingWhatWasTyped",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.VisitedSessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.staff_mfa_required",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "volubilis.urls"
WSGI_APPLICATION = "volubilis.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "volubilis.context_processors.site",
                "accounts.context_processors.security",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql://volubilis@localhost/volubilis"))}
EMBEDDED = is_embedded(DATABASES["default"]["HOST"])
if DEMO and not (EMBEDDED or TESTING):
    # gunicorn runs no checks, so this one is here: accounts with published passwords never meet a real network's data.
    raise ImproperlyConfigured("VOLUBILIS_DEMO=1 is refused: the demo network lives in the embedded database server only.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# django-allauth's limits and one-time codes need a cache that all workers share (docs/deployment.md), and that forgets nothing
# early: above MAX_ENTRIES the database cache deletes a third of what still counts, where an attacker chooses which.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 5_000_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
# One backend only: each would hash the password once more, and the difference in time would tell who has an account.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60

# django-allauth. What we change in its behaviour is in accounts/, notifications/account_mails.py and volubilis/welcome.py.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_space"
ACCOUNT_ADAPTER = "volubilis.welcome.WelcomingAccountAdapter"
ACCOUNT_FORMS = {
    "signup": "accounts.forms.SignupForm",
    "login": "accounts.forms.LoginForm",
    "request_login_code": "accounts.forms.LoginCodeForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "add_email": "accounts.forms.AddEmailForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None
MFA_ADAPTER = "accounts.mfa.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Volubilis"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = RELAXED
USERSESSIONS_TRACK_ACTIVITY = True
# Number of reverse proxies in front of the application; with a wrong number all visitors share one limit.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ALLAUTH_TRUSTED_PROXY_COUNT", "0"))
# The demo alone lets staff in without a second factor, and its pages say so.
STAFF_MFA_REQUIRED = not DEMO or env_bool("STAFF_MFA_REQUIRED")
# Stored with each consent. Change it together with the text of the privacy notice.
PRIVACY_NOTICE_VERSION = "2026-11"
# What was searched is counted without persons (directory/search/insight.py); a network may leave even that.
SEARCH_INSIGHT = env_bool("SEARCH_INSIGHT", not TESTING)
# Requests to /api/v1/ from one address.
API_REQUESTS_PER_MINUTE = int(os.environ.get("API_REQUESTS_PER_MINUTE", "1000"))
# What the legal notice and the privacy notice say of this installation.
LEGAL = {
    "publisher": os.environ.get("LEGAL_PUBLISHER", ""),
    "address": os.environ.get("LEGAL_ADDRESS", ""),
    "email": os.environ.get("LEGAL_EMAIL", "contact@example.org" if DEMO else ""),
    "host": os.environ.get("LEGAL_HOST", ""),
    "hosting_country": os.environ.get("LEGAL_HOSTING_COUNTRY", ""),
    "cndp_receipt": os.environ.get("LEGAL_CNDP_RECEIPT", ""),
}

# Who carries the network, for its page: [{"name": {"ar": …, "fr": …}, "role": {"ar": …, "fr": …, "en": …}}].
NETWORK_PEOPLE = json.loads(os.environ.get("NETWORK_PEOPLE", "[]"))

# Mail leaves by `manage.py mail_worker`; the demo has no mail server and sends nothing.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "" if RELAXED else "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS")
EMAIL_USE_SSL = env_bool("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Volubilis <no-reply@localhost>")
SERVER_EMAIL = os.environ.get("SERVER_EMAIL", DEFAULT_FROM_EMAIL)

LANGUAGE_CODE = "fr"
LANGUAGES = [("ar", "العربية"), ("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "volubilis.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TIME_ZONE", "Africa/Casablanca")

# Production speaks https only; a proxy that terminates it says so in the header named by SECURE_PROXY_SSL_HEADER
# ("X-Forwarded-Proto: https"), which is believed only when that is set.
SECURE_SSL_REDIRECT = env_bool("SECURE_SSL_REDIRECT", not RELAXED)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = int(os.environ.get("SECURE_HSTS_SECONDS", "0" if RELAXED else str(365 * 24 * 60 * 60)))
SECURE_HSTS_INCLUDE_SUBDOMAINS = env_bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", not RELAXED)
SECURE_HSTS_PRELOAD = env_bool("SECURE_HSTS_PRELOAD", not RELAXED)
SECURE_PROXY_SSL_HEADER = proxy_header(os.environ.get("SECURE_PROXY_SSL_HEADER", ""))
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not RELAXED
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
# Without 'unsafe-inline', the admin included. Bootstrap's style sheet holds its small pictures as data: addresses.
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
}
# Larger requests are uploads, and those have limits of their own (core/uploads.py).
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "volubilis.style_sheets.JoinedSheets",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", DATA_DIR / "media"))
# In the demo and in tests files are served from where they lie; in production from STATIC_ROOT, hashed and compressed.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = RELAXED
STORAGES = {
    "default": {"BACKEND": "core.uploads.DurableStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if RELAXED
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "volubilis.logs.JsonFormatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json" if env_bool("LOG_JSON") else "text"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO" if not RELAXED else "WARNING")},
    # Django's own handlers would write each message twice, and mail tracebacks with personal data to the administrators.
    "loggers": {"django": {"handlers": [], "propagate": True}, "django.server": {"handlers": [], "propagate": True}},
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
PHONENUMBER_DEFAULT_REGION = "MA"

# The list of countries is the network's decision (taxonomy/data/README.md): a code mapped to null is left out, one mapped to
# {"ar": …, "fr": …, "en": …} is renamed or added. `load_vocabulary` applies it.
COUNTRIES_OVERRIDE = json.loads(os.environ.get("COUNTRIES_OVERRIDE", '{"EH": null}'))
# Likewise of the regions of a country: a code mapped to null is not offered, one mapped to names is renamed.
SUBDIVISIONS_OVERRIDE = json.loads(os.environ.get("SUBDIVISIONS_OVERRIDE", '{"ES-CE": null, "ES-ML": null}'))
