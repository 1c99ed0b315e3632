"""Django's settings. Everything that differs between shops comes from the environment.

KIOSK_DATA            folder of the database, the media and the secret key
KIOSK_DATABASE_URL    postgres://user:password@host:5432/name; empty: SQLite in KIOSK_DATA
KIOSK_PUBLIC_URL      where phones reach this back office: https://shop.example
KIOSK_BRAND           the folder of the shop's theme.toml; empty: the one that comes with this
KIOSK_ALLOWED_HOSTS   further host names, comma separated; loopback is always allowed
KIOSK_ORDERS_PER_WINDOW, KIOSK_ORDERS_PER_BUYER, KIOSK_ORDERS_FLOOD
                      how many orders are taken as they come: see kiosk.backoffice.order_limits
KIOSK_SMTP_URL, KIOSK_SMTP_PASSWORD_FILE, KIOSK_SMTP_FROM
                      by which server buyers are written to: see kiosk.backoffice.mail.server
KIOSK_UBER_…, KIOSK_STUART_…
                      with which delivery services there is an account: see
                      kiosk.backoffice.dispatch.accounts
KIOSK_CAMERA_…        the media server of couriers' cameras: see kiosk.backoffice.camera.server
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from kiosk.backoffice.camera.server import camera_server_from
from kiosk.backoffice.database import database_settings
from kiosk.backoffice.dispatch.accounts import accounts_from
from kiosk.backoffice.mail.server import mail_server_from
from kiosk.backoffice.order_limits import policy_from
from kiosk.backoffice.roles import SESSION_S
from kiosk.backoffice.secret import secret_key
from kiosk.backoffice.staff import messages, theme
from kiosk.contract.brand import load_brand

DATA = Path(os.environ.get("KIOSK_DATA", "kiosk-data")).resolve()
BRAND = Path(os.environ.get("KIOSK_BRAND") or Path(__file__).parents[2] / "assets" / "brand")
PUBLIC_URL = os.environ.get("KIOSK_PUBLIC_URL", "").rstrip("/")
_public = urlsplit(PUBLIC_URL)
_hosts = os.environ.get("KIOSK_ALLOWED_HOSTS", "").split(",")

ORDER_LIMITS = policy_from(os.environ)
MAIL_SERVER = mail_server_from(os.environ)
DELIVERY_ACCOUNTS = accounts_from(os.environ)
CAMERA_SERVER = camera_server_from(os.environ)

# Made on first use, so that reading the settings writes nothing.
SECRET_KEY = SimpleLazyObject(lambda: secret_key(DATA))
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS += [host for host in (_public.hostname or "", *map(str.strip, _hosts)) if host]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []

INSTALLED_APPS = [
    "kiosk.backoffice.platform",
    "kiosk.backoffice.catalogue",
    "kiosk.backoffice.orders",
    "kiosk.backoffice.camera",
    "kiosk.backoffice.limits",
    "kiosk.backoffice.lookup",
    "kiosk.backoffice.mail",
    "kiosk.backoffice.dispatch",
    "kiosk.backoffice.privacy",
    "kiosk.backoffice.access",
    "kiosk.backoffice.staff",
    "kiosk.backoffice.buyer",
    "kiosk.backoffice.courier",
    "kiosk.backoffice.passing",
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "simple_history",
]
MIDDLEWARE = [
    "kiosk.backoffice.api.middleware.ContractMiddleware",
    "kiosk.backoffice.api.middleware.PageSafetyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kiosk.backoffice.access.sessions.SessionWatch",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "kiosk.backoffice.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": database_settings(os.environ.get("KIOSK_DATABASE_URL", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "kiosk.backoffice.access.throttle.ThrottleBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/staff/login/"
LOGIN_REDIRECT_URL = "/staff/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _public.scheme == "https"
SESSION_COOKIE_AGE = SESSION_S
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _public.scheme == "https" else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [messages.folder(DATA)]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MEDIA_ROOT = DATA / "media"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "kiosk.backoffice.logs.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Below errors it names every path that anybody tried.
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "django.server": {"handlers": [], "propagate": False},
        "kiosk": {"level": "INFO"},
    },
}

UNFOLD = theme.unfold(load_brand(BRAND))
