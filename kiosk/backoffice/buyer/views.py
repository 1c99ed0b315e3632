"""The buyer's page: whoever holds the link may see the order, and nobody else.

And the page of pieces that a window's code leads to: public, of things that stand in the window.
"""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from kiosk.backoffice.buyer.page import buyer_page
from kiosk.backoffice.buyer.pieces import pieces_page
from kiosk.backoffice.buyer.words import words_in
from kiosk.backoffice.camera.buyer import window_asked
from kiosk.backoffice.camera.street import played_from
from kiosk.backoffice.courier.looks import Kind, note_look
from kiosk.backoffice.courier.proof import photo_of
from kiosk.backoffice.lookup.buyer import may_show
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.views import delivery_of
from kiosk.backoffice.passing.views import passing_asked
from kiosk.backoffice.platform.models import Shop
from kiosk.backoffice.vocabulary import LANGUAGES
from kiosk.contract.pages import MAX_PIECES, PIECE_FIELD, VARIANT_FIELD

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The whole page."""
    return _answer(request, token, "buyer/page.html")


@require_safe
def state(request: HttpRequest, token: str) -> HttpResponse:
    """What changes on it, for the page to put in place of what it shows."""
    return _answer(request, token, "buyer/state.html")


@require_safe
def proof(request: HttpRequest, token: str) -> HttpResponse:
    """The photograph of where the order was left."""
    order = order_of(token)
    photo = photo_of(order) if order else None
    if photo is None:
        return private(unknown(request))
    return private(HttpResponse(photo, "image/jpeg"))


@require_safe
def pieces(request: HttpRequest, language: str) -> HttpResponse:
    """Pieces by their handles, in the language of the link."""
    handles = request.GET.getlist(PIECE_FIELD)[:MAX_PIECES]
    shown = pieces_page(language, handles, request.GET.get(VARIANT_FIELD, ""))
    if shown is None:
        return private(unknown(request, language))
    context = {"page": shown, "shop": shown.shop, "language": shown.language}
    return private(render(request, "buyer/pieces.html", context))


def order_of(token: str) -> Order | None:
    """The order of a link."""
    return Order.objects.filter(token=token).first() if _TOKEN.fullmatch(token) else None


def _answer(request: HttpRequest, token: str, template: str) -> HttpResponse:
    order = order_of(token)
    if order is None:
        return private(unknown(request))
    delivery = delivery_of(order)
    note_look(delivery, Kind.BUYER)
    shown = buyer_page(order)
    asked = window_asked(delivery, order.language)
    passing = passing_asked(delivery, "buyer", order.language)
    context = {
        "page": shown,
        "asked": asked,
        "passing": passing,
        "show": may_show(order),
        "token": token,
        "shop": shown.shop,
        "language": shown.language,
    }
    # Both may come on while the page is open.
    street = played_from() if delivery and shown.live else ""
    forms = shown.live or context["show"] is not None
    return private(render(request, template, context), forms=forms, street=street)


def unknown(request: HttpRequest, asked: str = "") -> HttpResponse:
    """A link that leads to nothing."""
    language = language_for(request, asked)
    context = {"words": words_in(language), "language": language, "shop": Shop.objects.first()}
    response = render(request, "buyer/unknown.html", context, status=404)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def language_for(request: HttpRequest, asked: str) -> str:
    """Of a page for who is not known: what the link says, or else the browser."""
    wanted = asked or request.headers.get("Accept-Language", "")[:2].lower()
    return wanted if wanted in LANGUAGES else "fr"


def private(response: HttpResponse, *, forms: bool = False, street: str = "") -> HttpResponse:
    """Nothing is kept or found, and nothing loaded from elsewhere but the courier's picture from
    the origin `street`; `forms` where the page has its own.
    """
    policy = _CSP.replace("form-action 'none'", "form-action 'self'") if forms else _CSP
    if street:
        policy = policy.replace("connect-src 'self'", f"connect-src 'self' {street}")
        policy += f"; media-src blob: {street}"
    response.headers["Content-Security-Policy"] = policy
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response
