"""Reading who ordered once the key that opens it is back."""

from kiosk.backoffice.mail.outgoing import tell_buyer
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.opening import open_sealed
from kiosk.backoffice.orders.services import name_buyer
from kiosk.backoffice.orders.views import announce_order
from kiosk.backoffice.platform.shop import the_shop
from kiosk.backoffice.platform.writing import writing
from kiosk.contract import Sealed
from kiosk.shop.address import in_area
from kiosk.shop.order import OrderStatus, ReviewReason
from kiosk.shop.promise import Fulfilment


def reopen_orders() -> int:
    """Open every order that nobody could read so far; gives how many can be read now.

    They stay where they are in the staff's queue: somebody looks at them anyway.
    """
    read = 0
    for number in list(Order.objects.filter(sealed__isnull=False).values_list("pk", flat=True)):
        with writing():
            read += _reopen(Order.objects.select_for_update().get(pk=number))
    return read


def _reopen(order: Order) -> bool:
    if order.sealed is None:
        return False
    by_courier = order.fulfilment == Fulfilment.COURIER
    buyer = open_sealed(Sealed.model_validate(order.sealed), order.intent_id, by_courier)
    if buyer.contact is None:
        return False
    name_buyer(order, buyer)
    reasons = [reason for reason in order.reasons if reason != ReviewReason.UNREADABLE]
    if by_courier and not in_area(buyer.postcode, map(str, the_shop().postcodes)):
        reasons.append(ReviewReason.OUT_OF_AREA.value)
    order.reasons = reasons
    order.version += 1
    order.save()
    if order.state is OrderStatus.NEEDS_REVIEW:
        tell_buyer(order)
    announce_order(order)
    return True
