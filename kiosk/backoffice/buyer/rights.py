"""What a buyer may ask of their details: to see them, to take them along, to have them erased.

The link alone shows none of them, for it may be photographed from the glass.

The forms carry no CSRF token: these pages know no cookie. What opens them is in the form itself,
and another site has neither the link nor the digits nor the ticket.
"""

from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from kiosk.backoffice.access.reads import What, note_read
from kiosk.backoffice.buyer.export import exported, kept
from kiosk.backoffice.buyer.views import order_of, private, unknown
from kiosk.backoffice.buyer.words import clock, moment, spoken, words_in
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.models import Shop
from kiosk.backoffice.privacy.digits import (
    TICKET_S,
    Outcome,
    admits,
    closed,
    ticket_for,
    try_digits,
)
from kiosk.backoffice.privacy.erasing import ask_erasure, open_erasure


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest, token: str) -> HttpResponse:
    """Asks for the digits; shows the details to who knows them."""
    order = order_of(token)
    if order is None:
        return private(unknown(request))
    if request.method != "POST" or not order.phone:
        return _ask(request, order, closed(order) if order.phone else None)
    outcome = try_digits(order, request.POST.get("digits", ""))
    if outcome is not Outcome.RIGHT:
        return _ask(request, order, outcome)
    note_read(None, What.BUYER_READ, [order.number])
    zone, now = _zone(), timezone.now()
    words, wish = words_in(order.language), open_erasure(order)
    until = clock((now + timedelta(seconds=TICKET_S)).astimezone(zone), order.language)
    asked = wish and moment(
        wish.asked_at.astimezone(zone), now.astimezone(zone).date(), order.language
    )
    extra = {
        "ticket": ticket_for(order),
        "until": words["rights_minutes"].format(time=until),
        "kept": kept(order.language),
        "wish": words["erase_open"].format(when=asked) if asked else "",
    }
    return _page(request, order, "details", extra)


@csrf_exempt
@require_POST
def export(request: HttpRequest, token: str) -> HttpResponse:
    """All of it as a file."""
    order = order_of(token)
    if order is None:
        return private(unknown(request))
    if not _admitted(request, order):
        return _ask_again(request, order)
    note_read(None, What.BUYER_EXPORT, [order.number])
    answer = JsonResponse(exported(order), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="{order.number}.json"'
    return private(answer)


@csrf_exempt
@require_POST
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more, then erases or notes the wish."""
    order = order_of(token)
    if order is None:
        return private(unknown(request))
    if not _admitted(request, order):
        return _ask_again(request, order)
    if request.POST.get("sure") != "yes":
        return _page(request, order, "sure", {"ticket": request.POST["ticket"]})
    note_read(None, What.BUYER_ERASURE, [order.number])
    return _page(request, order, "erased" if ask_erasure(order) else "noted")


def _admitted(request: HttpRequest, order: Order) -> bool:
    return bool(order.phone) and admits(request.POST.get("ticket", ""), order)


def _ask_again(request: HttpRequest, order: Order) -> HttpResponse:
    problem = "rights_old" if order.phone else ""
    return _page(request, order, "ask", {"problem": problem}, status=403)


def _ask(request: HttpRequest, order: Order, outcome: Outcome | None) -> HttpResponse:
    stopped = outcome in (Outcome.LATER, Outcome.NEVER)
    said = {"problem": outcome.value if outcome else "", "stopped": stopped}
    return _page(request, order, "ask", said, status=429 if stopped else 403 if outcome else 200)


def _page(
    request: HttpRequest,
    order: Order,
    part: str,
    extra: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    words = words_in(order.language)
    extra = extra or {}
    context = {
        "order": order,
        "part": part,
        "token": order.token,
        "words": words,
        "language": spoken(order.language),
        "shop": Shop.objects.first(),
        **extra,
        "problem": words.get(str(extra.get("problem", "")), ""),
    }
    return private(render(request, "buyer/rights.html", context, status=status), forms=True)


def _zone() -> ZoneInfo:
    shop = Shop.objects.first()
    return ZoneInfo(shop.timezone if shop else "Europe/Paris")
