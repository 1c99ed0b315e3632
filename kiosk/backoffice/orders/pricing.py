"""What a basket costs and when it can be had: the only place where an order gets its prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from kiosk.backoffice.catalogue.models import Variant
from kiosk.backoffice.catalogue.onsale import variants_on_sale
from kiosk.backoffice.platform.models import Shop
from kiosk.backoffice.platform.plan import not_sold_yet
from kiosk.backoffice.platform.shop import collect_rules, courier_rules, readable_hours
from kiosk.contract import MoneyClaim, OrderLine, Quote, QuoteLine
from kiosk.shop.address import in_area
from kiosk.shop.money import MAX_MINOR, Money
from kiosk.shop.order import ReviewReason
from kiosk.shop.promise import Fulfilment, Promise, promise


@dataclass(frozen=True, slots=True)
class PricedLine:
    """`variant` is None where it is not for sale any more; its unit is then nothing."""

    asked: OrderLine
    variant: Variant | None
    unit: Money

    @property
    def total(self) -> Money:
        return self.unit * self.asked.quantity

    @property
    def short(self) -> bool:
        stock = self.variant.stock if self.variant else None
        return stock is not None and stock < self.asked.quantity


@dataclass(frozen=True, slots=True)
class Priced:
    lines: tuple[PricedLine, ...]
    subtotal: Money
    fee: Money
    promise: Promise | None
    reasons: tuple[ReviewReason, ...]

    @property
    def total(self) -> Money:
        return self.subtotal + self.fee


def price(
    shop: Shop,
    asked: Sequence[OrderLine],
    fulfilment: Fulfilment,
    postcode: str,
    at: datetime,
    seen_total: MoneyClaim | None = None,
) -> Priced:
    """Price a basket as of now, promised from `at`, with every reason against accepting it.

    What the visitor saw is compared and never used.
    """
    lines = _lines(shop, asked)
    subtotal = Money.zero(shop.currency)
    for line in lines:
        subtotal += line.total
    courier = fulfilment is Fulfilment.COURIER
    fee = courier_rules(shop).fee_for(subtotal) if courier else Money.zero(shop.currency)
    promised = promise_at(shop, fulfilment, at)
    reasons = []
    if any(line.variant is None for line in lines):
        reasons.append(ReviewReason.PRODUCT_GONE)
    # The earlier of both clocks: no box whose clock is ahead sells a drop before its moment.
    if not_sold_yet(_products(lines), min(at, timezone.now())):
        reasons.append(ReviewReason.NOT_YET)
    if any(line.short for line in lines):
        reasons.append(ReviewReason.SOLD_OUT)
    if _differs(lines, subtotal + fee, seen_total):
        reasons.append(ReviewReason.PRICE_CHANGED)
    if courier and not in_area(postcode, map(str, shop.postcodes)):
        reasons.append(ReviewReason.OUT_OF_AREA)
    if promised is None:
        reasons.append(ReviewReason.NO_PROMISE)
    return Priced(lines, subtotal, fee, promised, tuple(reasons))


def promise_at(shop: Shop, fulfilment: Fulfilment, at: datetime) -> Promise | None:
    """The shop's promise for an order placed at `at`, None where it cannot make one."""
    hours, collect, courier = readable_hours(shop), collect_rules(shop), courier_rules(shop)
    enabled = collect.enabled if fulfilment is Fulfilment.COLLECT else courier.enabled
    if hours is None or not enabled:
        return None
    if not shop.orders_when_closed and not hours.is_open(at):
        return None
    return promise(hours, at, fulfilment, collect, courier)


def quote(priced: Priced) -> Quote:
    return Quote(
        lines=[
            QuoteLine(
                variant_id=line.asked.variant_id,
                quantity=line.asked.quantity,
                unit=line.unit,
                available=line.variant.stock if line.variant else 0,
            )
            for line in priced.lines
        ],
        subtotal=priced.subtotal,
        fee=priced.fee,
        total=priced.total,
        promise=priced.promise,
        reasons=list(priced.reasons),
    )


def _lines(shop: Shop, asked: Sequence[OrderLine]) -> tuple[PricedLine, ...]:
    ids = list({line.variant_id for line in asked})
    # A price that would lift the sum beyond any price is a typing error: not for sale.
    dearest = MAX_MINOR // (2 * sum(line.quantity for line in asked))
    found = variants_on_sale(ids, shop.currency, dearest)
    lines = []
    for line in asked:
        variant = found.get(line.variant_id)
        lines.append(
            PricedLine(line, variant, Money(variant.price_minor if variant else 0, shop.currency))
        )
    return tuple(lines)


def _products(lines: Sequence[PricedLine]) -> list[str]:
    return [line.variant.product_id for line in lines if line.variant]


def _differs(lines: Sequence[PricedLine], total: Money, seen_total: MoneyClaim | None) -> bool:
    units = any(
        line.variant is not None and not _same(line.unit, line.asked.seen_unit) for line in lines
    )
    if units or seen_total is None:
        return units
    # A piece that is gone changes the total; that reason is already given.
    return all(line.variant for line in lines) and not _same(total, seen_total)


def _same(money: Money, seen: MoneyClaim) -> bool:
    return (money.minor, money.currency) == (seen.minor, seen.currency)
