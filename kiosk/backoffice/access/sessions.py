"""How long somebody stays signed in.

A session knows when it began, when it was last used, and what its person was then. It ends with
idleness, with age, and as soon as the person is something else: another role, another second
factor, no longer active, signed out everywhere. (A new password ends it by Django's own hash.)
"""

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.signals import user_logged_in
from django.db.models import F
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

from kiosk.backoffice.access.models import Person
from kiosk.backoffice.access.secondfactor import needs_second_factor, person_of
from kiosk.backoffice.access.team import role_of
from kiosk.backoffice.platform.models import Shop
from kiosk.backoffice.roles import IDLE_OTHERS_S, IDLE_S, SESSION_S

BEGAN, USED, STAMP, FACTOR = "began", "used", "stamp", "factor"
# What a session says of its second factor: none was asked for, it was given, or it is the
# demonstration's, whose keys are thrown away.
NOT_ASKED, GIVEN, DEMONSTRATION = "", "given", "demonstration"
_USED_EVERY_S = 60
# A page that renews itself is nobody's hand.
_NOT_A_HAND = ("/staff/orders/order/board/",)

_Next = Callable[[HttpRequest], HttpResponseBase]


def connect() -> None:
    """Connect the receiver, once."""
    user_logged_in.connect(_begin, dispatch_uid="access-session")


def stamp_of(user: User) -> str:
    """What the person is, as one word: it changes with everything that ends their sessions."""
    person = Person.objects.filter(user=user).first() or Person(user=user)
    groups = sorted(user.groups.values_list("pk", flat=True))
    flags = (user.is_active, user.is_staff, user.is_superuser)
    whole = repr((user.pk, flags, groups, person.generation, person.secret))
    return salted_hmac("kiosk.session", whole, algorithm="sha256").hexdigest()


def keep_this_session(request: HttpRequest, user: User) -> None:
    """After a change that the person made themselves: their other sessions end, this one stays."""
    request.session[STAMP] = stamp_of(user)
    request.session.cycle_key()


def sign_out_everywhere(user: User) -> None:
    person_of(user)
    Person.objects.filter(user=user).update(generation=F("generation") + 1)


class SessionWatch:
    """Ends what has lasted too long. Only the staff's pages know who asks."""

    def __init__(self, get_response: _Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith("/staff/") and isinstance(request.user, User):
            if _has_ended(request, request.user):
                request.session.flush()
                request.user = AnonymousUser()
            elif not request.path.startswith(_NOT_A_HAND):
                _used(request)
        return self._next(request)


def _begin(request: HttpRequest, user: User, **_: Any) -> None:
    now = time.time()
    request.session[BEGAN] = request.session[USED] = now
    request.session[STAMP] = stamp_of(user)
    request.session[FACTOR] = NOT_ASKED


def _used(request: HttpRequest) -> None:
    # Written once a minute: a page is many requests.
    now = time.time()
    if now - request.session[USED] > _USED_EVERY_S:
        request.session[USED] = now


def _has_ended(request: HttpRequest, user: User) -> bool:
    session, now = request.session, time.time()
    idle = IDLE_S.get(role_of(user), IDLE_OTHERS_S)
    if now - session.get(BEGAN, 0) > SESSION_S or now - session.get(USED, 0) > idle:
        return True
    if not constant_time_compare(session.get(STAMP, ""), stamp_of(user)):
        return True
    factor = session.get(FACTOR, NOT_ASKED)
    if factor == DEMONSTRATION:
        return not Shop.objects.filter(demo=True).exists()
    return factor != GIVEN and needs_second_factor(user)
