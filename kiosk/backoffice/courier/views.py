"""The courier's doors: the link, the page, and what its buttons do."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kiosk.backoffice.access.reads import note_courier_read
from kiosk.backoffice.buyer.views import language_for, private
from kiosk.backoffice.camera.panel import do
from kiosk.backoffice.camera.services import CameraAccess, CameraRefusedError
from kiosk.backoffice.catalogue.pictures import PictureError
from kiosk.backoffice.courier import errands, passes, proof
from kiosk.backoffice.courier.home import forget_home, mark_home
from kiosk.backoffice.courier.models import Courier, Errand
from kiosk.backoffice.courier.page import courier_page
from kiosk.backoffice.courier.portrait import put_in, take_away
from kiosk.backoffice.courier.words import words_in
from kiosk.backoffice.platform.models import Shop
from kiosk.shop.geo import Point
from kiosk.shop.order import TransitionError

_View = Callable[..., HttpResponse]
_DEEDS: dict[str, Callable[[Errand], object]] = {
    "start": lambda errand: errands.start(errand, consent=True),
    "start-without": lambda errand: errands.start(errand, consent=False),
    "pause": errands.pause,
    "resume": errands.resume,
    "arrive": errands.arrive,
    "back": errands.bring_back,
    "passing-yes": lambda errand: errands.tell_passers_by(errand, True),
    "passing-no": lambda errand: errands.tell_passers_by(errand, False),
}


def signed_in(view: Callable[..., HttpResponse]) -> _View:
    """Gives the view the courier; others are told where their link comes from."""

    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        courier = passes.courier_of(request)
        if courier is None:
            return _said(request, "who", 401)
        return view(request, courier, *args, **kwargs)

    return checked


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The link. Looking at it uses nothing up: messengers look at every link that is sent."""
    if request.method != "POST":
        found = passes.courier_of_link(token)
        if found is None:
            return _said(request, "link_over", 404)
        return _said(request, "enter", 200, found.language)
    key = passes.redeem(token)
    if key is None:
        return _said(request, "link_over", 404)
    response = redirect("courier:page")
    passes.give_cookie(request, response, key)
    return _private(response)


@require_safe
@signed_in
def page(request: HttpRequest, courier: Courier) -> HttpResponse:
    """What to do next."""
    return _page(request, courier)


@require_POST
@signed_in
def deed(request: HttpRequest, courier: Courier, errand_id: int, name: str) -> HttpResponse:
    """A button of an errand."""
    return _do(request, courier, errand_id, _DEEDS[name])


@require_POST
@signed_in
def fail(request: HttpRequest, courier: Courier, errand_id: int) -> HttpResponse:
    """It cannot be handed over, and why."""
    said = request.POST.get("reason", "")
    reason = next((reason for reason in errands.REASONS if reason.value == said), None)
    if reason is None:
        return _page(request, courier, "fail_form", 422)
    return _do(request, courier, errand_id, lambda errand: errands.fail(errand, reason))


@require_POST
@signed_in
def code(request: HttpRequest, courier: Courier, errand_id: int) -> HttpResponse:
    """The buyer's digits."""
    outcomes = []

    def compare(errand: Errand) -> None:
        outcomes.append(proof.hand_over_by_code(errand, request.POST.get("code", "")))

    answer = _do(request, courier, errand_id, compare)
    if outcomes and outcomes[0] is not proof.Outcome.RIGHT:
        return _page(request, courier, outcomes[0].value, 422)
    return answer


@require_POST
@signed_in
def photo(request: HttpRequest, courier: Courier, errand_id: int) -> HttpResponse:
    """A photograph of where it was left."""
    try:
        content = _sent(request)
        return _do(
            request, courier, errand_id, lambda errand: proof.hand_over_by_photo(errand, content)
        )
    except PictureError:
        return _page(request, courier, "photo_wrong", 422)


@require_POST
@signed_in
def camera(request: HttpRequest, courier: Courier, errand_id: int) -> HttpResponse:
    """A button of the camera; what a camera is told is shown this once."""
    errand = Errand.objects.filter(pk=errand_id, courier=courier, ended_at=None).first()
    if errand is None:
        return _page(request, courier, "gone", 404)
    try:
        access = do(errand.delivery, request.POST.get("deed", ""))
    except (CameraRefusedError, KeyError):
        return _page(request, courier, "moved", 409)
    if access is None:
        return redirect("courier:page")
    return _page(request, courier, access=(errand.pk, access))


@require_POST
@signed_in
def home(request: HttpRequest, courier: Courier) -> HttpResponse:
    """Mark the circle around where the phone is, or forget it."""
    if request.POST.get("what") == "forget":
        forget_home(courier)
        return redirect("courier:page")
    try:
        where = Point(float(request.POST.get("lat", "")), float(request.POST.get("lon", "")))
    except ValueError:
        return _page(request, courier, "searching", 422)
    mark_home(courier, where)
    return redirect("courier:page")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def portrait(request: HttpRequest, courier: Courier) -> HttpResponse:
    """Their own photo: to see it, to put one in, to take it away."""
    if request.method != "POST":
        found = courier.portrait
        answer = HttpResponse(bytes(found), "image/jpeg") if found else HttpResponse(status=404)
        return _private(answer)
    if request.POST.get("what") == "remove":
        take_away(courier)
        return redirect("courier:page")
    try:
        put_in(courier, _sent(request))
    except PictureError:
        return _page(request, courier, "photo_wrong", 422)
    return redirect("courier:page")


@require_POST
@signed_in
def leave(request: HttpRequest, courier: Courier) -> HttpResponse:
    """Sign out; what is under way is paused, so that nobody is shown who cannot stop it."""
    errands.pause_all(courier)
    passes.sign_out(request)
    response = redirect("courier:page")
    response.delete_cookie(passes.COOKIE)
    return response


def _sent(request: HttpRequest) -> bytes:
    """The photograph of the form, b"" without one. Raises PictureError."""
    sent = request.FILES.get("photo")
    content = sent.read(proof.PHOTO_BYTES + 1) if sent else b""
    if len(content) > proof.PHOTO_BYTES:
        raise PictureError("too large")
    return content


def _do(
    request: HttpRequest, courier: Courier, errand_id: int, what: Callable[[Errand], object]
) -> HttpResponse:
    errand = Errand.objects.filter(pk=errand_id, courier=courier).first()
    if errand is None:
        return _page(request, courier, "gone", 404)
    try:
        what(errand)
    except (errands.NotYoursError, TransitionError):
        return _page(request, courier, "moved", 409)
    return redirect("courier:page")


def _page(
    request: HttpRequest,
    courier: Courier,
    problem: str = "",
    status: int = 200,
    access: tuple[int, CameraAccess] | None = None,
) -> HttpResponse:
    phone = request.headers.get("User-Agent", "")
    apple = "iPhone" in phone or "iPad" in phone
    shown = courier_page(courier, problem, apple=apple, access=access)
    note_courier_read(courier.name, shown.buyers)
    context = {"page": shown, "shop": shown.shop, "language": shown.language}
    return _private(render(request, "courier/page.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    private(response, forms=True)
    # Without any, a browser does not say either that a form of ours comes from us.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _said(request: HttpRequest, what: str, status: int, wanted: str = "") -> HttpResponse:
    """A page for who is not in: `what` is the key of its words."""
    language = language_for(request, wanted)
    context = {
        "words": words_in(language),
        "language": language,
        "shop": Shop.objects.first(),
        "title": words_in(language)[what],
        "more": words_in(language)[f"{what}_more"],
        "enters": what == "enter",
    }
    response = render(request, "courier/door.html", context, status=status)
    patch_vary_headers(response, ["Accept-Language"])
    return _private(response)
