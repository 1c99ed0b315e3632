"""Sign-in by a link: single use, ten minutes.

A link stands for a password, not for a second factor: it is asked for as after a password. The
demonstration's link alone comes in without: its keys are made for one run and thrown away, and
such a session ends as soon as the shop is no longer marked as a demonstration.
"""

import secrets

from django.contrib.auth.models import User
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import reverse

from kiosk.backoffice.access.entrance import begin, come_in
from kiosk.backoffice.access.sessions import DEMONSTRATION
from kiosk.backoffice.platform.models import Setting, Shop

MAX_AGE = 600  # seconds


def make_signin_link(user: User, *, demonstration: bool = False) -> str:
    """A path that signs `user` in, once, within ten minutes; it ends their older ones."""
    nonce = secrets.token_urlsafe(16)
    for_whom = {"user": user.pk, "demonstration": demonstration}
    Setting.objects.filter(key__startswith=_key(""), value__user=user.pk).delete()
    Setting.objects.create(key=_key(nonce), value=for_whom)
    return reverse("enter", args=[_signer().sign(nonce)])


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The view behind the link."""
    found = _redeem(token)
    if found is None:
        return HttpResponseForbidden(
            "This link was used or is older than ten minutes. Ask for a new one.",
            content_type="text/plain; charset=utf-8",
        )
    user, demonstration = found
    if demonstration and Shop.objects.filter(demo=True).exists():
        return come_in(request, user, "/staff/", DEMONSTRATION)
    return begin(request, user, "/staff/")


def _redeem(token: str) -> tuple[User, bool] | None:
    try:
        nonce = _signer().unsign(token, max_age=MAX_AGE)
    except BadSignature:
        return None
    kept = Setting.objects.filter(key=_key(nonce)).first()
    # Of two that come at once, only the one that deletes the row enters.
    if kept is None or not Setting.objects.filter(key=_key(nonce)).delete()[0]:
        return None
    user = User.objects.filter(pk=kept.value["user"], is_active=True, is_staff=True).first()
    return (user, bool(kept.value["demonstration"])) if user else None


def _signer() -> TimestampSigner:
    # Not kept: making one reads the secret, which is made on first use.
    return TimestampSigner(salt="kiosk.signin")


def _key(nonce: str) -> str:
    return f"signin:{nonce}"
