"""Pages of the way in: password, second factor, and what somebody sees of their own sign-in."""

from functools import partial
from typing import Any

import qrcode
from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST
from unfold.forms import AuthenticationForm

from kiosk.backoffice.access import throttle
from kiosk.backoffice.access.entrance import (
    begin,
    come_in,
    entering,
    factor_given,
    is_fresh,
    start_session,
)
from kiosk.backoffice.access.secondfactor import (
    accept_code,
    address,
    begin_set_up,
    finish_set_up,
    has_second_factor,
    needs_second_factor,
    new_recovery_codes,
    person_of,
    recovery_codes_left,
    remove_second_factor,
)
from kiosk.backoffice.access.sessions import FACTOR, GIVEN, keep_this_session, sign_out_everywhere
from kiosk.backoffice.access.team import role_of
from kiosk.backoffice.staff.rolewords import role_word
from kiosk.backoffice.staff.theme import shop_name
from kiosk.backoffice.staff.words import moment


class PasswordForm(AuthenticationForm):
    """Name and password; who has guessed too often is told to wait."""

    def get_invalid_login_error(self) -> ValidationError:
        name = self.cleaned_data.get("username") or ""
        pause = throttle.paused(self.request, name, throttle.PASSWORD)
        return ValidationError(_wait(pause)) if pause else super().get_invalid_login_error()


def _wait(pause: throttle.Pause) -> str:
    if pause is throttle.Pause.OWN:
        return _("Too many wrong tries. Wait a quarter of an hour.")
    return _(
        "Too many wrong tries from strange browsers. Take a browser that you have signed in with "
        "before, or try again tomorrow."
    )


class PasswordView(LoginView):
    """The password is the first of two."""

    def form_valid(self, form: Any) -> HttpResponse:
        return begin(self.request, form.get_user(), self.get_success_url())


def entrance_urls(site: Any) -> list[URLPattern]:
    """The pages of the way in, for the staff's site."""

    def door(view: Any) -> Any:
        """Open to who is half in: a session that waits for its second factor."""
        return never_cache(csrf_protect(partial(view, site)))

    def own(view: Any) -> Any:
        """For who is signed in."""
        return site.admin_view(never_cache(partial(view, site)))

    return [
        path("second-factor/", door(ask), name="second_factor"),
        path("second-factor/set-up/", door(set_up), name="set_up"),
        path("me/", own(me), name="me"),
        path("me/codes/", own(require_fresh(codes)), name="me_codes"),
        path("me/no-second-factor/", own(require_fresh(switch_off)), name="me_factor_off"),
        path("me/sign-out-everywhere/", own(leave_everywhere), name="me_sign_out"),
    ]


def ask(site: Any, request: HttpRequest) -> HttpResponse:
    """The six digits, or a recovery code."""
    who = _who(request)
    if who is None or not has_second_factor(who[0]):
        return redirect("admin:login")
    user, then = who
    problem = ""
    if request.method == "POST":
        problem = _try(request, user)
        if not problem:
            if request.user == user:
                factor_given(request)
                return redirect(then)
            return come_in(request, user, then, GIVEN)
    context = {**site.each_context(request), "title": _("Second factor"), "problem": problem}
    context |= {"person": user, "then": then}
    return TemplateResponse(request, "staff/second_factor.html", context)


def _try(request: HttpRequest, user: User) -> str:
    """Try the code that was sent; what is wrong with it."""
    name = user.get_username()
    pause = throttle.paused(request, name, throttle.FACTOR)
    if pause:
        return _wait(pause)
    if accept_code(user, request.POST.get("code", "")):
        throttle.note_success(request, name, throttle.FACTOR)
        return ""
    throttle.note_failure(request, name, throttle.FACTOR)
    return _("This code is not right, or was used already. Take the next one that the app shows.")


def set_up(site: Any, request: HttpRequest) -> HttpResponse:
    """A new secret as a QR code, shown this once; then the recovery codes, shown once, too."""
    who = _who(request)
    if who is None:
        return redirect("admin:login")
    user, then = who
    inside = request.user == user
    # Whoever only knows the password must not put their own phone in the place of the person's.
    if has_second_factor(user) and not (inside and is_fresh(request)):
        return _ask_first(request)
    context = {**site.each_context(request), "title": _("Second factor"), "person": user}
    if request.method == "POST":
        made = finish_set_up(user, request.POST.get("code", ""))
        if made is None:
            return TemplateResponse(request, "staff/set_up.html", context | {"wrong": True})
        user.refresh_from_db()
        return _welcome(site, request, user, then, made)
    secret = begin_set_up(user)
    context |= {
        "qr": qr(address(secret, user, shop_name(request))),
        "secret": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
        "compulsory": needs_second_factor(user),
    }
    return TemplateResponse(request, "staff/set_up.html", context)


def _welcome(
    site: Any, request: HttpRequest, user: User, then: str, made: list[str]
) -> HttpResponse:
    if request.user == user:
        request.session[FACTOR] = GIVEN
        factor_given(request)
        keep_this_session(request, user)
    else:
        start_session(request, user, GIVEN)
    response = _show_codes(site, request, made, then)
    throttle.remember_browser(request, response, user)
    return response


def _show_codes(site: Any, request: HttpRequest, made: list[str], then: str) -> HttpResponse:
    context = {**site.each_context(request), "title": _("Recovery codes"), "codes": made}
    context["then"] = then
    return TemplateResponse(request, "staff/recovery_codes.html", context)


def me(site: Any, request: HttpRequest) -> HttpResponse:
    """Somebody's own sign-in."""
    user = _signed_in(request)
    since = person_of(user).second_factor_since
    context = {
        **site.each_context(request),
        "title": _("Your sign-in"),
        "person": user,
        "role": role_word(role_of(user)),
        "has_factor": has_second_factor(user),
        "since": moment(since) if since else "",
        "codes_left": recovery_codes_left(user),
        "compulsory": needs_second_factor(user),
    }
    return TemplateResponse(request, "staff/me.html", context)


def require_fresh(view: Any) -> Any:
    """A POST that changes the second factor wants it given within ten minutes."""

    @require_POST
    def inner(request: HttpRequest, site: Any) -> HttpResponse:
        if not is_fresh(request):
            return _ask_first(request, "admin:me")
        return view(site, request)

    return lambda site, request: inner(request, site)


def codes(site: Any, request: HttpRequest) -> HttpResponse:
    """Ten fresh recovery codes."""
    user = _signed_in(request)
    if not has_second_factor(user):
        return redirect("admin:me")
    return _show_codes(site, request, new_recovery_codes(user), reverse("admin:me"))


def switch_off(site: Any, request: HttpRequest) -> HttpResponse:
    """No second factor any more, where the role does without."""
    user = _signed_in(request)
    if not needs_second_factor(user):
        remove_second_factor(user)
        keep_this_session(request, user)
        messages.success(request, _("You sign in with your password alone now."))
    return redirect("admin:me")


def leave_everywhere(site: Any, request: HttpRequest) -> HttpResponse:
    """End all of one's sessions, this one too."""
    if request.method == "POST":
        sign_out_everywhere(_signed_in(request))
        request.session.flush()
        return redirect("admin:login")
    return redirect("admin:me")


def qr(text: str) -> SafeString:
    """`text` as a QR code: one SVG path in the colour of the text around it."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    dots = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
    )
    size = len(matrix)
    label = _("QR code for the app on the phone")
    return mark_safe(  # noqa: S308 - numbers and our own words
        f'<svg viewBox="0 0 {size} {size}" role="img" aria-label="{label}" '
        f'shape-rendering="crispEdges"><path d="{dots}" fill="currentColor"/></svg>'
    )


def _who(request: HttpRequest) -> tuple[User, str] | None:
    """Who stands here, signed in or half in, and where they go then."""
    if isinstance(request.user, User):
        then = request.GET.get("next", "")
        safe = url_has_allowed_host_and_scheme(then, {request.get_host()}, request.is_secure())
        return request.user, then if safe else reverse("admin:me")
    return entering(request)


def _ask_first(request: HttpRequest, then: str = "admin:set_up") -> HttpResponse:
    return redirect(f"{reverse('admin:second_factor')}?next={reverse(then)}")


def _signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - admin_view lets nobody else in
    return request.user
