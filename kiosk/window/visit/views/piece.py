"""One piece: its photographs, what is said of it, its variants, and what goes with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.shop import formats
from kiosk.shop.catalogue import Option, OptionValue, Picture, Product, Variant
from kiosk.shop.text import pick
from kiosk.window.visit.state import Visit
from kiosk.window.visit.views.around import (
    PhoneView,
    PieceCard,
    ReviewsView,
    beside,
    phone,
    reviews,
)
from kiosk.window.visit.views.common import Chrome, chrome, foreign, no_orders, notice
from kiosk.window.visit.views.countdown import countdown
from kiosk.window.visit.views.shopping import FEW
from kiosk.window.visit.words import words
from kiosk.window.visit.world import World

StockLevel = Literal["in", "few", "out"]


@dataclass(frozen=True, slots=True)
class ValueView:
    """A touch on it chooses `variant_id`. `spoken` is its name with its stock."""

    variant_id: str
    label: str
    swatch: str
    selected: bool
    available: bool
    stock: StockLevel
    spoken: str


@dataclass(frozen=True, slots=True)
class OptionView:
    title: str
    chosen: str
    values: tuple[ValueView, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    icon: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ProductView:
    """`loading` is True until the product is read from the replica.

    `text_language` says in which other language the shop's words are ("Text in French"), or "".
    Before a drop `add` is its countdown; `by_seconds` while that changes every second.
    `alt` says what the photograph shows. `read` is "" where the box has no voice for the piece.
    """

    chrome: Chrome
    loading: bool
    product_id: str
    add: str
    title: str = ""
    maker: str = ""
    pitch: str = ""
    text_language: str = ""
    price: str = ""
    before: str = ""
    stock: StockLevel = "in"
    stock_text: str = ""
    options: tuple[OptionView, ...] = ()
    pictures: tuple[Picture, ...] = ()
    picture: int = 0
    previous: str = ""
    next: str = ""
    alt: str = ""
    closer: str = ""
    story: str = ""
    story_title: str = ""
    facts: tuple[Fact, ...] = ()
    meaning: str = ""
    meaning_proof: str = ""
    reviews: ReviewsView | None = None
    can_add: bool = False
    go_to_basket: str = ""
    phone: PhoneView | None = None
    read: str = ""
    reading: bool = False
    beside_title: str = ""
    beside: tuple[PieceCard, ...] = ()
    no_orders: str = ""
    notice: str = ""
    by_seconds: bool = False


def product(visit: Visit, world: World) -> ProductView:
    w, language = words(visit.language), visit.language
    piece = world.products.get(visit.product_id or "")
    if piece is None:
        return _loading(visit, world)
    default = world.shop.default_language
    variant = piece.variant(visit.variant_id or "") or piece.variants[0]
    level, stock_text = stock_words(variant, language)
    coming = countdown(piece.id, world, language)
    if coming:
        level, stock_text = "few", coming.opens
    chosen = variant.id if len(piece.variants) > 1 else ""
    index = min(visit.picture, max(0, len(piece.pictures) - 1))
    others = beside(visit, world)
    return ProductView(
        chrome=chrome(visit, world),
        loading=False,
        product_id=piece.id,
        add=coming.left if coming else _add_words(variant, language),
        title=piece.named(language, default),
        maker=piece.maker,
        pitch=pick(piece.pitch, language, default),
        text_language=foreign((piece.title, piece.pitch, piece.story), visit, world),
        price=formats.money(variant.price, language),
        before=formats.money(variant.compare_at, language) if variant.compare_at else "",
        stock=level,
        stock_text=stock_text,
        options=tuple(_option(piece, o, variant, language, default) for o in piece.options),
        pictures=piece.pictures,
        picture=index,
        previous=w("Previous photograph"),
        next=w("Next photograph"),
        alt=pick(piece.pictures[index].alt, language, default) if piece.pictures else "",
        closer=w("Closer"),
        story=pick(piece.story, language, default),
        story_title=w("Its story"),
        facts=_facts(piece, language, default),
        meaning=pick(piece.meaning, language, default),
        meaning_proof=pick(piece.meaning_proof, language, default),
        reviews=reviews(piece, world, language),
        can_add=not coming and variant.available and _left(variant, visit) != 0,
        go_to_basket=w("See the basket") if visit.basket else "",
        phone=phone(visit, world, [piece.handle], chosen),
        read=_read(piece, visit, world),
        reading=visit.aloud.reading,
        beside_title=w("Goes with it") if others else "",
        beside=others,
        no_orders="" if world.takes_orders else no_orders(world, language),
        notice=notice(visit, world),
        by_seconds=coming is not None and coming.by_seconds,
    )


def _loading(visit: Visit, world: World) -> ProductView:
    return ProductView(
        chrome=chrome(visit, world),
        loading=True,
        product_id=visit.product_id or "",
        add=words(visit.language)("Add to basket"),
    )


def stock_words(variant: Variant, language: str) -> tuple[StockLevel, str]:
    w = words(language)
    if not variant.available:
        return "out", w("Sold out")
    if variant.stock is not None and variant.stock <= FEW:
        return "few", w.count("Only {n} left", "Only {n} left", variant.stock)
    return "in", w("In stock")


def _add_words(variant: Variant, language: str) -> str:
    w = words(language)
    return w("Add to basket") if variant.available else w("Sold out")


def _read(piece: Product, visit: Visit, world: World) -> str:
    w = words(visit.language)
    if visit.aloud.reading:
        return w("Stop reading")
    return w("Read aloud") if world.speaks & {visit.language, *piece.title} else ""


def _left(variant: Variant, visit: Visit) -> int | None:
    if variant.stock is None:
        return None
    return max(0, variant.stock - visit.basket.quantity_of(variant.id))


def _option(
    piece: Product, option: Option, chosen: Variant, language: str, default: str
) -> OptionView:
    values = []
    label = ""
    for value in option.values:
        target = _variant_for(piece, option, value, chosen)
        if target is None:
            continue
        selected = chosen.options.get(option.id) == value.id
        text = pick(value.title, language, default)
        label = text if selected else label
        level, stock_text = stock_words(target, language)
        values.append(
            ValueView(
                variant_id=target.id,
                label=text,
                swatch=value.swatch,
                selected=selected,
                available=target.available,
                stock=level,
                spoken=f"{text}, {stock_text}",
            )
        )
    return OptionView(pick(option.title, language, default), label, tuple(values))


def _variant_for(
    piece: Product, option: Option, value: OptionValue, chosen: Variant
) -> Variant | None:
    """The variant with this value and otherwise as close as possible to the chosen one."""
    with_value: Sequence[Variant] = [
        v for v in piece.variants if v.options.get(option.id) == value.id
    ]
    others = {k: v for k, v in chosen.options.items() if k != option.id}
    return max(
        with_value,
        key=lambda v: (sum(v.options.get(k) == x for k, x in others.items()), v.available),
        default=None,
    )


def _facts(piece: Product, language: str, default: str) -> tuple[Fact, ...]:
    w = words(language)
    facts = []
    if piece.maker:
        maker, town = piece.maker, piece.maker_town
        if town and piece.maker_km:
            km = formats.number(piece.maker_km, language)
            made = w("{maker}, {town}, {km} km from here", maker=maker, town=town, km=km)
        else:
            made = ", ".join(x for x in (maker, town) if x)
        facts.append(Fact("maker", w("Made by"), made))
    material = pick(piece.material, language, default)
    if material:
        facts.append(Fact("material", w("Material"), material))
    care = pick(piece.care, language, default)
    if care:
        facts.append(Fact("care", w("Care"), care))
    if piece.weight_g:
        facts.append(Fact("weight", w("Weight"), formats.weight(piece.weight_g, language)))
    return tuple(facts)
