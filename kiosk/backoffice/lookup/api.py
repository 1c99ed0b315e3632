"""Where windows ask for an order, by its number and code or by a code that a phone showed them, and
follow what they found.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from ninja import Router

from kiosk.backoffice.api.answers import answer
from kiosk.backoffice.api.bodies import read_body
from kiosk.backoffice.api.openapi import ask
from kiosk.backoffice.api.problems import ProblemError, problem, problem_response
from kiosk.backoffice.courier.looks import Kind, note_look
from kiosk.backoffice.lookup.services import TooManyTriesError, look_up, order_of, ticket_for
from kiosk.backoffice.lookup.showing import take
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.views import delivery_of, followed_view
from kiosk.backoffice.platform.models import Device
from kiosk.contract import CodeShown, FollowedOrder, LookupAsked, LookupFound

router = Router()


@router.post(
    "/lookups",
    response=LookupFound,
    operation_id="look_up_order",
    openapi_extra=ask(LookupAsked),
)
def lookups(request: HttpRequest) -> HttpResponse:
    """An order by its number and code. 404 alike for a wrong number and for a wrong code."""
    device: Device = request.auth  # type: ignore[attr-defined]
    asked = read_body(request, LookupAsked)
    return _found(
        device,
        lambda: look_up(device, asked.number, asked.code),
        "no order has this number and this code",
    )


@router.post(
    "/showings",
    response=LookupFound,
    operation_id="take_shown_code",
    openapi_extra=ask(CodeShown),
)
def showings(request: HttpRequest) -> HttpResponse:
    """The order whose code was held up to the window: once, and 404 alike for any other one."""
    device: Device = request.auth  # type: ignore[attr-defined]
    shown = read_body(request, CodeShown)
    return _found(device, lambda: take(device, shown.secret), "no order has this code now")


@router.get("/lookups/{ticket}", response=FollowedOrder, operation_id="followed_order")
def looked_up(request: HttpRequest, ticket: str) -> HttpResponse:
    """How far the order is that this window found; for some minutes, then 404."""
    device: Device = request.auth  # type: ignore[attr-defined]
    order = order_of(ticket, device)
    if order is None:
        raise ProblemError(404, "this ticket is over: ask for the number and the code again")
    return answer(_shown(order))


def _found(device: Device, look: Callable[[], Order | None], in_vain: str) -> HttpResponse:
    try:
        order = look()
    except TooManyTriesError as error:
        response = problem_response(problem(429, "too many wrong tries: wait before the next one"))
        response["Retry-After"] = str(error.retry_after_s)
        return response
    if order is None:
        raise ProblemError(404, in_vain)
    return answer(LookupFound(ticket=ticket_for(order, device), order=_shown(order)))


def _shown(order: Order) -> FollowedOrder:
    note_look(delivery_of(order), Kind.WINDOW)
    return followed_view(order)
