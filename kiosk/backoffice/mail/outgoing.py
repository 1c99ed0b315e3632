"""Which states of an order its buyer is told of, and writing down that they are to be told."""

import secrets

from django.conf import settings

from kiosk.backoffice.mail.models import Kind, Message
from kiosk.backoffice.mail.server import MailServer
from kiosk.backoffice.orders.models import Order
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment

_S = OrderStatus
_TOLD = {
    _S.NEEDS_REVIEW: Kind.NEEDS_REVIEW,
    _S.REFUSED: Kind.REFUSED,
    _S.CANCELLED: Kind.CANCELLED,
    _S.READY: Kind.READY,
}
_PROMISED = frozenset({_S.ACCEPTED, _S.PREPARING})


def tell_buyer(order: Order, *, new: bool = False) -> None:
    """Have the buyer of an order that just came (`new`) or moved told of it.

    To be called in the transaction of that change: one INSERT at most, and no query without an
    e-mail, in a demonstration, or where no mail server is set.
    """
    server: MailServer | None = settings.MAIL_SERVER
    if server is None or not order.email or order.demo:
        return
    kind = _kind_of(order, new)
    if kind is None:
        return
    name = f"<{secrets.token_hex(16)}@{server.domain}>"
    # What another one wrote already stays as it is.
    Message.objects.bulk_create(
        [Message(order=order, kind=kind, message_id=name)], ignore_conflicts=True
    )


def still_true(order: Order, kind: Kind) -> bool:
    """Whether what a message says still holds, so that news never come after later ones."""
    if kind in (Kind.ACCEPTED, Kind.CONFIRMED):
        if order.fulfilment == Fulfilment.COLLECT:
            return order.state in _PROMISED
        return order.state in _PROMISED | {_S.READY, _S.HANDED_OVER}
    return _TOLD.get(order.state) is kind


def _kind_of(order: Order, new: bool) -> Kind | None:
    if order.state is _S.ACCEPTED:
        return Kind.ACCEPTED if new else Kind.CONFIRMED
    if order.state is _S.READY and order.fulfilment != Fulfilment.COLLECT:
        return None
    return _TOLD.get(order.state)
