"""What is true around a visit: the shop, the link, the hour. Handed in, never fetched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kiosk.contract import Passing, ShopProfile
from kiosk.shop import schedule
from kiosk.shop.basket import Line
from kiosk.shop.catalogue import Product
from kiosk.shop.links import host_of
from kiosk.shop.promise import Fulfilment, Promise, promise
from kiosk.window.visit.languages import interface

QUICK_PIECES = 3


@dataclass(frozen=True, slots=True)
class World:
    """`now` is aware. `products` holds those that this visit touches (shown, in the basket).

    `posters` are the ids of those that stand in for posters where the shop has none.
    `language` is the one that this window was told to greet in, "" for the shop's own.
    `online` is what the link last knew; `intent_id` is a fresh id for an order that may be
    placed now (made outside, so that the reducer stays a function). `takes_orders`: the box could
    keep one. `office` is where the box's back office is. `speaks` are the languages
    that the window can read aloud in: none where the box has no voice. `passing` are the rides that
    passers-by may be told of. `camera`: the window has one that a phone's code can be held up to.
    """

    now: datetime
    profile: ShopProfile | None
    online: bool = True
    products: Mapping[str, Product] = field(default_factory=dict)
    posters: tuple[str, ...] = ()
    intent_id: UUID | None = None
    takes_orders: bool = True
    office: str = ""
    language: str = ""
    speaks: frozenset[str] = frozenset()
    passing: tuple[Passing, ...] = ()
    camera: bool = False

    @property
    def ready(self) -> bool:
        return self.profile is not None

    @property
    def shop(self) -> ShopProfile:
        """The profile. Raises RuntimeError before the first sync."""
        if self.profile is None:
            raise RuntimeError("the shop is not known yet")
        return self.profile

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that a visitor may choose, in order: the shop's choice, else all."""
        if self.profile is None:
            return interface()
        shop = self.profile
        own = dict.fromkeys((shop.default_language, *shop.languages))
        every = tuple(dict.fromkeys((*own, *interface())))
        return tuple(c for c in shop.window_languages if c in every) or every

    @property
    def greeting(self) -> str:
        """The language in which every visit begins. Raises RuntimeError before the first sync."""
        offered = self.languages
        wanted = (self.language, self.shop.default_language)
        return next((code for code in wanted if code in offered), offered[0])

    @property
    def quick(self) -> tuple[Product, ...]:
        """The pieces for people in a hurry: the first three that can be had.

        The shop's own; else those on its posters.
        """
        if self.profile is None:
            return ()
        posters = (*(hero.product_id for hero in self.profile.heroes), *self.posters)
        ids = dict.fromkeys(self.profile.quick or posters)
        pieces = (self.products[key] for key in ids if key in self.products)
        had = [p for p in pieces if p.available and self.sold_from(p.id) is None]
        return tuple(had[:QUICK_PIECES])

    def is_open(self) -> bool:
        return self.profile is not None and self.profile.hours.is_open(self.now)

    def promise(self, fulfilment: Fulfilment) -> Promise | None:
        """What could be promised for an order placed now, by the box's own reckoning."""
        shop = self.shop
        return promise(shop.hours, self.now, fulfilment, shop.collect, shop.courier)

    def offers(self, fulfilment: Fulfilment) -> bool:
        rules = self.shop.courier if fulfilment is Fulfilment.COURIER else self.shop.collect
        return rules.enabled

    def may_order(self) -> bool:
        """Whether to begin an order: the shop takes one now, and the box could keep it."""
        return self.takes_orders and self.open_for_orders()

    def open_for_orders(self) -> bool:
        if not self.ready or not any(self.offers(way) for way in Fulfilment):
            return False
        return self.shop.orders_when_closed or self.is_open()

    @property
    def hosts(self) -> frozenset[str]:
        """Where a code may lead: the back office, by the box's way to it and by phones'."""
        own = (self.office, self.profile.public_url if self.profile else "")
        return frozenset(filter(None, map(host_of, own)))

    def showing(self) -> schedule.Showing:
        """What of the brand's plan is on the glass now."""
        shop = self.shop
        return schedule.showing(shop.windows, self.now, shop.hours.zone)

    def sold_from(self, product_id: str) -> datetime | None:
        """The moment of the drop before which a piece is not sold; None where it is sold now."""
        return schedule.sold_from(self.shop.windows, product_id, self.now)

    def is_dark(self) -> bool:
        """Whether the glass is dark now while nobody stands in front of it."""
        shop = self.profile
        return shop is not None and shop.dark_hours.is_dark(self.now, shop.hours)

    def can_supply(self, line: Line) -> bool:
        """Whether the shop has and sells what this line asks for, as far as the box knows."""
        if self.sold_from(line.product_id):
            return False
        product = self.products.get(line.product_id)
        variant = product.variant(line.variant_id) if product else None
        return variant is not None and (variant.stock is None or variant.stock >= line.quantity)
