"""Sign-in by a link: single use, ten minutes."""

import secrets

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.urls import reverse

from kiosk.backoffice.platform.models import Setting

MAX_AGE = 600  # seconds


def make_signin_link(user: User) -> str:
    """A path that signs `user` in, once, within ten minutes; it ends their older ones."""
    nonce = secrets.token_urlsafe(16)
    Setting.objects.filter(key__startswith=_key(""), value=user.pk).delete()
    Setting.objects.create(key=_key(nonce), value=user.pk)
    return reverse("enter", args=[_signer().sign(nonce)])


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The view behind the link."""
    user = _redeem(token)
    if user is None:
        return HttpResponseForbidden(
            "This link was used or is older than ten minutes. Ask for a new one.",
            content_type="text/plain; charset=utf-8",
        )
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("/staff/")


def _redeem(token: str) -> User | None:
    try:
        nonce = _signer().unsign(token, max_age=MAX_AGE)
    except BadSignature:
        return None
    kept = Setting.objects.filter(key=_key(nonce)).first()
    # Of two that come at once, only the one that deletes the row enters.
    if kept is None or not Setting.objects.filter(key=_key(nonce)).delete()[0]:
        return None
    return User.objects.filter(pk=kept.value, is_active=True, is_staff=True).first()


def _signer() -> TimestampSigner:
    # Not kept: making one reads the secret, which is made on first use.
    return TimestampSigner(salt="kiosk.signin")


def _key(nonce: str) -> str:
    return f"signin:{nonce}"
