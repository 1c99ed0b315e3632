"""The courier's page as a view model: what to do next, and what is shared meanwhile."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.utils import timezone

from kiosk.backoffice.buyer.words import clock, days, spoken
from kiosk.backoffice.camera.panel import CameraPanel, courier_panel
from kiosk.backoffice.camera.services import CameraAccess
from kiosk.backoffice.courier.errands import REASONS, is_open_for_fixes, open_errands
from kiosk.backoffice.courier.models import Courier, Errand
from kiosk.backoffice.courier.proof import tries_left
from kiosk.backoffice.courier.words import words_in
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.passing.views import PassingAsked, passing_asked
from kiosk.backoffice.platform.models import Shop
from kiosk.backoffice.privacy.policy import kept_days
from kiosk.shop.contact import phone_of
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.formats import number
from kiosk.shop.order import OrderStatus

_S = DeliveryStatus
_TAKEN = (OrderStatus.READY, OrderStatus.HANDED_OVER)
_LATELY = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Drop:
    """One errand. `part` is wait, leave, ride, door or back; `sharing` on, paused or off.

    `why` is why it goes back, `reasons` what a courier may say of that: (value, words).
    """

    errand: Errand
    order: Order
    part: str
    headline: str
    when: str
    sharing: str
    address: list[str]
    directions: str
    closed: bool
    why: str
    reasons: list[tuple[str, str]]
    relay: str
    camera: CameraPanel | None
    passing: PassingAsked | None


@dataclass(frozen=True, slots=True)
class CourierPage:
    """Everything that the template reads."""

    courier: Courier
    words: dict[str, str]
    language: str
    shop: Shop | None
    drop: Drop | None
    later: list[Drop] = field(default_factory=list)
    problem: str = ""
    done: str = ""
    done_more: str = ""

    @property
    def portrait(self) -> str:
        """Another word for each photo of the courier, "" while there is none."""
        photo = self.courier.portrait
        return hashlib.sha256(bytes(photo)).hexdigest()[:16] if photo else ""

    @property
    def shares(self) -> bool:
        """Whether the phone is to send where it is."""
        drops = [self.drop, *self.later] if self.drop else []
        return any(drop.sharing == "on" for drop in drops)

    @property
    def buyers(self) -> list[str]:
        """The numbers of the orders whose buyers are named on it."""
        drops = [self.drop, *self.later] if self.drop else []
        return [drop.order.number for drop in drops if drop.part != "back"]

    @property
    def version(self) -> str:
        """Another one whenever there is something else to see."""
        drops = [self.drop, *self.later] if self.drop else []
        seen = [_seen(drop) for drop in drops]
        own = bool(self.courier.home), self.portrait
        told = repr((seen, own, self.done, self.problem))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def courier_page(
    courier: Courier,
    problem: str = "",
    *,
    apple: bool = False,
    access: tuple[int, CameraAccess] | None = None,
) -> CourierPage:
    """What a courier sees; `problem` is the key of what to say first, `apple` whose phone it is.

    `access` is what the camera of one errand is told, by the errand's key.
    """
    shop = Shop.objects.first()
    words = _with_days(words_in(courier.language), courier.language)
    zone = ZoneInfo(shop.timezone if shop else "Europe/Paris")
    shown = dict([access] if access else [])
    drops = [
        _drop(errand, words, courier.language, zone, apple, shown.get(errand.pk))
        for errand in open_errands(courier)
    ]
    done, more = ("", "") if problem else _ended(courier, words)
    return CourierPage(
        courier=courier,
        words=words,
        language=spoken(courier.language),
        shop=shop,
        drop=drops[0] if drops else None,
        later=drops[1:],
        problem=words.get(problem, ""),
        done=done,
        done_more=more,
    )


def _seen(drop: Drop) -> tuple[object, ...]:
    camera = (drop.camera.state, drop.camera.on, drop.camera.why_not) if drop.camera else None
    passing = drop.passing.allowed if drop.passing else None
    known = drop.errand.pk, drop.part, drop.sharing, drop.order.version, drop.closed, drop.relay
    return (*known, camera, passing)


def _with_days(words: dict[str, str], language: str) -> dict[str, str]:
    kept = kept_days()
    said = {"consent_until": "trails", "photo_more": "proofs"}
    filled = {
        key: words[key].format(days=days(kept[purpose], language)) for key, purpose in said.items()
    }
    return {**words, **filled}


def _drop(
    errand: Errand,
    words: dict[str, str],
    language: str,
    zone: ZoneInfo,
    apple: bool,
    access: CameraAccess | None,
) -> Drop:
    delivery, order = errand.delivery, errand.delivery.order
    part = _part(errand)
    titles = {"wait": "to_collect", "leave": "to_collect", "ride": "to_deliver"}
    titles |= {"door": "at_door", "back": "to_bring_back"}
    sharing = "on" if is_open_for_fixes(errand) else "paused" if errand.paused_at else "off"
    return Drop(
        errand=errand,
        order=order,
        part=part,
        headline=words[titles[part]],
        when=_when(order, part, words, language, zone),
        sharing=sharing if part in ("ride", "door") else "",
        address=[line for line in (order.line1, order.line2, _town(order)) if line],
        directions=_directions(order, apple),
        closed=tries_left(delivery) == 0,
        why=words.get(f"why_{delivery.cancel_reason}", ""),
        reasons=[(reason.value, words[f"why_{reason}"]) for reason in REASONS],
        relay=_relay(delivery, words) if part in ("leave", "ride", "door") else "",
        camera=courier_panel(delivery, language, access) if part == "ride" else None,
        passing=passing_asked(delivery, "courier", language) if part == "ride" else None,
    )


def _part(errand: Errand) -> str:
    state = errand.delivery.state
    if state is _S.RETURNING:
        return "back"
    if errand.started_at is None:
        return "leave" if errand.delivery.order.state in _TAKEN else "wait"
    return "door" if state is _S.ARRIVED_AT_DROPOFF else "ride"


def _when(order: Order, part: str, words: dict[str, str], language: str, zone: ZoneInfo) -> str:
    if part == "wait":
        return words["not_ready"]
    promised: datetime | None = order.promise_done_by
    if promised is None or part == "back":
        return ""
    return words["before"].format(time=clock(promised.astimezone(zone), language))


def _town(order: Order) -> str:
    return f"{order.postcode} {order.city}".strip()


def _relay(delivery: Delivery, words: dict[str, str]) -> str:
    if not delivery.relay_phone:
        return ""
    # In one piece and set apart: where one reads from right to left its parts would change places.
    phone = phone_of(delivery.relay_phone).replace(" ", "\u00a0")
    return words["relay"].format(phone=f"\u2066{phone}\u2069")


def _directions(order: Order, apple: bool) -> str:
    """What opens the phone's own map: geo: (RFC 5870), or Apple's maps:; "" without an address."""
    if not order.line1:
        return ""
    asked = quote(f"{order.line1}, {_town(order)}")
    return f"maps:?daddr={asked}" if apple else f"geo:0,0?q={asked}"


def _ended(courier: Courier, words: dict[str, str]) -> tuple[str, str]:
    """What to say of the errand that has just ended, until the next one is there."""
    since = timezone.now() - _LATELY
    mine = Errand.objects.filter(courier=courier, ended_at__gt=since).select_related("delivery")
    last = mine.order_by("-ended_at").first()
    if last is None:
        return "", ""
    state = last.delivery.state
    if state is _S.DELIVERED and last.started_at:
        if last.distance_m < 100:
            return words["done"], words["done_more_short"]
        km = number(round(last.distance_m / 1000, 1), spoken(courier.language))
        minutes = max(1, round(last.riding_s / 60))
        return words["done"], words["done_more"].format(km=km, minutes=minutes)
    if state is _S.RETURNED:
        return words["done_returned"], words["done_more_short"]
    what = "gone_cancelled" if state is _S.CANCELLED else "gone"
    return words[what], words[f"{what}_more"]
