"""Settings of the site, all from the environment (README.md lists every variable)."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from cptpp_site import embedded_postgres
from cptpp_site.environment import (
    SHORTEST_METRICS_TOKEN,
    address_of_contact,
    database_from_url,
    flag,
    local_secret_key,
    production_secret_key,
    replica_from_url,
    whole_number,
    words,
)

BASE_DIR = Path(__file__).resolve().parent.parent

SITE_MODE = os.environ.get("SITE_MODE", "production")
if SITE_MODE not in {"local", "production"}:
    raise ImproperlyConfigured(f"SITE_MODE is {SITE_MODE!r}; set it to 'local' or 'production'.")
IS_PRODUCTION = SITE_MODE == "production"

# Everything that the site writes: the embedded database, collected static files, the local key.
DATA_DIR = (BASE_DIR / (os.environ.get("DATA_DIR") or "var")).resolve()

# --- What production refuses ------------------------------------------------------------------------------

DEBUG = flag("DEBUG")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "" if IS_PRODUCTION else "127.0.0.1,localhost,[::1]")

if IS_PRODUCTION:
    SECRET_KEY = production_secret_key()
    if DEBUG:
        raise ImproperlyConfigured(
            "DEBUG is on, which would show visitors our code and settings. Unset DEBUG in production, "
            "or set SITE_MODE=local on your own machine."
        )
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "Production needs ALLOWED_HOSTS, the names that visitors use, such as check.example.org."
        )
    if any("*" in host or host.startswith(".") for host in ALLOWED_HOSTS):
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS holds a wildcard, which lets anybody forge links to this site. "
            "List each name, such as check.example.org."
        )
else:
    SECRET_KEY = local_secret_key(DATA_DIR)

# --- Applications -----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "cptpp_site.staff.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "formtools",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "occupations",
    "eligibility",
    "cptpp_site",
    "cptpp_site.staff.apps.StaffConfig",
]

# Sessions, accounts and messages exist for staff only (cptpp_site.middleware): a visitor's page never
# touches them, so it needs no query and leaves no session.
# The first ones are around everything: static files, redirects and errors of the others carry their headers too.
MIDDLEWARE = [
    "cptpp_site.observing.ObservingMiddleware",
    "cptpp_site.security_headers.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cptpp_site.compression.CompressionMiddleware",
    "eligibility.api.middleware.ApiMiddleware",
    "cptpp_site.middleware.StaffSessionMiddleware",
    "cptpp_site.middleware.StaffAuthenticationMiddleware",
    "cptpp_site.middleware.StaffMessageMiddleware",
    "cptpp_site.middleware.StaffSignInMiddleware",
    "cptpp_site.middleware.StaffActingMiddleware",
    "eligibility.mounts.MountMiddleware",
    "cptpp_site.languages.LanguageMiddleware",
    "cptpp_site.request_size.RequestSizeMiddleware",
    "eligibility.search_limits.SearchLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cptpp_site.middleware.RulesUnavailableMiddleware",
    "axes.middleware.AxesMiddleware",
]
STAFF_PATH = "/admin/"

ROOT_URLCONF = "cptpp_site.urls"
PAGES_URLCONF = "cptpp_site.page_urls"
# The visitor's pages once more, under a prefix and on other terms (eligibility/mounts.py).
MOUNTS = ["eligibility.embedding.Frame", "eligibility.staff.preview.Preview"]
WSGI_APPLICATION = "cptpp_site.wsgi.application"

TEMPLATES = [
    {
        # APP_DIRS brings Django's cached loader with it.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # Our templates/django/forms/ comes first.

# --- Database ---------------------------------------------------------------------------------------------

DATABASE_URL = os.environ.get("DATABASE_URL", "")
EMBEDDED_DATABASE: dict[str, Any] = {
    "ENGINE": "cptpp_site.backend",
    "NAME": embedded_postgres.DATABASE,
    "USER": embedded_postgres.ROLE,
    "PORT": str(embedded_postgres.PORT),
    "DATA_DIR": DATA_DIR,
    "DURABLE": True,
}
# Opening a connection costs more than everything else that a page does.
KEPT_CONNECTION = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DATABASES: dict[str, dict[str, Any]] = {
    "default": (database_from_url(DATABASE_URL) if DATABASE_URL else EMBEDDED_DATABASE) | KEPT_CONNECTION,
}
# A streaming replica that the rules are read from; nothing is ever written to it (docs/decisions/0023-replica.md).
if DATABASE_REPLICA_URL := os.environ.get("DATABASE_REPLICA_URL", ""):
    DATABASES["replica"] = replica_from_url(DATABASE_REPLICA_URL, DATABASE_URL) | KEPT_CONNECTION
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Languages and time -----------------------------------------------------------------------------------

# The one list of languages, each by its own name: pages, address prefixes, translated texts and tests follow it.
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ja", "日本語"),
]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_staff"]
FORMAT_MODULE_PATH = "cptpp_site.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Toronto"  # The days of a period in force are counted there.

# --- Static files -----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
# A container has them in its image, so that they are always those of its release.
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Security ---------------------------------------------------------------------------------------------

TWO_YEARS = 2 * 365 * 24 * 60 * 60
# How many proxies of ours stand in front; with none, nobody's X-Forwarded headers are believed.
TRUSTED_PROXIES = whole_number("TRUSTED_PROXIES", 0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_REDIRECT_EXEMPT = [
    *(r"^healthz$", r"^readyz$"),  # Probes come over plain http, past the proxy.
    r"^api/(?!v1/docs)",  # A program is refused: led on, it would go on sending answers in the clear.
]
SECURE_HSTS_SECONDS = TWO_YEARS if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_HSTS_PRELOAD = IS_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Files that staff send are held in memory until they are in the database: a full or read-only disk is in nobody's way.
# Room for the four files of a classification; a larger request is refused (cptpp_site/uploads.py).
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 130 * 1024 * 1024

# A browser refuses a __Host- cookie unless it is Secure, for the whole site and for no other host.
COOKIE_PREFIX = "__Host-" if IS_PRODUCTION else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}staff"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "cptpp_site.staff.messages.StaffMessages"
CSRF_FAILURE_VIEW = "eligibility.pages.csrf_failure"
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

# Where to report a weakness: `mailto:security@example.org` or an https address (cptpp_site/disclosure.py).
SECURITY_CONTACT = address_of_contact("SECURITY_CONTACT")

# Nothing inline and nobody else's: what is not named here cannot load.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "cptpp_site.staff.passwords.ContextWordsValidator"},
]

# --- Staff: signing in --------------------------------------------------------------------------------------

LOGIN_URL = "admin:login"
STAFF_IDLE_MINUTES = whole_number("STAFF_IDLE_MINUTES", 30)
STAFF_SESSION_HOURS = whole_number("STAFF_SESSION_HOURS", 12)
SESSION_COOKIE_AGE = STAFF_SESSION_HOURS * 60 * 60

OTP_TOTP_ISSUER = "CPTPP Check"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = whole_number("SIGN_IN_TRIES", 5)
AXES_COOLOFF_TIME = timedelta(minutes=whole_number("SIGN_IN_LOCK_MINUTES", 15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "cptpp_site.staff.lockout.address_of"
AXES_LOCKOUT_CALLABLE = "cptpp_site.staff.lockout.locked_out"
AXES_RESET_ON_SUCCESS = True
# A try during the lock is not counted, so the time that the page names stays true.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["password", "code", "csrfmiddlewaretoken"]
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ENABLE_ADMIN = False  # cptpp_site/staff/admin.py shows the same tables, to be read only.
AXES_VERBOSE = False

# --- Publishing -------------------------------------------------------------------------------------------

# On: an edition may be published without a second person; the record and the public page then say so.
SINGLE_STAFF_MEMBER = flag("SINGLE_STAFF_MEMBER")

# --- Staff: what is to be looked at again -----------------------------------------------------------------

CHECK_AFTER_DAYS = whole_number("CHECK_AFTER_DAYS", 90)

# --- The check --------------------------------------------------------------------------------------------

SHARE_LINK_DAYS = whole_number("SHARE_LINK_DAYS", 30)

# People that an impact report generates beside the reference cases (eligibility/impact/).
IMPACT_PROFILES = whole_number("IMPACT_PROFILES", 10_000)

# Counts of fewer visitors are not shown to anybody (eligibility/staff/counts.py).
COUNTS_FEWEST = whole_number("COUNTS_FEWEST", 10)

# Of one client; eligibility/rate_limits.py counts.
SHARE_LINKS_PER_MINUTE = whole_number("SHARE_LINKS_PER_MINUTE", 20)
API_REQUESTS_PER_MINUTE = whole_number("API_REQUESTS_PER_MINUTE", 120)
API_CASES_PER_MINUTE = whole_number("API_CASES_PER_MINUTE", 3000)
FEEDBACK_PER_MINUTE = whole_number("FEEDBACK_PER_MINUTE", 10)
SEARCHES_PER_MINUTE = whole_number("SEARCHES_PER_MINUTE", 300)
SIGN_INS_PER_MINUTE = whole_number("SIGN_INS_PER_MINUTE", 30)

# --- Logging ----------------------------------------------------------------------------------------------

LOG_FORMAT = os.environ.get("LOG_FORMAT") or ("json" if IS_PRODUCTION else "line")
if LOG_FORMAT not in {"json", "line"}:
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}; set it to 'json' or 'line'.")
# A line for each request: method, route, status, milliseconds. Probes would only fill the log.
REQUEST_LOG = flag("REQUEST_LOG", "on" if IS_PRODUCTION else "")
ROUTES_NOT_LOGGED = {"/healthz", "/readyz", "/metrics"}
# Whoever shows it as a bearer token may read /metrics; without it there is no such page.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
if METRICS_TOKEN and len(METRICS_TOKEN) < SHORTEST_METRICS_TOKEN:
    raise ImproperlyConfigured(
        f"METRICS_TOKEN is too short; use at least {SHORTEST_METRICS_TOKEN} random characters."
    )

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private": {"()": "cptpp_site.logs.WithoutVisitorDetails"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "cptpp_site.logs.JsonLines"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "filters": ["private"], "formatter": LOG_FORMAT},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Django gives these handlers of their own; one handler, one format and one filter serve all.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "axes": {"level": "WARNING"},  # Each sign-in is a row of its tables; a line more tells nothing.
    },
}
