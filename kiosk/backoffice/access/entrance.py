"""The way in: the password or a link first, then the second factor. Only then is there a session.

Between the two the browser holds a session that knows who is expected and may do nothing.
"""

import time

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from kiosk.backoffice.access.secondfactor import has_second_factor, needs_second_factor
from kiosk.backoffice.access.sessions import FACTOR, GIVEN, NOT_ASKED
from kiosk.backoffice.access.throttle import PASSWORD, note_success, remember_browser

BACKEND = "django.contrib.auth.backends.ModelBackend"
ENTERING = "entering"
GIVEN_AT = "factor_at"
ENTERING_S = 600  # how long the second factor is waited for
FRESH_S = 600  # how long one that was given is enough to change it


def begin(request: HttpRequest, user: User, then: str) -> HttpResponse:
    """Who has shown the first factor: in, or on to the second. `then` is a path of ours."""
    if not (has_second_factor(user) or needs_second_factor(user)):
        return come_in(request, user, then, NOT_ASKED)
    request.session.flush()
    rotate_token(request)
    request.session[ENTERING] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "at": time.time(),
        "then": then,
    }
    return redirect("admin:second_factor" if has_second_factor(user) else "admin:set_up")


def come_in(request: HttpRequest, user: User, then: str, factor: str) -> HttpResponse:
    """Sign in and go there."""
    start_session(request, user, factor)
    response = redirect(then)
    remember_browser(request, response, user)
    return response


def start_session(request: HttpRequest, user: User, factor: str) -> None:
    """A session of `user`, whose second factor is GIVEN, NOT_ASKED or DEMONSTRATION."""
    request.session.pop(ENTERING, None)
    login(request, user, backend=BACKEND)
    request.session[FACTOR] = factor
    note_success(request, user.get_username(), PASSWORD)
    if factor == GIVEN:
        factor_given(request)


def factor_given(request: HttpRequest) -> None:
    request.session[GIVEN_AT] = time.time()


def is_fresh(request: HttpRequest) -> bool:
    """Whether the second factor was given so lately that it may be changed."""
    return time.time() - float(request.session.get(GIVEN_AT, 0)) < FRESH_S


def entering(request: HttpRequest) -> tuple[User, str] | None:
    """Whose second factor is waited for, and where they go then."""
    kept = request.session.get(ENTERING)
    if not kept or time.time() - kept["at"] > ENTERING_S:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True, is_staff=True).first()
    # A password that was changed meanwhile has let nobody in.
    if user is None or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    return user, kept["then"]
