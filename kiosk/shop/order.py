"""An order's life, from the box to the buyer."""

from enum import StrEnum


class OrderStatus(StrEnum):
    """`received` exists only on the box: kept there, not yet answered by the back office."""

    RECEIVED = "received"
    NEEDS_REVIEW = "needs_review"
    ACCEPTED = "accepted"
    PREPARING = "preparing"
    READY = "ready"
    HANDED_OVER = "handed_over"
    COMPLETED = "completed"
    REFUSED = "refused"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        return not TRANSITIONS[self]


TRANSITIONS: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.RECEIVED: frozenset({OrderStatus.ACCEPTED, OrderStatus.NEEDS_REVIEW}),
    OrderStatus.NEEDS_REVIEW: frozenset(
        {OrderStatus.ACCEPTED, OrderStatus.REFUSED, OrderStatus.CANCELLED}
    ),
    OrderStatus.ACCEPTED: frozenset({OrderStatus.PREPARING, OrderStatus.CANCELLED}),
    OrderStatus.PREPARING: frozenset({OrderStatus.READY, OrderStatus.CANCELLED}),
    OrderStatus.READY: frozenset(
        {OrderStatus.HANDED_OVER, OrderStatus.COMPLETED, OrderStatus.CANCELLED}
    ),
    OrderStatus.HANDED_OVER: frozenset({OrderStatus.COMPLETED, OrderStatus.CANCELLED}),
    OrderStatus.COMPLETED: frozenset(),
    OrderStatus.REFUSED: frozenset(),
    OrderStatus.CANCELLED: frozenset(),
}


class ReviewReason(StrEnum):
    """Why staff must look at an order before it is promised.

    `unreadable`: the shop's keys do not open who ordered. `unsigned`: nobody's window vouches
    for it. `too_many`: its window or its buyer ordered more often than is believed.
    """

    PRICE_CHANGED = "price_changed"
    SOLD_OUT = "sold_out"
    PRODUCT_GONE = "product_gone"
    OUT_OF_AREA = "out_of_area"
    NO_PROMISE = "no_promise"
    NOT_YET = "not_yet"
    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"
    TOO_MANY = "too_many"


class TransitionError(ValueError):
    """A status change that the order's (or delivery's) life does not know."""


def advance(now: OrderStatus, to: OrderStatus) -> OrderStatus:
    """`to`, if an order may go there from `now`. Raises TransitionError."""
    if to not in TRANSITIONS[now]:
        allowed = ", ".join(sorted(TRANSITIONS[now])) or "nothing: it has ended"
        raise TransitionError(f"an order that is {now} cannot become {to}; possible: {allowed}")
    return to
