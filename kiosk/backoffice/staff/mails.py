"""Messages to buyers as staff see them: what was sent, what was given up, and what to do then."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kiosk.backoffice.mail.delivery import NO_ADDRESS, RESTORED
from kiosk.backoffice.mail.models import Kind, Message, State
from kiosk.backoffice.mail.sending import ODD_LETTERS
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.staff.words import moment

KIND: dict[str, "str | LazyText"] = {
    Kind.ACCEPTED: _("Order noted"),
    Kind.NEEDS_REVIEW: _("Something is being checked"),
    Kind.CONFIRMED: _("Accepted after checking"),
    Kind.REFUSED: _("Order refused"),
    Kind.CANCELLED: _("Order cancelled"),
    Kind.READY: _("Ready to collect"),
}
STATE: dict[str, "str | LazyText"] = {
    State.WAITING: _("is being sent"),
    State.SENT: _("sent"),
    State.SKIPPED: _("not sent: overtaken or dealt with"),
    State.PARKED: _("could not be sent: call the buyer"),
}
_STEP: dict[str, "str | LazyText"] = {
    "greeting": _("The mail server lets nobody in"),
    "sign-in": _("The mail server does not take the shop’s password"),
    "sender": _("The mail server does not take the shop as a sender"),
    "recipient": _("The mail server does not take the buyer’s address"),
    "text": _("The mail server does not take the message"),
}
_ERROR: dict[str, "str | LazyText"] = {
    NO_ADDRESS: _("This is no e-mail address"),
    ODD_LETTERS: _("The mail server does not take the letters of this address"),
    RESTORED: _("A backup was put back: nobody knows whether it was sent"),
}
# A server that asks everybody to come again later does so for minutes.
STUCK_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Line:
    """One message on its order's page. `why` is a step and a code, "" where nothing was wrong."""

    message: Message
    title: str
    state: str
    at: str
    why: str
    parked: bool


def messages_of(order: Order) -> list[Line]:
    return [_line(message) for message in Message.objects.filter(order=order)]


def given_up() -> list[tuple[Order, str]]:
    """Orders whose buyer was not told something, with their numbers; the latest first."""
    parked = Message.objects.filter(state=State.PARKED).select_related("order")
    orders = {message.order_id: message.order for message in parked.order_by("-pk")}
    return [(order, order.number) for order in orders.values()]


def stuck_since() -> tuple[datetime, str] | None:
    """Since when a message was tried in vain, and why; None while they go out."""
    old = timezone.now() - STUCK_AFTER
    tried = Message.objects.filter(state=State.WAITING, created_at__lt=old).exclude(last_error="")
    first = tried.order_by("created_at").first()
    return (first.created_at, why_not(first.last_error)) if first else None


def why_not(error: str) -> str:
    """What a message's `last_error` means, with its code; "" for none."""
    step, _space, code = error.rpartition(" ")
    if step in _STEP and code.isdigit():
        return f"{_STEP[step]} ({code})"
    if error in _ERROR or not error:
        return str(_ERROR.get(error, ""))
    return gettext("The mail server cannot be reached (%(why)s)") % {"why": error}


@require_POST
def deal_with_message(request: HttpRequest, order_id: int) -> HttpResponse:
    """Have a message that was given up sent again, or say that the buyer knows."""
    asked = request.POST.get("message", "")
    parked = Message.objects.filter(
        order=order_id, pk=int(asked) if asked.isdigit() else 0, state=State.PARKED
    )
    if request.POST.get("what") == "again":
        now = timezone.now()
        changed = parked.update(
            state=State.WAITING, attempts=0, next_try=now, ended_at=None, last_error=""
        )
        said = gettext("The message is sent again, unless a later one has overtaken it.")
    else:
        changed = parked.update(state=State.SKIPPED)
        said = gettext("Dealt with.")
    if changed:
        messages.success(request, said)
    return redirect("admin:orders_order_change", order_id)


def _line(message: Message) -> Line:
    return Line(
        message=message,
        title=str(KIND[message.kind]),
        state=str(STATE[message.state]),
        at=moment(message.ended_at or message.created_at),
        why=why_not(message.last_error),
        parked=message.state == State.PARKED,
    )
