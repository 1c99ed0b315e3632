"""What is known of an order, in words. Nothing here may lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.contract import FollowedOrder
from kiosk.shop.delivery import CancelReason
from kiosk.shop.order import OrderStatus, ReviewReason
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit.state import Placed, Visit
from kiosk.window.visit.views.common import (
    promise_words,
)
from kiosk.window.visit.words import N_, Words, words
from kiosk.window.visit.world import World

Known = Literal["waiting", "accepted", "review", "ended"]


def placed_in(visit: Visit) -> Placed:
    """The order that was placed. Raises RuntimeError on a screen without one."""
    if visit.placed is None:
        raise RuntimeError("this screen needs an order")
    return visit.placed


def reference(placed: Placed) -> str:
    """What the box can say before the shop has given a number: six signs of the intent."""
    return placed.intent_id.hex[:6].upper() if placed.intent_id else ""


def number_of(placed: Placed) -> str:
    """The shop's number where it is known, else the box's reference."""
    known = placed.receipt or placed.order
    return known.number if known else reference(placed)


def status_of(placed: Placed) -> OrderStatus:
    """The newest status that is known."""
    if placed.order:
        return placed.order.status
    return placed.receipt.status if placed.receipt else OrderStatus.RECEIVED


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of an order, and nothing more."""

    known: Known
    state: str
    title: str
    message: str


def truth_of(placed: Placed, world: World, language: str) -> Truth:
    """What the box and the back office know of an order, in words."""
    w = words(language)
    answer = placed.order or placed.receipt
    thanks, sorry = w("Thank you."), w("We are sorry.")
    match status_of(placed):
        case OrderStatus.RECEIVED:
            return Truth("waiting", w("Not confirmed yet"), thanks, _waiting_words(placed, w))
        case OrderStatus.NEEDS_REVIEW:
            reasons = answer.reasons if answer else []
            return Truth("review", w("The shop checks it"), thanks, review_words(reasons, w))
        case OrderStatus.REFUSED:
            return Truth("ended", w("Order not accepted"), sorry, refused_words(w))
        case OrderStatus.CANCELLED:
            return Truth("ended", w("Order cancelled"), sorry, cancelled_words(placed.order, w))
        case OrderStatus.COMPLETED:
            done = w("Delivered") if placed.fulfilment is Fulfilment.COURIER else w("Collected")
            return Truth("accepted", done, thanks, w("Thank you, and see you soon."))
    promised = answer.promise if answer else None
    message = promise_words(promised, world, language)
    return Truth("accepted", w("Order accepted"), thanks, message)


def _waiting_words(placed: Placed, w: Words) -> str:
    if placed.receipt:
        return w("The shop has your order and will confirm it by phone or message.")
    if placed.parked:
        return w(
            "Your order is kept safely. The shop must look at it first, "
            "and will tell you by phone or message."
        )
    return w(
        "Your order is kept safely here and goes to the shop by itself. "
        "The shop will confirm it by phone or message."
    )


def refused_words(w: Words) -> str:
    """What a refusal means to the buyer."""
    return w("The shop could not accept this order: nothing is charged.")


_WHY = {
    CancelReason.NOBODY_THERE: N_("Nobody opened the door."),
    CancelReason.NOT_WANTED: N_("The order was not accepted at the door."),
    CancelReason.ADDRESS: N_("The courier could not find the address."),
    CancelReason.DAMAGED: N_("The parcel was damaged on the way."),
    CancelReason.COURIER: N_("The courier cannot ride on."),
    CancelReason.BUYER: N_("It was cancelled as you asked."),
    CancelReason.SHOP: N_("The shop cannot deliver it."),
    CancelReason.SERVICE: N_("The delivery service could not deliver it."),
}


def cancelled_words(order: FollowedOrder | None, w: Words) -> str:
    """What a cancelled order means to the buyer, and why it was where somebody has said so."""
    return _with_why(order, w("This order was cancelled: nothing is charged."), w)


def stopped_words(order: FollowedOrder | None, w: Words) -> str:
    """What a ride that was stopped means to the buyer, and why it was."""
    return _with_why(order, w("The shop will tell you by phone or message."), w)


def _with_why(order: FollowedOrder | None, then: str, w: Words) -> str:
    reason = order.delivery.cancel_reason if order and order.delivery else None
    return w("{why} {then}", why=w(_WHY[reason]), then=then) if reason else then


def review_words(reasons: Sequence[ReviewReason], w: Words) -> str:
    """Why staff look at it, and what comes next."""
    if ReviewReason.UNREADABLE in reasons:
        # The shop cannot call: saying that it will would be a lie.
        return w("The shop has your order, but cannot read whose it is: please call the shop.")
    if ReviewReason.PRICE_CHANGED in reasons:
        why = w("A price changed meanwhile.")
    elif ReviewReason.SOLD_OUT in reasons or ReviewReason.PRODUCT_GONE in reasons:
        why = w("A piece was sold meanwhile.")
    elif ReviewReason.NOT_YET in reasons:
        why = w("A piece is not on sale yet.")
    elif ReviewReason.OUT_OF_AREA in reasons:
        why = w("The address is beyond our couriers’ reach.")
    elif ReviewReason.NO_PROMISE in reasons:
        why = w("The time must be checked.")
    else:
        why = w("The shop must look at it first.")
    return why + " " + w("The shop has your order and asks you first, by phone or message.")
