"""What an order is made of: prices and promises seen, details checked, the request."""

from dataclasses import replace
from uuid import UUID

from kiosk.contract import (
    AddressGiven,
    ContactGiven,
    MoneyClaim,
    OrderLine,
    OrderRequest,
    QuoteRequest,
)
from kiosk.shop.address import in_area
from kiosk.shop.basket import Line
from kiosk.shop.catalogue import Picture
from kiosk.shop.contact import (
    FieldProblem,
    check_address,
    check_contact,
    normal_email,
    normal_name,
    normal_phone,
)
from kiosk.shop.money import Money
from kiosk.shop.promise import Fulfilment, Promise
from kiosk.shop.text import clean
from kiosk.window.visit import actions as a
from kiosk.window.visit import effects as e
from kiosk.window.visit.state import Draft, Notice, Placed, Screen, Visit
from kiosk.window.visit.world import World


def picture_of(line: Line, world: World) -> Picture | None:
    """The photograph of the very variant in this line, as far as the box knows."""
    product = world.products.get(line.product_id)
    if product is None:
        return None
    variant = product.variant(line.variant_id)
    index = variant.picture if variant and variant.picture is not None else 0
    return product.pictures[index] if index < len(product.pictures) else None


def pieces(visit: Visit, world: World) -> tuple[Picture, ...]:
    """The photographs of what lies in the basket, in its order."""
    pictures = (picture_of(line, world) for line in visit.basket.lines)
    return tuple(picture for picture in pictures if picture)


def ask_quote(visit: Visit) -> tuple[e.Effect, ...]:
    if visit.fulfilment is None:
        return ()
    request = QuoteRequest(
        lines=_lines(visit), fulfilment=visit.fulfilment, postcode=visit.draft.postcode[:12]
    )
    return (e.AskQuote(request),)


def take_quote(visit: Visit, action: a.QuoteArrived) -> Visit:
    """Take the back office's prices into the basket, and say so when they differ."""
    quote = action.quote
    if visit.screen not in (Screen.FULFILMENT, Screen.DETAILS) or visit.busy:
        return visit
    if quote.promise and quote.promise.fulfilment is not visit.fulfilment:
        return visit  # the visitor has chosen the other way since
    if {x.variant_id: x.quantity for x in quote.lines} != {
        x.variant_id: x.quantity for x in visit.basket.lines
    }:
        return visit  # an answer to a basket that has changed since
    prices = {x.variant_id: x.unit for x in quote.lines}
    basket = replace(
        visit.basket,
        lines=tuple(replace(x, unit_price=prices[x.variant_id]) for x in visit.basket.lines),
    )
    changed = basket != visit.basket
    visit = replace(visit, quote=quote, basket=basket)
    return visit.said(Notice.CHANGED) if changed else visit


def _lines(visit: Visit) -> list[OrderLine]:
    return [
        OrderLine(
            variant_id=line.variant_id,
            quantity=line.quantity,
            seen_unit=MoneyClaim(minor=line.unit_price.minor, currency=line.unit_price.currency),
        )
        for line in visit.basket.lines
    ]


def total_seen(visit: Visit, world: World) -> tuple[Money, Money, Money]:
    """Subtotal, courier's fee and total as the visitor sees them."""
    subtotal = visit.basket.subtotal(world.shop.currency)
    fee = Money.zero(world.shop.currency)
    if visit.fulfilment is Fulfilment.COURIER:
        fee = visit.quote.fee if visit.quote else world.shop.courier.fee_for(subtotal)
    return subtotal, fee, subtotal + fee


def promised(visit: Visit, world: World, way: Fulfilment) -> Promise | None:
    """What may be promised now: the back office's word, or ours where time has passed it by."""
    ours = world.promise(way)
    quoted = visit.quote.promise if visit.quote and visit.fulfilment is way else None
    if quoted is None or ours is None:
        return quoted or ours
    return max(quoted, ours, key=lambda p: p.done_by)


def check_details(visit: Visit, world: World) -> tuple[FieldProblem, ...]:
    """What the visitor must still mend before the order can be placed."""
    draft, country = visit.draft, world.shop.country
    problems = check_contact(draft.name, draft.phone, draft.email, country)
    if visit.fulfilment is Fulfilment.COURIER:
        problems += check_address(draft.line1, draft.postcode, draft.city)
        bad = {p.field for p in problems}
        if "postcode" not in bad and not in_area(draft.postcode, world.shop.postcodes):
            problems.append(FieldProblem("postcode", "area"))
    return tuple(problems)


def order_request(visit: Visit, placed: Placed, intent_id: UUID, world: World) -> OrderRequest:
    draft, country = visit.draft, world.shop.country
    total = total_seen(visit, world)[2]
    return OrderRequest(
        intent_id=intent_id,
        placed_at=world.now,
        language=visit.language,
        lines=_lines(visit),
        fulfilment=placed.fulfilment,
        contact=ContactGiven(
            name=normal_name(draft.name) or "",
            phone=normal_phone(draft.phone, country) or "",
            email=normal_email(draft.email) or "",
        ),
        address=_address(draft) if placed.fulfilment is Fulfilment.COURIER else None,
        seen_total=MoneyClaim(minor=total.minor, currency=total.currency),
        seen_done_by=placed.promise.done_by if placed.promise else None,
    )


def _address(draft: Draft) -> AddressGiven:
    return AddressGiven(
        line1=clean(draft.line1, 120),
        line2=clean(draft.line2, 120),
        postcode=clean(draft.postcode, 12),
        city=clean(draft.city, 80),
        note=clean(draft.note, 200),
    )
