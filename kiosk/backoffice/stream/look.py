"""One look at the database, for all streams of a process at once."""

from dataclasses import dataclass

from django.db import connection

from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.epoch import epoch, last_event_seq
from kiosk.backoffice.platform.events import events_after
from kiosk.backoffice.platform.models import Device, StreamEvent
from kiosk.backoffice.platform.statements import one_of
from kiosk.contract import EventKind
from kiosk.shop.order import OrderStatus

_FINAL = [status.value for status in OrderStatus if status.final]
_MAY_END = (EventKind.ORDER, EventKind.DELIVERY)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look brought. `last` is the newest event's number.

    `ended` are tokens of orders of which nothing comes any more. `keys` are the SHA-256 of the
    tokens by which each device that was asked about is let in, "" where it is not; None where
    that was not asked.
    """

    epoch: str
    events: list[StreamEvent]
    last: int
    ended: frozenset[str]
    keys: dict[int, str] | None


def look(after: int, limit: int, devices: frozenset[int], ask_who: bool) -> Look:
    """The events after a number, and what else streams have to know of.

    Whether `devices` are still let in is asked where it is due, and where there are no events:
    something else woke us then.
    """
    events = list(events_after(after, limit))
    last = events[-1].seq if events else last_event_seq()
    keys: dict[int, str] | None = None
    if ask_who or not events:
        let_in = Device.objects.filter(pk__in=devices, revoked_at=None)
        keys = dict.fromkeys(devices, "")
        if devices:
            keys |= dict(let_in.values_list("pk", "token_sha256"))
    return Look(epoch(), events, last, _ended(events), keys)


def has_ended(token: str) -> bool | None:
    """Whether nothing comes any more of the order with that token; None where there is none."""
    status = Order.objects.filter(token=token).values_list("status", flat=True).first()
    return None if status is None else status in _FINAL


def _ended(events: list[StreamEvent]) -> frozenset[str]:
    tokens = {event.ref for event in events if event.kind in _MAY_END}
    if not tokens:
        return frozenset()
    with connection.cursor() as db:
        db.execute(
            f"SELECT token FROM {Order._meta.db_table}"  # noqa: S608 (our own name)
            f" WHERE token {one_of(tokens)} AND status {one_of(_FINAL)}",
            [*tokens, *_FINAL],
        )
        return frozenset(token for (token,) in db.fetchall())
