"""The steps that staff may take with an order, and taking one."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kiosk.backoffice.access.team import steps_of
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.services import NotYetError, advance_order
from kiosk.backoffice.staff.words import deed, status_of
from kiosk.shop.delivery import CancelReason
from kiosk.shop.order import OrderStatus, TransitionError
from kiosk.shop.promise import Fulfilment

_S = OrderStatus
# The usual next step; a courier takes a ready order, its buyer collects the other.
_NEXT = {
    _S.NEEDS_REVIEW: (_S.ACCEPTED, _S.REFUSED),
    _S.ACCEPTED: (_S.PREPARING,),
    _S.PREPARING: (_S.READY,),
    _S.HANDED_OVER: (_S.COMPLETED,),
}
_STOPPABLE = (_S.NEEDS_REVIEW, _S.ACCEPTED, _S.PREPARING, _S.READY, _S.HANDED_OVER)
# What staff may give a buyer as the reason; the others are the courier's to say.
REASONS = (CancelReason.BUYER, CancelReason.SHOP)
OPEN = (_S.NEEDS_REVIEW, _S.ACCEPTED, _S.PREPARING, _S.READY, _S.HANDED_OVER)
SOON = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Deed:
    """A button: `tone` is go, stop or quiet."""

    to: str
    title: str
    tone: str


def deeds(order: Order) -> list[Deed]:
    """The buttons of an order: the next step, then the way out. Empty once it has ended."""
    steps = _NEXT.get(order.state, ())
    if order.state is _S.READY:
        by_courier = order.fulfilment == Fulfilment.COURIER
        steps = (_S.HANDED_OVER if by_courier else _S.COMPLETED,)
    tones = {_S.REFUSED: "stop"}
    return [Deed(to.value, deed(order, to), tones.get(to, "go")) for to in steps]


def way_out(order: Order) -> Deed | None:
    """Cancelling, while it is possible and not what the main buttons say already."""
    if order.state in _STOPPABLE and order.state is not _S.NEEDS_REVIEW:
        return Deed(_S.CANCELLED.value, deed(order, _S.CANCELLED), "stop")
    return None


def urgency(order: Order) -> str:
    """late, soon or "": how near the promise is while the work is still ours."""
    if order.promise_done_by is None or order.state not in (_S.ACCEPTED, _S.PREPARING):
        return ""
    left = order.promise_done_by - timezone.now()
    return "late" if left < timedelta(0) else "soon" if left < SOON else ""


@require_POST
def take_step(request: HttpRequest, order_id: int) -> HttpResponse:
    """Move an order on by a button; says so where a colleague was faster."""
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        raise Http404
    user = request.user if isinstance(request.user, User) else None
    allowed = steps_of(user) if user else frozenset()
    to = request.POST.get("to", "")
    if not allowed or (to in set(OrderStatus) and to not in allowed):
        raise PermissionDenied
    try:
        note, said = request.POST.get("note", ""), request.POST.get("reason", "")
        reason = next((reason for reason in REASONS if reason.value == said), None)
        moved = advance_order(order, OrderStatus(to), user, note, reason)
        state = {"number": moved.number, "status": status_of(moved.status)}
        messages.success(request, _("%(number)s: %(status)s.") % state)
    except NotYetError:
        said = _(
            "%(number)s holds a piece that is not sold before its drop: accept it from then on."
        )
        messages.warning(request, said % {"number": order.number})
    except TransitionError:
        order.refresh_from_db()
        state = {"number": order.number, "status": status_of(order.status)}
        said = _("%(number)s is already “%(status)s”: a colleague was faster.")
        messages.warning(request, said % state)
    except ValueError:
        messages.error(request, _("This step does not exist."))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else "/staff/"
