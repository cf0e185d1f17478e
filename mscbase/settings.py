"""All settings. What an operator may set is read from the environment, in one block, and checked at start.

With no environment at all the site works on one machine. README.md says what each setting does.
"""

import logging
import sys
from pathlib import Path

import dj_database_url
from csp.constants import SELF
from django.core.management.utils import get_random_secret_key
from environs import Env, EnvValidationError, ValidationError, validate

from mscbase import __version__

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
HOST = validate.Regexp(r"(?i)^(\*|\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])$")
RATE = validate.Regexp(r"^[1-9]\d*/(s|sec|m|min|h|d|(second|minute|hour|day)s?)$")

# What each setting must be, as the message at start says it.
VALID = {
    "ALLOWED_HOSTS": "host names separated by commas, without scheme and port",
    "API_RATE": "a number of requests per second, minute, hour or day, such as 600/min",
    "BEHIND_TLS": "true or false",
    "DATABASE_URL": "postgres://user:password@host:5432/name or sqlite:////path/of/the/file",
    "DEBUG": "true or false",
    "LOG_LEVEL": "DEBUG, INFO, WARNING, ERROR or CRITICAL",
    "NUM_PROXIES": "the number of proxies in front, 0 or more",
    "PORT": "a whole number from 1 to 65535",
    "SCRIPT_NAME": "a path with a slash in front and none at its end, such as /mscbase",
    "VAR_DIR": "the absolute path of a directory that can be written",
    "WORKERS": "a whole number of processes, 1 or more",
}


def stop(*names: str) -> None:
    """End the process with one line for each setting that cannot be used."""
    sys.exit("\n".join(f"The setting {name} must be {VALID[name]}." for name in names))


env = Env(eager=False)


@env.parser_for(name="database")
def database(url: str) -> dj_database_url.DBConfig:
    """Django's settings of the database at `url`. ValidationError unless it is PostgreSQL or SQLite."""
    try:
        parsed = dj_database_url.parse(url, conn_max_age=60)
    except ValueError as error:
        raise ValidationError(str(error)) from error
    if not parsed["NAME"] or not parsed["ENGINE"].endswith(("sqlite3", "postgresql")):
        raise ValidationError(VALID["DATABASE_URL"])
    return parsed


env.read_env(BASE_DIR / ".env", recurse=False)
DEBUG = env.bool("DEBUG", False)
VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var", validate=validate.Predicate("is_absolute"))
DATABASE = env.database("DATABASE_URL", f"sqlite:///{VAR_DIR}/mscbase.sqlite3")
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", LOOPBACK, validate=[validate.Length(min=1), lambda hosts: [HOST(host) for host in hosts]]
)
BEHIND_TLS = env.bool("BEHIND_TLS", False)
NUM_PROXIES = env.int("NUM_PROXIES", 0, validate=validate.Range(min=0))
SCRIPT_NAME = env.str("SCRIPT_NAME", "", validate=validate.Regexp(r"^(/[\w.~-]+)*$"))
API_RATE = env.str("API_RATE", "600/min", validate=RATE)
LOG_LEVEL = env.log_level("LOG_LEVEL", logging.INFO)
PORT = env.int("PORT", 8000, validate=validate.Range(1, 65535))
WORKERS = env.int("WORKERS", 2, validate=validate.Range(min=1))
try:
    env.seal()
except EnvValidationError as error:
    stop(*error.error_messages)


def local_secret_key(path: Path) -> str:
    """The key of a site that only this machine sees: made once, kept outside version control."""
    if not path.exists():
        path.write_text(get_random_secret_key(), encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8").strip()


if not SECRET_KEY and set(ALLOWED_HOSTS) - set(LOOPBACK):
    sys.exit(
        "SECRET_KEY is not set, and ALLOWED_HOSTS opens the site to other machines: make it a long random value."
    )
try:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    SECRET_KEY = SECRET_KEY or local_secret_key(VAR_DIR / "secret-key")
except OSError:
    stop("VAR_DIR")

INSTALLED_APPS = [
    "core",
    "search",
    "catalog",
    "mechanisms",
    "trials",
    "figures",
    "compare",
    "identify",
    "mscbase",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "modelsearch",
    "corsheaders",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "core.middleware.request_id",
    "core.middleware.ignore_tracking_parameters",
    "core.middleware.refuse_null_characters",
    "django.middleware.security.SecurityMiddleware",
    "mscbase.probes.answer_probes",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "core.middleware.release_and_caching",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.rest.meant.LeadToValuesMeant",
]

ROOT_URLCONF = "mscbase.urls"
WSGI_APPLICATION = "mscbase.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mscbase.context.site",
            ],
        },
    }
]

DATABASES = {"default": DATABASE}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers do not wait for the loader, and the loader waits for its turn instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "search.backend"}}
# How a list is filtered by the words of its `q`: words -> model -> condition. The lists stand below the search.
SEARCH_IN_LISTS = "search.lists.having"
SEARCH_WORDS = BASE_DIR / "search" / "vocabulary.yaml"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = WHITENOISE_STATIC_PREFIX = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "mscbase.storage.StaticFilesStorage"},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": "core.rest.renderers.FORMATS",
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": [
        "core.rest.filters.StrictFilterBackend",
        "core.rest.ordering.StrictOrderingFilter",
    ],
    "DEFAULT_PAGINATION_CLASS": "core.rest.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "core.rest.schema.ResourceSchema",
    "DEFAULT_THROTTLE_CLASSES": ["core.rest.throttling.PerClient"],
    "DEFAULT_THROTTLE_RATES": {"client": API_RATE},
    "EXCEPTION_HANDLER": "core.rest.errors.problem_response",
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": False,
    "NUM_PROXIES": NUM_PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "MSCbase API",
    "DESCRIPTION": (
        "Curated, citable statements on mesenchymal stem cells: read-only, no key needed.\n\n"
        "A parameter that takes a list is given once for each value; commas between values do as well. Rows have any "
        "of the values, and none of those with `!` before them: `source=!skin`."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v[0-9]",
    "LICENSE": {"name": "Data: CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    # Choices stand where they are used, blank ones included, and paths for fixed formats are left out.
    "POSTPROCESSING_HOOKS": ["core.rest.schema.serve_from_script_name"],
    "PREPROCESSING_HOOKS": ["drf_spectacular.hooks.preprocess_exclude_path_format"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_URLS_REGEX = r"^/api/.*$"
CORS_EXPOSE_HEADERS = ["X-MSCbase-Release", "X-Request-ID", "ETag", "Link", "Retry-After"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True


def in_one_line(record: logging.LogRecord) -> bool:
    """A Host that the site does not answer to is the client's error: a warning, without traceback."""
    record.levelno, record.levelname, record.exc_info = logging.WARNING, "WARNING", None
    return LOG_LEVEL <= logging.WARNING


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"in_one_line": {"()": "django.utils.log.CallbackFilter", "callback": in_one_line}},
    "loggers": {"django.security.DisallowedHost": {"filters": ["in_one_line"]}},
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}

SOFTWARE_VERSION = __version__
