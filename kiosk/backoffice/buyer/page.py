"""The buyer's page as a view model: what to say about one order, now."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from kiosk.backoffice.buyer.lines import ShownLine, shown_lines
from kiosk.backoffice.buyer.map import RouteMap, route_map
from kiosk.backoffice.buyer.words import clock, moment, money, spoken, words_in
from kiosk.backoffice.camera.street import DrawnRide, Street, drawn_ride_of, street_of
from kiosk.backoffice.courier.proof import has_photo
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.views import order_view
from kiosk.backoffice.platform.models import Shop
from kiosk.contract import DeliveryView, OrderView
from kiosk.shop.contact import phone_of
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment

_S = OrderStatus
_COLLECT = (_S.ACCEPTED, _S.PREPARING, _S.READY, _S.COMPLETED)
_COURIER = (_S.ACCEPTED, _S.PREPARING, _S.READY, _S.HANDED_OVER, _S.COMPLETED)
_STOPPED = (_S.REFUSED, _S.CANCELLED)


@dataclass(frozen=True, slots=True)
class Step:
    """`state` is done, now or next; `at` is empty until it happened."""

    title: str
    state: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class PricedLine:
    line: ShownLine
    total: str


@dataclass(frozen=True, slots=True)
class BuyerPage:
    """Everything that the templates read. `relay` (E.164) is what calls the courier, "" where
    nothing does.
    """

    words: dict[str, str]
    language: str
    number: str
    status: str
    headline: str
    promise: str
    more: str
    reasons: list[str]
    code: str
    code_label: str
    steps: list[Step]
    lines: list[PricedLine]
    subtotal: str
    fee: str
    total: str
    tone: str
    demo: str
    shop: Shop | None
    map: RouteMap | None = None
    street: Street | None = None
    drawn_ride: DrawnRide | None = None
    courier: str = ""
    courier_photo: str = ""
    courier_alt: str = ""
    relay: str = ""
    updated: str = ""
    live: bool = True
    proof: str = ""
    photo: bool = False

    @property
    def relay_shown(self) -> str:
        return phone_of(self.relay)


def buyer_page(order: Order) -> BuyerPage:
    """The page of an order in its own language."""
    shop = Shop.objects.first()
    zone = ZoneInfo(shop.timezone if shop else "Europe/Paris")
    view = order_view(order)
    say = _Says(order, view, zone)
    language = order.language
    delivery = view.delivery
    on_the_way = view.status is _S.HANDED_OVER and not say.stopped
    shown = delivery if delivery and on_the_way else None
    lines = shown_lines(order, language, shop.default_language if shop else "fr")
    return BuyerPage(
        words=say.words,
        language=spoken(language),
        number=view.number,
        status=view.status.value,
        headline=say.headline(),
        promise=say.promise(),
        more=say.more(),
        reasons=[say.words[reason.value] for reason in view.reasons] if say.in_review else [],
        code="" if view.status.final or say.in_review or say.stopped else view.pickup_code,
        code_label=say.words["code_courier" if say.by_courier else "code"],
        steps=say.steps(),
        lines=[PricedLine(line, money(line.total, language)) for line in lines],
        subtotal=money(view.subtotal, language) if say.by_courier else "",
        fee=(money(view.fee, language) if view.fee.minor else say.words["free"])
        if say.by_courier
        else "",
        total=money(view.total, language),
        tone=say.tone(),
        demo=say.demo(),
        shop=shop,
        map=route_map(shown) if shown else None,
        street=street_of(shown, language),
        drawn_ride=drawn_ride_of(shown, language),
        courier=say.of_courier("courier", shown),
        courier_photo=shown.courier.photo_url if shown and shown.courier else "",
        courier_alt=say.of_courier("courier_photo", shown),
        relay=shown.courier.relay_phone if shown and shown.courier else "",
        updated=clock(timezone.now().astimezone(zone), language),
        live=not view.status.final,
        proof=say.proof(),
        photo=has_photo(order),
    )


class _Says:
    """What the page says of one order, piece by piece."""

    def __init__(self, order: Order, view: OrderView, zone: ZoneInfo) -> None:
        self.words = words_in(order.language)
        self.in_review = view.status is _S.NEEDS_REVIEW
        self.by_courier = view.fulfilment is Fulfilment.COURIER
        delivery = view.delivery
        # Its parcel comes back, or nobody took it: the order is still open, and not on its way.
        self.stopped = bool(delivery and delivery.status.stopped) and not view.status.final
        self._order = order
        self._view = view
        self._zone = zone
        self._today = timezone.now().astimezone(zone).date()

    def tone(self) -> str:
        if self.stopped or self._view.status in _STOPPED:
            return "stopped"
        return "review" if self.in_review else "going"

    def headline(self) -> str:
        if self.stopped:
            return self.words["stopped"]
        delivery = self._view.delivery
        status = self._view.status
        if status is _S.COMPLETED and self.by_courier:
            return self.words["delivered"]
        if status is _S.READY and self.by_courier:
            return self.words["ready_courier"]
        if status is _S.HANDED_OVER and delivery and delivery.imminent:
            return self.words["soon"]
        return self.words[status.value]

    def promise(self) -> str:
        status, promise = self._view.status, self._view.promise
        if status.final or self.in_review or self.stopped:
            return ""
        delivery = self._view.delivery
        if status is _S.HANDED_OVER and delivery and delivery.eta:
            return self.words["courier_eta"].format(time=self._clock(delivery.eta))
        if promise is None or (status is _S.READY and not self.by_courier):
            return ""
        key = "courier_by" if self.by_courier else "collect_by"
        return self.words[key].format(when=self._moment(promise.done_by))

    def more(self) -> str:
        status, promise = self._view.status, self._view.promise
        if self.stopped or status is _S.CANCELLED:
            more = self.words["stopped_more" if self.stopped else "cancelled_more"]
            return f"{self._why()} {more}".strip()
        if status is _S.READY:
            if self.by_courier:
                return ""
            until = promise.until if promise else None
            by = self.words["collect_until"].format(when=self._moment(until)) if until else ""
            return f"{self.words['ready_more']} {by}".strip()
        if status is _S.ACCEPTED and promise and promise.prepared_from > timezone.now():
            return self.words["prepared_from"].format(when=self._moment(promise.prepared_from))
        return self.words.get(f"{status.value}_more", "")

    def _why(self) -> str:
        delivery = self._view.delivery
        reason = delivery.cancel_reason if delivery else None
        return self.words[f"why_{reason}"] if reason else ""

    def steps(self) -> list[Step]:
        status = self._view.status
        if self.in_review or self.stopped or status in _STOPPED:
            return []
        order = _COURIER if self.by_courier else _COLLECT
        happened = {event.status: event.at for event in self._order.events.all()}
        now = order.index(status)
        steps = []
        for place, step in enumerate(order):
            state = "done" if place < now or status.final else "now" if place == now else "next"
            at = happened.get(step.value) if place <= now else None
            steps.append(Step(self._step_title(step), state, self._clock(at) if at else ""))
        return steps

    def of_courier(self, what: str, delivery: DeliveryView | None) -> str:
        """Words with the courier's name in them."""
        if delivery is None or delivery.courier is None:
            return ""
        name = delivery.courier.display_name
        if spoken(self._order.language) == "ar":
            # Apart: an initial's full stop would go to the other end of the line.
            name = f"\u2068{name}\u2069"
        return self.words[what].format(name=name)

    def proof(self) -> str:
        found = self._view.delivery.proof if self._view.delivery else None
        if found is None:
            return ""
        return self.words[f"proof_{found.kind}"].format(time=self._clock(found.at))

    def demo(self) -> str:
        delivery = self._view.delivery
        if delivery and delivery.simulated and delivery.status is not DeliveryStatus.CANCELLED:
            return self.words["demo"]
        return self.words["demo_order"] if self._view.demo else ""

    def _step_title(self, step: OrderStatus) -> str:
        if step is _S.COMPLETED and self.by_courier:
            return self.words["delivered"]
        return self.words[step.value]

    def _clock(self, at: datetime) -> str:
        return clock(at.astimezone(self._zone), self._order.language)

    def _moment(self, at: datetime) -> str:
        return moment(at.astimezone(self._zone), self._today, self._order.language)
