"""Django settings. What an operator may change is in `options.py`; the rest is fixed."""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from gongjian.conf.options import OPTIONS, home, option, roles

HOME = home()
OPTION_TABLE = {entry.name: (option(entry.name), entry.help) for entry in OPTIONS}
PACKAGE = Path(__file__).resolve().parent.parent


def _secret_key() -> str:
    """The instance's own key, kept beside the database; where there is none yet, a fresh one that is not written here."""
    file = HOME / "secret_key"
    return file.read_text(encoding="utf-8").strip() if file.exists() else secrets.token_urlsafe(48)


def _database() -> dict[str, object]:
    """SQLite file by default, PostgreSQL by one setting."""
    address = option("DATABASE")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "gongjian.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA secure_delete=ON;",
            },
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = _secret_key()
DEBUG = option("DEBUG") == "yes"
DEMO = option("DEMO") == "yes"
ALLOWED_HOSTS = option("HOSTS").split(",")
PROXIES = max(0, int(option("PROXIES")))
BACKUP_KEYS = option("BACKUP_KEYS")
CHAIN_ALGORITHM = option("CHAIN")
ANCHOR = option("ANCHOR")
PROJECT_LIGHTS = option("PROJECT_LIGHTS")
COMMON_SHARE = min(100, max(1, int(option("COMMON_SHARE"))))
REPORT_CHARACTERS = int(option("REPORT_CHARACTERS"))
UPLOAD_LIMIT = int(option("UPLOAD_MB")) * 1024 * 1024

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_filters",
    "django_htmx",
    "treebeard",
    "gongjian.audit",
    "gongjian.people",
    "gongjian.attachments",
    "gongjian.notices",
    "gongjian.enterprises",
    "gongjian.assignments",
    "gongjian.indicators",
    "gongjian.campaigns",
    "gongjian.alerts",
    "gongjian.complaints",
    "gongjian.visits",
    "gongjian.markets",
    "gongjian.projects",
    "gongjian.policies",
    "gongjian.problems",
    "gongjian.standings",
    "gongjian.bulletins",
    "gongjian.intake",
    "gongjian.imports",
    "gongjian.superior_templates",
    "gongjian.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gongjian.web.middleware.ContentSecurity",
    "gongjian.web.middleware.Health",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongjian.web.middleware.Gate",
    "gongjian.web.middleware.CleanInput",
    "gongjian.web.late_forms.LateForms",
    "gongjian.web.form_keys.OnceOnly",
    "gongjian.web.pick_new.middleware.PickNew",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongjian.web.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongjian.web.navigation.frame",
            ],
            "builtins": ["gongjian.web.templatetags.gongjian", "gongjian.web.templatetags.measures"],
        },
    }
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "gongjian.web.session.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "gongjian.people.accounts.password_words.LocalWords"},
    {"NAME": "gongjian.people.accounts.password_words.MostSigns"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"

# Five failures lock the account name for half an hour, for the address they came from: nobody locks out somebody else.
# Tries while it is locked do not make that longer; the client cannot reset the count.
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_COOLOFF_TIME = 0.5
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "gongjian.web.sign_in.views.locked_out"
AXES_CLIENT_IP_CALLABLE = "gongjian.web.client_address.client_address"
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "code",
]  # what its log of tries leaves out, with the password

FORM_RENDERER = "gongjian.web.field_html.Renderer"
FILTERS_EMPTY_CHOICE_LABEL = _("全部")  # a filter that is not set shows everything, and says so

LANGUAGE_CODE = "en" if option("LANGUAGE") == "en" else "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("英文"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = ["gongjian.conf.formats"]

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "gongjian.web.static_addresses.Storage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "gongjian.web.session_store"
SESSION_COOKIE_AGE = max(1, int(option("SIGN_IN_HOURS"))) * 3600
IDLE_MINUTES = max(1, int(option("IDLE_MINUTES")))
SECOND_FACTOR_ROLES = roles("SECOND_FACTOR")
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = option("HTTPS") == "yes"
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # no script of ours reads a cookie
if (
    SESSION_COOKIE_SECURE
):  # a browser takes such a name from this host alone, encrypted: no neighbour can plant a cookie
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    LANGUAGE_COOKIE_NAME = "__Host-django_language"
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SESSION_COOKIE_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
CSRF_FAILURE_VIEW = "gongjian.web.sign_in.views.token_expired"
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Browsers ignore it, with a warning in their console, on the plain http of an intranet.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if SESSION_COOKIE_SECURE else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "format": "%(asctime)s %(levelname)s %(name)s %(who)s %(message)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        }
    },
    "filters": {"who": {"()": "gongjian.web.log_lines.WhoAndWhere"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["who"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # It names every request that waits a moment for a thread.
    "loggers": {"waitress.queue": {"level": "ERROR"}},
}
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # the lock is on the account name: no client property can evade it
