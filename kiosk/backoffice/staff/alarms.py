"""What is wrong with windows, deliveries or messages to buyers, said where staff look first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiosk.backoffice.dispatch.services import TITLES
from kiosk.backoffice.orders.models import Order, ParkedOrder
from kiosk.backoffice.orders.parked import open_parked
from kiosk.backoffice.platform.models import Device, WindowInstance
from kiosk.backoffice.staff.handovers import failed, problem_of
from kiosk.backoffice.staff.mails import given_up, stuck_since
from kiosk.backoffice.staff.words import moment

# A window speaks every minute: this long it may be restarted, or updated.
SILENT_AFTER = timedelta(minutes=10)
# An order that waits is sent within seconds while the back office can be reached.
WAITS_AFTER = timedelta(minutes=5)
FULL_BYTES = 16 * 1024**2
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Alarm:
    """The orders that it is about, as far as they can be looked at one by one: `kept` lie on a
    window, `orders` are here.
    """

    title: str
    text: str
    kept: tuple[tuple[ParkedOrder, str], ...] = ()
    orders: tuple[tuple[Order, str], ...] = ()


def reference(order: ParkedOrder) -> str:
    """What the glass told the buyer to quote."""
    return order.intent_id.hex[:6].upper()


def alarms() -> list[Alarm]:
    """Of every window that may ask, and of messages; orders first."""
    windows = (alarm for device in _devices() for alarm in of_window(device))
    return [*_parked(), *_handovers(), *_messages(), *windows]


def of_window(device: Device) -> list[Alarm]:
    """What its memory said last; nothing of a window that was never heard, or is shut out."""
    last = WindowInstance.objects.filter(device=device).exclude(heard_at=None).first()
    if last is None or last.heard_at is None or device.revoked_at:
        return []
    now, found = timezone.now(), []
    if now - last.heard_at > SILENT_AFTER:
        text = _("Look whether it has power and network.")
        if last.waiting:
            text = f"{_waits(last)} {text}"
        title = _("%(window)s has been silent since %(when)s")
        return [Alarm(title % {"window": device.name, "when": moment(last.heard_at)}, text)]
    if last.waiting and _since(last, now) > WAITS_AFTER:
        title = _waits(last, device.name)
        found.append(Alarm(title, _("They are kept on the window and are sent by themselves.")))
    if not last.takes_orders:
        title = _("%(window)s takes no orders") % {"window": device.name}
        found.append(Alarm(title, _why(last)))
    return found


def _devices() -> list[Device]:
    return list(Device.objects.filter(revoked_at=None, instances__isnull=False).distinct())


def _since(last: WindowInstance, now: datetime) -> timedelta:
    return now - last.oldest_waiting if last.oldest_waiting else WAITS_AFTER


def _waits(last: WindowInstance, window: str = "") -> str:
    values = {
        "n": last.waiting,
        "window": window,
        "when": moment(last.oldest_waiting) if last.oldest_waiting else "–",
    }
    if window:
        return (
            ngettext(
                "%(n)d order waits on %(window)s since %(when)s",
                "%(n)d orders wait on %(window)s since %(when)s",
                last.waiting,
            )
            % values
        )
    return (
        ngettext("%(n)d order waited there then.", "%(n)d orders waited there then.", last.waiting)
        % values
    )


def _why(last: WindowInstance) -> str:
    if last.free_bytes < FULL_BYTES:
        free = last.free_bytes // 1024**2
        return _("Its disk is nearly full (%(free)d MB left). It leads people to your site.") % {
            "free": free
        }
    return _("It cannot keep them: its log says why. It leads people to your site.")


def _parked() -> list[Alarm]:
    by_window: dict[str, list[ParkedOrder]] = {}
    for order in open_parked():
        by_window.setdefault(order.device.name if order.device else "–", []).append(order)
    return [
        Alarm(
            ngettext(
                "%(n)d order was not taken here and is kept on %(window)s: call the buyer",
                "%(n)d orders were not taken here and are kept on %(window)s: call the buyers",
                len(orders),
            )
            % {"n": len(orders), "window": window},
            "",
            tuple((order, reference(order)) for order in orders[:_SHOWN]),
        )
        for window, orders in by_window.items()
    ]


def _handovers() -> list[Alarm]:
    by_reason: dict[tuple[str, str], list[Order]] = {}
    for handover in failed():
        reason = TITLES.get(handover.service, handover.service), problem_of(handover)
        by_reason.setdefault(reason, []).append(handover.order)
    return [
        Alarm(
            ngettext(
                "%(service)s sends nobody for %(n)d order",
                "%(service)s sends nobody for %(n)d orders",
                len(orders),
            )
            % {"service": service, "n": len(orders)},
            problem,
            orders=tuple((order, order.number) for order in orders[:_SHOWN]),
        )
        for (service, problem), orders in by_reason.items()
    ]


def _messages() -> list[Alarm]:
    found, orders, stuck = [], given_up(), stuck_since()
    if orders:
        title = ngettext(
            "The buyer of %(n)d order was not told something: call",
            "The buyers of %(n)d orders were not told something: call",
            len(orders),
        )
        found.append(
            Alarm(title % {"n": len(orders)}, "", orders=tuple(orders[:_SHOWN])),
        )
    if stuck:
        title = _("Messages to buyers have not gone out since %(when)s")
        text = _("They are tried again. %(why)s.")
        found.append(Alarm(title % {"when": moment(stuck[0])}, text % {"why": stuck[1]}))
    return found
