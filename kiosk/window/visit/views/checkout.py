"""Basket, the way it travels, and the buyer's details."""

from dataclasses import dataclass, field
from typing import Literal

from kiosk.shop import formats
from kiosk.shop.address import postcode_has_letters
from kiosk.shop.basket import MAX_QUANTITY, Line
from kiosk.shop.catalogue import Picture
from kiosk.shop.contact import FieldProblem
from kiosk.shop.order import ReviewReason
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit.ordering import picture_of, pieces, promised, total_seen
from kiosk.window.visit.state import LIMITS, Visit
from kiosk.window.visit.views.common import (
    Chrome,
    chrome,
    in_one_line,
    no_orders,
    notice,
    offer,
    promise_words,
    shop_place,
    status,
)
from kiosk.window.visit.views.completion import CompletionView, completion
from kiosk.window.visit.words import N_, Words, words
from kiosk.window.visit.world import World

Keyboard = Literal["text", "phone", "email", "digits", "number", "code"]


@dataclass(frozen=True, slots=True)
class Total:
    label: str
    amount: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class BasketLine:
    """`kind` is its `variant` and what one costs; `most` what the stepper may reach."""

    variant_id: str
    product_id: str
    title: str
    variant: str
    kind: str
    total: str
    quantity: int
    most: int
    picture: Picture | None
    problem: str


@dataclass(frozen=True, slots=True)
class BasketView:
    """`pieces` are the photographs of what it is about, also in the views that follow."""

    chrome: Chrome
    title: str
    pieces: tuple[Picture, ...]
    lines: tuple[BasketLine, ...]
    promise: str
    remove: str
    totals: tuple[Total, ...]
    empty: str
    empty_action: str
    checkout: str
    can_checkout: bool
    why_not: str
    notice: str


@dataclass(frozen=True, slots=True)
class Choice:
    fulfilment: Fulfilment
    icon: str
    title: str
    promise: str
    detail: str
    fee: str
    selected: bool


@dataclass(frozen=True, slots=True)
class FulfilmentView:
    chrome: Chrome
    title: str
    pieces: tuple[Picture, ...]
    status: str
    choices: tuple[Choice, ...]
    totals: tuple[Total, ...]
    warning: str
    go_on: str
    notice: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `value` is personal: draw it, `masked` as dots, and keep it nowhere else."""

    name: str
    label: str
    value: str = field(repr=False)
    hint: str
    keyboard: Keyboard
    problem: str
    optional: str
    focused: bool
    max_length: int
    masked: bool = False
    clear: str = ""


@dataclass(frozen=True, slots=True)
class DetailsView:
    """`groups` are rows of fields that stand side by side where there is room."""

    chrome: Chrome
    title: str
    pieces: tuple[Picture, ...]
    promise: str
    groups: tuple[tuple[Field, ...], ...]
    totals: tuple[Total, ...]
    privacy: str
    mask: str
    payment: str
    place: str
    busy: bool
    next_field: str
    done_typing: str
    completion: CompletionView
    notice: str


def _piece_names(line: Line, visit: Visit, world: World) -> tuple[str, str]:
    w, default = words(visit.language), world.shop.default_language
    product = world.products.get(line.product_id)
    if product is None:
        return w("A piece that has left the shop"), ""
    variant = product.variant(line.variant_id)
    label = product.variant_label(variant, visit.language, default) if variant else ""
    return product.named(visit.language, default), label


def _line(line: Line, visit: Visit, world: World) -> BasketLine:
    w = words(visit.language)
    title, label = _piece_names(line, visit, world)
    product = world.products.get(line.product_id)
    variant = product.variant(line.variant_id) if product else None
    stock = variant.stock if variant else 0
    problem = ""
    if variant is None or not variant.available:
        problem = w("No longer in stock")
    elif stock is not None and stock < line.quantity:
        problem = w.count("Only {n} left", "Only {n} left", stock)
    return BasketLine(
        variant_id=line.variant_id,
        product_id=line.product_id,
        title=title,
        variant=label,
        kind=in_one_line((label, formats.money(line.unit_price, visit.language)), visit.language),
        total=formats.money(line.total, visit.language),
        quantity=line.quantity,
        most=max(line.quantity, min(MAX_QUANTITY if stock is None else stock, MAX_QUANTITY)),
        picture=picture_of(line, world),
        problem=problem,
    )


def basket(visit: Visit, world: World) -> BasketView:
    w = words(visit.language)
    lines = tuple(_line(line, visit, world) for line in visit.basket.lines)
    subtotal = visit.basket.subtotal(world.shop.currency)
    why = no_orders(world, visit.language)
    # Where the window cannot, the way on leads to where one can order all the same.
    elsewhere = world.open_for_orders() and not world.takes_orders
    blocked = not elsewhere and any(line.problem for line in lines)
    return BasketView(
        chrome=chrome(visit, world),
        title=w("Your basket"),
        pieces=pieces(visit, world),
        lines=lines,
        promise=offer(world, visit.language) if lines else "",
        remove=w("Remove"),
        totals=(Total(w("Total"), formats.money(subtotal, visit.language), strong=True),)
        if lines
        else (),
        empty="" if lines else w("Your basket is empty."),
        empty_action=w("See the shelves"),
        checkout=w("Order another way") if elsewhere else w("Order"),
        can_checkout=bool(lines) and (elsewhere or not why) and not blocked,
        why_not=why or (w("Please change the marked pieces first.") if blocked else ""),
        notice=notice(visit, world),
    )


def _totals(visit: Visit, world: World) -> tuple[Total, ...]:
    w, language = words(visit.language), visit.language
    subtotal, fee, total = total_seen(visit, world)
    rows = []
    if visit.fulfilment is Fulfilment.COURIER:
        rows.append(Total(w("Pieces"), formats.money(subtotal, language)))
        rows.append(Total(w("Courier"), formats.money(fee, language) if fee.minor else w("free")))
    rows.append(Total(w("Total"), formats.money(total, language), strong=True))
    return tuple(rows)


def fulfilment(visit: Visit, world: World) -> FulfilmentView:
    w, shop, language = words(visit.language), world.shop, visit.language
    subtotal = visit.basket.subtotal(shop.currency)
    choices = []
    if shop.courier.enabled:
        fee = shop.courier.fee_for(subtotal)
        free = shop.courier.free_from
        detail = w("By bike, to your door.")
        if fee.minor and free:
            left = formats.money(free - subtotal, language)
            detail += " " + w("Free from {left} more.", left=left)
        choices.append(
            Choice(
                Fulfilment.COURIER,
                "bike",
                w("Bike courier"),
                _promise(visit, world, Fulfilment.COURIER),
                detail,
                formats.money(fee, language) if fee.minor else w("free"),
                visit.fulfilment is Fulfilment.COURIER,
            )
        )
    if shop.collect.enabled:
        choices.append(
            Choice(
                Fulfilment.COLLECT,
                "collect",
                w("Click & collect"),
                _promise(visit, world, Fulfilment.COLLECT),
                shop_place(world),
                w("free"),
                visit.fulfilment is Fulfilment.COLLECT,
            )
        )
    return FulfilmentView(
        chrome=chrome(visit, world),
        title=w("How shall it reach you?"),
        pieces=pieces(visit, world),
        status=status(world, language),
        choices=tuple(choices),
        totals=_totals(visit, world),
        warning=_warning(visit, w),
        go_on=w("Continue"),
        notice=notice(visit, world),
    )


def _promise(visit: Visit, world: World, kind: Fulfilment) -> str:
    return promise_words(promised(visit, world, kind), world, visit.language)


def _warning(visit: Visit, w: Words) -> str:
    reasons = visit.quote.reasons if visit.quote else ()
    if ReviewReason.SOLD_OUT in reasons or ReviewReason.PRODUCT_GONE in reasons:
        return w("A piece has just been sold. You can still order: the shop will write to you.")
    if ReviewReason.NOT_YET in reasons:
        return w("A piece is not on sale yet.")
    return ""


# ---- details -----------------------------------------------------------------------------------

_PROBLEMS = {
    ("name", "missing"): N_("Please tell us your name."),
    ("phone", "missing"): N_("We need a number for the courier or the shop to reach you."),
    ("phone", "invalid"): N_("This number does not look right. Example: 06 12 34 56 78"),
    ("email", "invalid"): N_("This address does not look right. Example: name@mail.com"),
    ("line1", "missing"): N_("Please give the street and number."),
    ("postcode", "missing"): N_("Please give the postcode."),
    ("postcode", "invalid"): N_("This postcode does not look right."),
    ("postcode", "area"): N_("Our couriers do not ride there. Please collect instead."),
    ("city", "missing"): N_("Please give the town."),
}


def _problem(problem: FieldProblem, w: Words) -> str:
    text = _PROBLEMS.get((problem.field, problem.code))
    return w(text) if text else w("Please check this.")


def details(visit: Visit, world: World) -> DetailsView:
    w = words(visit.language)
    courier = visit.fulfilment is Fulfilment.COURIER
    groups: tuple[tuple[Field, ...], ...] = (
        (_field("name", w("Name"), "text", visit, w),),
        (
            _field("phone", w("Mobile phone"), "phone", visit, w),
            _field("email", w("E-mail"), "email", visit, w, optional=True),
        ),
    )
    if courier:
        groups += (
            (_field("line1", w("Street and number"), "text", visit, w),),
            (
                _field("postcode", w("Postcode"), _postcode_keys(world), visit, w),
                _field("city", w("Town"), "text", visit, w),
            ),
            (
                _field(
                    "note",
                    w("Note for the courier"),
                    "text",
                    visit,
                    w,
                    optional=True,
                    hint=w("Door code, floor…"),
                ),
            ),
        )
    return DetailsView(
        chrome=chrome(visit, world),
        title=w("Who is it for?"),
        pieces=pieces(visit, world),
        promise=_promise(visit, world, visit.fulfilment or Fulfilment.COLLECT),
        groups=groups,
        totals=_totals(visit, world),
        privacy=w("Used for this order only. This window forgets it as soon as you leave."),
        mask=w("Show what I type") if visit.comfort.masked else w("Hide what I type"),
        payment=w("You pay the courier, by card or cash.")
        if courier
        else w("You pay at the counter, by card or cash."),
        place=w("Place the order"),
        busy=visit.busy == "placing",
        next_field=w("Next"),
        done_typing=w("Done"),
        completion=completion(visit, world),
        notice=notice(visit, world),
    )


def _postcode_keys(world: World) -> Keyboard:
    return "text" if postcode_has_letters(world.shop.country) else "digits"


def _field(
    name: str,
    label: str,
    keyboard: Keyboard,
    visit: Visit,
    w: Words,
    *,
    optional: bool = False,
    hint: str = "",
) -> Field:
    problem = next((p for p in visit.problems if p.field == name), None)
    return Field(
        name=name,
        label=label,
        value=getattr(visit.draft, name),
        hint=hint,
        keyboard=keyboard,
        problem=_problem(problem, w) if problem else "",
        optional=w("optional") if optional else "",
        focused=visit.focus == name,
        max_length=LIMITS[name],
        masked=visit.comfort.masked,
        clear=w("Clear"),
    )
