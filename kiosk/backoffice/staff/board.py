"""What to do next: the first page that staff see."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kiosk.backoffice.access.team import steps_of
from kiosk.backoffice.buyer.lines import ShownLine, lines_of, shown_lines
from kiosk.backoffice.catalogue.models import Review
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.models import Shop
from kiosk.backoffice.platform.shop import readable_hours
from kiosk.backoffice.staff import flow
from kiosk.backoffice.staff.alarms import alarms
from kiosk.backoffice.staff.words import (
    clock,
    fulfilment_of,
    moment,
    promise_of,
    reasons_of,
    status_of,
)
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment

_S = OrderStatus
_SHOWN = 60  # cards in one column; a shop with more work than that reads the list


@dataclass(frozen=True, slots=True)
class Card:
    """An order as a card of the board."""

    order: Order
    status: str
    promise: str
    urgency: str
    fulfilment: str
    by_courier: bool
    pieces: int
    lines: list[ShownLine]
    reasons: list[str]
    deeds: list[flow.Deed]
    since: str


@dataclass(frozen=True, slots=True)
class Column:
    """`count` is how many there are; `cards` are the first of them."""

    key: str
    title: str
    count: int
    cards: list[Card]

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def columns(language: str) -> list[Column]:
    """The open orders by what is to be done with them, the nearest promise first.

    Each column has its own limit: what lies about in one never hides what waits in another.
    """
    groups = (
        ("review", _("To check"), _S.NEEDS_REVIEW),
        ("prepare", _("To prepare"), _S.ACCEPTED),
        ("preparing", _("In preparation"), _S.PREPARING),
        ("ready", _("Ready to go"), _S.READY),
        ("away", _("On the way"), _S.HANDED_OVER),
    )
    open_orders = Order.objects.filter(status__in=flow.OPEN)
    counts = dict(open_orders.order_by().values_list("status").annotate(Count("pk")))
    nearest = F("promise_done_by").asc(nulls_first=True)
    found = {
        key: list(Order.objects.filter(status=status).order_by(nearest, "created_at")[:_SHOWN])
        for key, _title, status in groups
    }
    lines = lines_of([o for orders in found.values() for o in orders], language, language)
    return [
        Column(key, title, counts.get(status, 0), [_card(o, lines[o.pk]) for o in found[key]])
        for key, title, status in groups
    ]


def card(order: Order, language: str) -> Card:
    """One order's card, in the shop's default language."""
    return _card(order, shown_lines(order, language, language))


def _card(order: Order, lines: list[ShownLine]) -> Card:
    return Card(
        order=order,
        status=status_of(order.status),
        promise=promise_of(order),
        urgency=flow.urgency(order),
        fulfilment=fulfilment_of(order),
        by_courier=order.fulfilment == Fulfilment.COURIER,
        pieces=sum(line.quantity for line in lines),
        lines=lines,
        reasons=reasons_of(order) if order.state is _S.NEEDS_REVIEW else [],
        deeds=flow.deeds(order),
        since=moment(order.created_at),
    )


def board(request: HttpRequest) -> dict[str, Any]:
    """What the board's template reads; no orders for who may not see them."""
    shop = Shop.objects.first()
    language = shop.default_language if shop else "fr"
    found = columns(language) if request.user.has_perm("orders.view_order") else []
    steps = steps_of(request.user)
    return {
        "columns": [
            replace(column, cards=[_with(steps, card) for card in column.cards])
            for column in found
            if column.cards
        ],
        "alarms": alarms() if request.user.has_perm("orders.view_order") else [],
        "shop": shop,
        "opening": _opening(shop) if shop else "",
        "at": clock(timezone.now()),
    }


def _with(steps: frozenset[str], card: Card) -> Card:
    """The card with the buttons that somebody may press who may take these steps."""
    return replace(card, deeds=[deed for deed in card.deeds if deed.to in steps])


def numbers_on(context: dict[str, Any]) -> list[str]:
    """The orders that a board shows."""
    return [card.order.number for column in context["columns"] for card in column.cards]


def waiting(request: HttpRequest) -> str:
    """How many orders wait for somebody's hands; "" for none."""
    count = Order.objects.filter(status__in=(_S.NEEDS_REVIEW, _S.ACCEPTED)).count()
    return str(count) if count else ""


def unread_reviews(request: HttpRequest) -> str:
    """How many reviews nobody has read yet; "" for none."""
    count = Review.objects.filter(state=Review.State.PENDING).count()
    return str(count) if count else ""


def _opening(shop: Shop) -> str:
    hours = readable_hours(shop)
    if hours is None:
        return _("The opening hours cannot be read: correct them in the shop's profile.")
    now = timezone.now()
    span = hours.current(now)
    if span:
        return _("Open until %(time)s") % {"time": clock(span.end)}
    opens = hours.next_opening(now)
    return _("Closed, opens %(when)s") % {"when": moment(opens)} if opens else _("Closed")
