"""A demo shop and a visitor who walks through it, for tests of the visit."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from kiosk.contract import (
    CourierCard,
    DeliveryStep,
    DeliveryView,
    OrderReceipt,
    OrderView,
    PositionFix,
    Quote,
    QuoteLine,
    ShopAddress,
    ShopProfile,
)
from kiosk.shop.catalogue import Option, OptionValue, Picture, Product, Rendition, Variant
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point
from kiosk.shop.hours import Interval, OpeningHours, SpecialDay
from kiosk.shop.money import Money
from kiosk.shop.order import OrderStatus, ReviewReason
from kiosk.shop.promise import CollectRules, CourierRules, Fulfilment, Promise
from kiosk.window.visit import Action, Effect, Visit, World, actions, new_visit, reduce

PARIS = ZoneInfo("Europe/Paris")
NIGHT = datetime(2026, 11, 24, 22, 30, tzinfo=PARIS)  # a Tuesday, three hours after closing
SHOP_POINT = Point(48.86, 2.34)
DOOR = Point(48.8659, 2.3526)
PAGE = "https://buy.maison-lucarne.example/o/Zk2vQ8r1T6yXb0nWcE5uHg"

_DAY = (Interval.parse("10:00-13:00"), Interval.parse("14:00-19:30"))
HOURS = OpeningHours(
    "Europe/Paris",
    ((), _DAY, _DAY, (_DAY[0], Interval(time(14), time(21))), _DAY, _DAY, ()),
    special=(
        SpecialDay(date(2026, 12, 21), (Interval.parse("10:00-19:30"),), {"fr": "Avant Noël"}),
        SpecialDay(date(2026, 12, 25), (), {"fr": "Noël", "en": "Christmas"}),
    ),
)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def profile(**changes: object) -> ShopProfile:
    shop = ShopProfile(
        version=1,
        shop_id="maison-lucarne",
        name="Maison Lucarne",
        currency="EUR",
        country="FR",
        languages=["fr", "en"],
        default_language="fr",
        address=ShopAddress(
            line1="14, rue de la Lucarne",
            postcode="75000",
            city="Paris",
            country="FR",
            location=SHOP_POINT,
        ),
        hours=HOURS,
        collect=CollectRules(prepare_minutes=30),
        courier=CourierRules(
            prepare_minutes=30, ride_minutes=25, fee=eur(590), free_from=eur(12000)
        ),
        postcodes=["75000", "75002"],
        phone="+33 1 99 00 14 14",
        public_url="https://buy.maison-lucarne.example",
        map_invented=True,
        demo=True,
    )
    return shop.model_copy(update=changes)


def picture(seed: str = "a") -> Picture:
    return Picture((Rendition(seed * 64, 480, 480),))


def vase(stock: int | None = 4) -> Product:
    return Product(
        id="vase",
        handle="vase-celadon",
        version=1,
        category_id="maison",
        title={"fr": "Vase céladon", "en": "Celadon vase"},
        options=(
            Option(
                "size",
                {"fr": "Taille", "en": "Size"},
                (
                    OptionValue("s", {"fr": "Petit", "en": "Small"}),
                    OptionValue("l", {"fr": "Grand", "en": "Large"}),
                ),
            ),
        ),
        variants=(
            Variant("vase-s", "VS", eur(4800), {"size": "s"}, stock=stock),
            Variant("vase-l", "VL", eur(9650), {"size": "l"}, stock=1),
        ),
        pictures=(picture(),),
    )


def scarf() -> Product:
    return Product(
        id="scarf",
        handle="carre-nuit",
        version=1,
        category_id="mode",
        title={"fr": "Carré de soie « Nuit »", "en": "Silk square"},
        variants=(Variant("scarf-1", "SC", eur(14500)),),
        pictures=(picture("b"),),
    )


class Journey:
    """A visit, the world around it, and all effects that were asked for."""

    def __init__(self, at: datetime = NIGHT, shop: ShopProfile | None = None) -> None:
        self.world = World(
            now=at,
            profile=shop or profile(),
            products={p.id: p for p in (vase(), scarf())},
            intent_id=uuid4(),
        )
        self.visit: Visit = new_visit("fr", ready=True)
        self.effects: list[Effect] = []

    def do(self, *steps: Action) -> "Journey":
        """Let each happen in turn; `effects` holds the last one's."""
        for step in steps:
            self.visit, effects = reduce(self.visit, step, self.world)
            self.effects = list(effects)
        return self

    def unchanged_by(self, *steps: Action) -> None:
        for step in steps:
            after, effects = reduce(self.visit, step, self.world)
            assert after == self.visit, f"{step} changed the visit"
            assert effects == (), f"{step} asked for {effects}"

    def later(self, **passed: float) -> "Journey":
        self.world = replace(self.world, now=self.world.now + timedelta(**passed))
        return self

    def stocks(self, *products: Product) -> "Journey":
        self.world = replace(self.world, products={p.id: p for p in products})
        return self

    # ---- shortcuts to where a test begins ---------------------------------------------------

    def with_vase(self) -> "Journey":
        return self.do(actions.Wake("vase"), actions.AddToBasket())

    def at_basket(self) -> "Journey":
        return self.with_vase().do(actions.OpenBasket())

    def at_fulfilment(self, way: Fulfilment = Fulfilment.COURIER) -> "Journey":
        return self.at_basket().do(actions.Checkout(), actions.ChooseFulfilment(way))

    def at_details(self, way: Fulfilment = Fulfilment.COURIER) -> "Journey":
        return self.at_fulfilment(way).do(actions.GoToDetails())

    def filled(self, way: Fulfilment = Fulfilment.COURIER) -> "Journey":
        return self.at_details(way).do(*typed())

    def placed(self, way: Fulfilment = Fulfilment.COURIER) -> "Journey":
        return self.filled(way).do(actions.PlaceOrder())

    @property
    def intent(self) -> UUID:
        assert self.visit.placed is not None and self.visit.placed.intent_id is not None
        return self.visit.placed.intent_id

    def kept(self, way: Fulfilment = Fulfilment.COURIER) -> "Journey":
        return self.placed(way).do(actions.OrderKept(self.intent))

    def accepted(self, way: Fulfilment = Fulfilment.COURIER, **changes: object) -> "Journey":
        self.kept(way)
        return self.do(actions.OrderAnswered(receipt(self.intent, way, **changes)))

    def followed(self, way: Fulfilment = Fulfilment.COURIER) -> "Journey":
        return self.accepted(way).do(actions.FollowOrder())


PERSONAL = {
    "name": "Inès Dœuvre",
    "phone": "06 12 34 56 78",
    "email": "ines@mail.example",
    "line1": "3, passage du Grand-Cerf",
    "postcode": "75002",
    "city": "Paris",
    "note": "Code 1402",
}


def typed(**changes: str) -> list[Action]:
    return [actions.EditField(k, v) for k, v in (PERSONAL | changes).items()]


def receipt(intent: UUID, way: Fulfilment = Fulfilment.COURIER, **changes: object) -> OrderReceipt:
    answer = OrderReceipt(
        intent_id=intent,
        number="ML-1042",
        status=OrderStatus.ACCEPTED,
        pickup_code="4827",
        token="t" * 22,
        page_url=PAGE,
        total=eur(5390),
        promise=promise(way),
    )
    return answer.model_copy(update=changes)


def promise(way: Fulfilment = Fulfilment.COURIER, done: datetime | None = None) -> Promise:
    opens = datetime(2026, 11, 25, 10, tzinfo=PARIS)
    minutes = 55 if way is Fulfilment.COURIER else 30
    return Promise(way, opens, done or opens + timedelta(minutes=minutes))


def quote(visit: Visit, unit: int | None = None, **changes: object) -> Quote:
    lines = [
        QuoteLine(
            variant_id=x.variant_id,
            quantity=x.quantity,
            unit=eur(unit) if unit is not None else x.unit_price,
        )
        for x in visit.basket.lines
    ]
    way = visit.fulfilment or Fulfilment.COURIER
    subtotal = sum(x.unit.minor * x.quantity for x in lines)
    fee = 590 if way is Fulfilment.COURIER else 0
    answer = Quote(
        lines=lines,
        subtotal=eur(subtotal),
        fee=eur(fee),
        total=eur(subtotal + fee),
        promise=promise(way),
    )
    return answer.model_copy(update=changes)


def order(
    status: OrderStatus = OrderStatus.ACCEPTED,
    *,
    version: int = 1,
    way: Fulfilment = Fulfilment.COURIER,
    delivery: DeliveryView | None = None,
    reasons: list[ReviewReason] | None = None,
    at: datetime = NIGHT,
) -> OrderView:
    return OrderView(
        number="ML-1042",
        version=version,
        status=status,
        status_at=at,
        reasons=reasons or [],
        fulfilment=way,
        pickup_code="4827",
        page_url=PAGE,
        lines=[],
        subtotal=eur(4800),
        fee=eur(590),
        total=eur(5390),
        promise=None if status is OrderStatus.NEEDS_REVIEW else promise(way),
        delivery=delivery,
        demo=True,
    )


def delivery(status: DeliveryStatus, **changes: object) -> DeliveryView:
    ride = DeliveryView(
        version=1,
        status=status,
        status_at=NIGHT,
        pickup=SHOP_POINT,
        dropoff=DOOR,
        route=[SHOP_POINT, DOOR],
        route_s=[0.0, 600.0],
        eta=NIGHT + timedelta(minutes=12),
        courier=CourierCard(display_name="Inès D."),
        position=fix(1),
        steps=[DeliveryStep(status=DeliveryStatus.PICKED_UP, at=NIGHT)],
        simulated=True,
    )
    return ride.model_copy(update=changes)


def fix(seq: int) -> PositionFix:
    return PositionFix(
        seq=seq, fix_time=NIGHT, received_at=NIGHT, lat=48.862, lon=2.345, accuracy_m=8
    )
