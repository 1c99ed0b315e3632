"""An order handed to a delivery service, as staff see it and have it done."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kiosk.backoffice.courier.models import Errand
from kiosk.backoffice.dispatch import booking
from kiosk.backoffice.dispatch.hearing import DROPPED
from kiosk.backoffice.dispatch.models import OPEN, Handover, State
from kiosk.backoffice.dispatch.services import TITLES, services
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.staff.words import money
from kiosk.shop.contact import phone_of
from kiosk.shop.money import Money
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment

STATE: dict[str, "str | LazyText"] = {
    State.ASKED: _("is being asked for a courier…"),
    State.BOOKED: _("sends a courier"),
    State.LEAVING: _("is being told that no courier is needed…"),
    State.ENDED: _("done"),
    State.FAILED: _("sends nobody"),
}
_PROBLEM: dict[str, "str | LazyText"] = {
    DROPPED: _("It found no courier, or called them off: choose another way."),
    booking.UNSURE: _(
        "Nobody knows whether a courier was booked: look at its dashboard before you ask again."
    ),
    booking.TOO_LATE: _("The courier cannot be called off any more."),
}
_WHY: dict[booking.Why, "str | LazyText"] = {
    booking.Why.NO_SERVICE: _("There is no account with this service."),
    booking.Why.NOT_BY_COURIER: _("Its buyer collects this order."),
    booking.Why.NOT_NOW: _("This order is not, or no longer, to be carried."),
    booking.Why.ALREADY: _("A service has it already."),
    booking.Why.NO_ADDRESS: _("Who ordered cannot be read: no service can be told where to go."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The latest handover. `waits`: an answer is on its way, so the page comes again by itself."""

    handover: Handover
    title: str
    state: str
    problem: str
    fee: str
    phone: str
    waits: bool
    may_end: bool


def handed_over(order: Order) -> dict[str, Any]:
    """What the order's page shows of delivery services: nothing where there are none."""
    last = Handover.objects.filter(order=order).first()
    free = last is None or last.state not in OPEN
    may_go = order.fulfilment == Fulfilment.COURIER and order.state in booking.MAY_GO
    choices = [(name, TITLES[name]) for name in services()] if free and may_go else []
    return {"handover": _shown(last) if last else None, "services": choices}


@require_POST
def hand_over(request: HttpRequest, order_id: int) -> HttpResponse:
    """Ask a service for a courier, or tell it that none is needed."""
    if not request.user.has_perm("orders.change_order"):
        raise PermissionDenied
    if not Order.objects.filter(pk=order_id).exists():
        raise Http404
    user = request.user if isinstance(request.user, User) else None
    if request.POST.get("what") == "back":
        last = Handover.objects.filter(order=order_id).first()
        if last is None or not booking.take_back(last.pk):
            messages.warning(request, gettext("There is no courier to call off any more."))
    else:
        try:
            booking.hand_over(order_id, request.POST.get("service", ""), user)
        except booking.NotHandedOver as error:
            messages.warning(request, str(_WHY[error.why]))
    return redirect("admin:orders_order_change", order_id)


def problem_of(handover: Handover) -> str:
    """What went wrong, and what to do; "" where nothing did."""
    if handover.problem in _PROBLEM:
        return str(_PROBLEM[handover.problem])
    if not handover.problem:
        return ""
    words = (
        gettext("It refuses (%(code)s): choose another way.")
        if handover.state == State.FAILED
        else gettext("No answer yet (%(code)s): it is asked again.")
    )
    return words % {"code": handover.problem}


def failed() -> list[Handover]:
    """What no service carries, and nobody else by now: the oldest first."""
    over = [status.value for status in OrderStatus if status.final]
    found = Handover.objects.filter(state=State.FAILED).exclude(order__status__in=over)
    later = Handover.objects.filter(order=OuterRef("order"), created_at__gt=OuterRef("created_at"))
    carried = Errand.objects.filter(delivery__order=OuterRef("order"), ended_at=None)
    found = found.exclude(Exists(later)).exclude(Exists(carried))
    return list(found.select_related("order").order_by("ended_at"))


def _shown(handover: Handover) -> Shown:
    fee = ""
    if handover.fee_minor is not None:
        fee = money(Money(handover.fee_minor, handover.fee_currency))
    return Shown(
        handover=handover,
        title=TITLES.get(handover.service, handover.service),
        state=str(STATE[handover.state]),
        problem=problem_of(handover),
        fee=fee,
        phone=phone_of(handover.courier_phone),
        waits=handover.state in (State.ASKED, State.LEAVING),
        may_end=handover.state in (State.ASKED, State.BOOKED),
    )
