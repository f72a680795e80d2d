"""Django's settings, made from the environment (``environment.py``)."""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from courtesy.config.environment import (
    ROOT,
    read,
    read_decimals,
    read_folder,
    read_list,
    read_number,
    read_pairs,
    read_words,
)
from courtesy.language.providers.port import PURPOSES

COURTESY_DATA = read_folder("COURTESY_DATA")
COURTESY_PACK = read_folder("COURTESY_PACK")
COURTESY_ENCODER = read("COURTESY_ENCODER")
COURTESY_URL = read("COURTESY_URL").rstrip("/") or f"http://{read('COURTESY_HOST')}:{read('COURTESY_PORT')}"
COURTESY_MAX_UPLOAD = read_number("COURTESY_MAX_UPLOAD_MB") * 1024 * 1024
COURTESY_UNDO_SECONDS = read_number("COURTESY_UNDO_SECONDS")
COURTESY_WIDGET_ORIGINS = read_list("COURTESY_WIDGET_ORIGINS")
COURTESY_MAIL_OUT = read("COURTESY_MAIL_OUT")
COURTESY_MAIL_IN = read("COURTESY_MAIL_IN").split()
COURTESY_MAIL_POLL = read_number("COURTESY_MAIL_POLL")
COURTESY_MAIL_PLUS = read("COURTESY_MAIL_PLUS").lower() in {"yes", "1", "true", "on"}
COURTESY_MAX_MAIL = read_number("COURTESY_MAX_MAIL_MB") * 1024 * 1024
COURTESY_SMTP_HOST = read("COURTESY_SMTP_HOST")
COURTESY_SMTP_PORT = read_number("COURTESY_SMTP_PORT")
COURTESY_LMTP_PORT = read_number("COURTESY_LMTP_PORT")
COURTESY_SMTP_CERTIFICATE = read("COURTESY_SMTP_CERTIFICATE")
COURTESY_CARRIER_KEYS = read_pairs("COURTESY_CARRIER_KEYS")
COURTESY_LLM = read("COURTESY_LLM")
COURTESY_LLM_URL = read("COURTESY_LLM_URL").rstrip("/")
COURTESY_LLM_KEY = read("COURTESY_LLM_KEY")
COURTESY_LLM_USES = read_words("COURTESY_LLM_USES", PURPOSES)
COURTESY_LLM_SECONDS = read_number("COURTESY_LLM_SECONDS")
COURTESY_LLM_MASK = read("COURTESY_LLM_MASK").lower() not in {"no", "0", "false", "off"}
COURTESY_LLM_PRICES = read_decimals("COURTESY_LLM_PRICES", 2)
COURTESY_LLM_DAILY_COST = next(iter(read_decimals("COURTESY_LLM_DAILY_COST", 1)), None)
COURTESY_LLM_DAILY_TOKENS = read_number("COURTESY_LLM_DAILY_TOKENS")


def _secret_key() -> str:
    """The signing key: given, or the one made at first start (``starting.py``). Reading settings never writes;
    without a key there is one for this process alone, good for tests and for looking around."""
    path = COURTESY_DATA / "secret.key"
    if given := read("COURTESY_SECRET_KEY"):
        return given
    return path.read_text(encoding="ascii").strip() if path.exists() else secrets.token_urlsafe(48)


def _database() -> dict[str, object]:
    url = read("COURTESY_DATABASE_URL")
    if not url:
        return {
            "ENGINE": "courtesy.foundation.sqlite",
            "NAME": str(COURTESY_DATA / "courtesy.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
                "PRAGMA cache_size=-20000; PRAGMA journal_size_limit=67108864;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    urlsplit(COURTESY_URL).hostname or "localhost",
    *read_list("COURTESY_ALLOWED_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = [COURTESY_URL]
DATABASES = {"default": _database()}
AUTH_USER_MODEL = "workforce.Colleague"
ROOT_URLCONF = "courtesy.config.urls"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [ROOT / "courtesy" / "config" / "locale"]
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(COURTESY_DATA) / "static"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "courtesy.foundation",
    "courtesy.workforce",
    "courtesy.customers",
    "courtesy.conversations",
    "courtesy.commerce",
    "courtesy.knowledge",
    "courtesy.connections",
    "courtesy.interpreter",
    "courtesy.policy",
    "courtesy.channels",
    "courtesy.training",
    "courtesy.desk",
    "courtesy.config",
]
MIDDLEWARE = [
    "courtesy.config.requests.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/desk/sign-in/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = COURTESY_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = COURTESY_MAX_UPLOAD + 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
WHITENOISE_USE_FINDERS = True  # static files are served from where they lie; nothing has to be collected
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": read("COURTESY_REDIS_URL")}
    if read("COURTESY_REDIS_URL")
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
}
LOGGING_CONFIG = None  # set up by logs.py, for the server and the commands alike

# The plug-in points: one line each.
COURTESY_CHANNELS = {
    "chat": "courtesy.channels.chat.channel.Chat",
    "email": "courtesy.channels.email.channel.Email",
}
COURTESY_SHOP = "courtesy.commerce.shops.embedded.EmbeddedShop"
COURTESY_LANGUAGE_PROVIDER = "courtesy.language.providers.endpoint.PydanticAI"
