"""Words of the staff's pages for statuses, reasons and times."""

from datetime import date, datetime, timedelta

from babel.dates import format_date
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from kiosk.backoffice.orders.models import Order
from kiosk.shop import formats
from kiosk.shop.delivery import CancelReason, DeliveryStatus
from kiosk.shop.money import Money
from kiosk.shop.order import OrderStatus, ReviewReason
from kiosk.shop.promise import Fulfilment

STATUS: dict[str, str | LazyText] = {
    OrderStatus.RECEIVED: _("Received"),
    OrderStatus.NEEDS_REVIEW: _("To check"),
    OrderStatus.ACCEPTED: _("To prepare"),
    OrderStatus.PREPARING: _("In preparation"),
    OrderStatus.READY: _("Ready"),
    OrderStatus.HANDED_OVER: _("On its way"),
    OrderStatus.COMPLETED: _("Done"),
    OrderStatus.REFUSED: _("Refused"),
    OrderStatus.CANCELLED: _("Cancelled"),
}
REASON: dict[str, str | LazyText] = {
    ReviewReason.PRICE_CHANGED: _("The price changed since the buyer saw it"),
    ReviewReason.SOLD_OUT: _("Not enough in stock"),
    ReviewReason.PRODUCT_GONE: _("A product is no longer sold"),
    ReviewReason.OUT_OF_AREA: _("The address is outside the courier's area"),
    ReviewReason.NO_PROMISE: _("No opening is long enough to prepare it"),
    ReviewReason.NOT_YET: _("A product is not sold before its drop"),
    ReviewReason.UNREADABLE: _("Who ordered cannot be read: the shop's key is missing"),
    ReviewReason.UNSIGNED: _("No window of yours vouches for it: call the buyer first"),
    ReviewReason.TOO_MANY: _("Unusually many orders from this window or buyer: call first"),
}
DELIVERY: dict[str, str | LazyText] = {
    DeliveryStatus.CREATED: _("Courier to be found"),
    DeliveryStatus.CONFIRMED: _("Courier asked for"),
    DeliveryStatus.ENROUTE_TO_PICKUP: _("Coming to the shop"),
    DeliveryStatus.ARRIVED_AT_PICKUP: _("At the shop"),
    DeliveryStatus.PICKED_UP: _("Has collected"),
    DeliveryStatus.ENROUTE_TO_DROPOFF: _("Riding to the buyer"),
    DeliveryStatus.ARRIVED_AT_DROPOFF: _("At the door"),
    DeliveryStatus.DELIVERED: _("Delivered"),
    DeliveryStatus.CANCELLED: _("Cancelled"),
    DeliveryStatus.RETURNING: _("Coming back to the shop"),
    DeliveryStatus.RETURNED: _("Back in the shop"),
}
CANCEL_REASON: dict[str, str | LazyText] = {
    CancelReason.NOBODY_THERE: _("Nobody opened the door"),
    CancelReason.NOT_WANTED: _("Not accepted at the door"),
    CancelReason.ADDRESS: _("The address was not found"),
    CancelReason.DAMAGED: _("The parcel is damaged"),
    CancelReason.COURIER: _("The courier could not ride on"),
    CancelReason.BUYER: _("The buyer asked for it"),
    CancelReason.SHOP: _("The shop cannot deliver it"),
    CancelReason.SERVICE: _("The service gave it back"),
}
VEHICLE: dict[str, str | LazyText] = {
    "bike": _("bike"),
    "cargo_bike": _("cargo bike"),
    "foot": _("on foot"),
    "scooter": _("scooter"),
    "car": _("car"),
}
_DEED: dict[str, str | LazyText] = {
    OrderStatus.ACCEPTED: _("Accept"),
    OrderStatus.REFUSED: _("Refuse"),
    OrderStatus.PREPARING: _("Start preparing"),
    OrderStatus.READY: _("Ready"),
    OrderStatus.HANDED_OVER: _("Handed to courier"),
    OrderStatus.CANCELLED: _("Cancel the order"),
}


def status_of(status: str) -> str:
    return str(STATUS.get(status, status))


def delivery_of(status: str) -> str:
    return str(DELIVERY.get(status, status))


def cancel_reason_of(reason: str) -> str:
    return str(CANCEL_REASON.get(reason, reason))


def reasons_of(order: Order) -> list[str]:
    other = gettext("To be looked at before it is promised")
    return [str(REASON.get(reason, other)) for reason in order.reasons]


def deed(order: Order, to: OrderStatus) -> str:
    """What the button says that moves `order` on."""
    if to is OrderStatus.COMPLETED:
        by_courier = order.fulfilment == Fulfilment.COURIER
        return gettext("Delivered") if by_courier else gettext("Collected")
    return str(_DEED[to])


def fulfilment_of(order: Order) -> str:
    return fulfilment_word(Fulfilment(order.fulfilment))


def fulfilment_word(way: Fulfilment) -> str:
    if way is Fulfilment.COURIER:
        return pgettext("fulfilment", "Courier")
    return pgettext("fulfilment", "Collect")


def clock(at: datetime) -> str:
    """ "10:30" by the page's clock."""
    return formats.clock(timezone.localtime(at), _language())


def moment(at: datetime) -> str:
    """ "10:30", "tomorrow 10:30", "Tue 3 Jun, 10:30" by the page's clock."""
    local = timezone.localtime(at)
    today = timezone.localdate()
    if local.date() == today:
        return clock(at)
    if local.date() == today + timedelta(days=1):
        return gettext("tomorrow %(time)s") % {"time": clock(at)}
    if local.date() == today - timedelta(days=1):
        return gettext("yesterday %(time)s") % {"time": clock(at)}
    return f"{day(local.date())}, {clock(at)}"


def day(when: date) -> str:
    return str(format_date(when, "EEE d MMM", locale=_language()))


def promise_of(order: Order) -> str:
    """ "ready by 10:30", "at the door by tomorrow 9:40"; "" without a promise."""
    if order.promise_done_by is None:
        return ""
    when = {"when": moment(order.promise_done_by)}
    if order.fulfilment == Fulfilment.COURIER:
        return gettext("at the door %(when)s") % when
    return gettext("ready %(when)s") % when


def money(amount: Money) -> str:
    return formats.money(amount, _language())


def _language() -> str:
    return "fr" if (get_language() or "fr").startswith("fr") else "en"
