"""The shelves, one piece."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.shop import formats
from kiosk.shop.catalogue import Option, OptionValue, Picture, Product, Variant
from kiosk.shop.money import Money
from kiosk.shop.text import Texts, pick
from kiosk.window.visit.state import Visit
from kiosk.window.visit.views.common import (
    Chrome,
    chrome,
    foreign,
    notice,
    price_words,
)
from kiosk.window.visit.views.countdown import countdown
from kiosk.window.visit.views.posters import shelf_hero
from kiosk.window.visit.words import words
from kiosk.window.visit.world import World

FEW = 3  # from here down the glass says how many are left

StockLevel = Literal["in", "few", "out"]


@dataclass(frozen=True, slots=True)
class PreparingView:
    """A window without a catalogue yet."""

    chrome: Chrome
    title: str
    detail: str
    progress: float | None


@dataclass(frozen=True, slots=True)
class CategoryChip:
    id: str | None
    title: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class BrowseView:
    """`text_language` says in which other language the shelves are ("Text in French"), or "".

    `hero` is a picture made for the glass that suits the shelf and the hour, or None.
    """

    chrome: Chrome
    title: str
    text_language: str
    category_id: str | None
    categories: tuple[CategoryChip, ...]
    empty: str
    counted: str
    hero: Picture | None
    notice: str


@dataclass(frozen=True, slots=True)
class CardText:
    """The words on a card. `badge` is "" or "Sold out", "Last pieces"."""

    title: str
    maker: str
    price: str
    before: str
    badge: str
    sold_out: bool


@dataclass(frozen=True, slots=True)
class ValueView:
    """A touch on it chooses `variant_id`."""

    variant_id: str
    label: str
    swatch: str
    selected: bool
    available: bool


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
    """

    chrome: Chrome
    loading: bool
    product_id: str
    title: str
    maker: str
    pitch: str
    text_language: str
    price: str
    before: str
    stock: StockLevel
    stock_text: str
    options: tuple[OptionView, ...]
    pictures: tuple[Picture, ...]
    picture: int
    story: str
    story_title: str
    facts: tuple[Fact, ...]
    meaning: str
    meaning_proof: str
    add: str
    can_add: bool
    go_to_basket: str
    notice: str
    by_seconds: bool = False


def preparing(visit: Visit, world: World, done: int = 0, total: int = 0) -> PreparingView:
    w = words(visit.language)
    return PreparingView(
        chrome=chrome(visit, world),
        title=w("The window is being prepared"),
        detail=w("A few moments, and the shop is here."),
        progress=done / total if total else None,
    )


# ---- shelves -----------------------------------------------------------------------------------


def browse(visit: Visit, world: World, shelves: Iterable[tuple[str, Texts, int]]) -> BrowseView:
    """`shelves` are (category id, title, number of products) in the shop's order."""
    w, shop = words(visit.language), world.shop
    known = list(shelves)
    chips = [
        CategoryChip(None, w("Everything"), sum(n for _, _, n in known), visit.category_id is None)
    ]
    chips += [
        CategoryChip(
            key, pick(title, visit.language, shop.default_language), n, key == visit.category_id
        )
        for key, title, n in known
    ]
    chosen = next((c for c in chips if c.selected), chips[0])
    return BrowseView(
        chrome=chrome(visit, world),
        title=chosen.title,
        text_language=foreign([title for _, title, _ in known], visit, world),
        category_id=chosen.id,
        categories=tuple(chips),
        empty=w("Nothing on this shelf just now.") if chosen.count == 0 else "",
        counted=w.count("{n} piece", "{n} pieces", chosen.count) if chosen.count else "",
        hero=shelf_hero(visit.category_id, world),
        notice=notice(visit, world),
    )


def card(
    *,
    title: Texts,
    maker: str,
    price_from: Money,
    has_range: bool,
    compare_at: Money | None,
    stock: int | None,
    available: bool,
    language: str,
    default: str,
) -> CardText:
    """`stock` is the sum over the variants, None where it is not counted."""
    w = words(language)
    badge = ""
    if not available:
        badge = w("Sold out")
    elif stock is not None and stock <= FEW:
        badge = w("Last pieces")
    return CardText(
        title=pick(title, language, default),
        maker=maker,
        price=price_words(price_from, has_range, language),
        before=formats.money(compare_at, language) if compare_at else "",
        badge=badge,
        sold_out=not available,
    )


# ---- one piece ---------------------------------------------------------------------------------


def product(visit: Visit, world: World) -> ProductView:
    w, language = words(visit.language), visit.language
    piece = world.products.get(visit.product_id or "")
    if piece is None:
        return _loading(visit, world)
    default = world.shop.default_language
    variant = piece.variant(visit.variant_id or "") or piece.variants[0]
    level, stock_text = _stock(variant, language)
    coming = countdown(piece.id, world, language)
    if coming:
        level, stock_text = "few", coming.opens
    return ProductView(
        chrome=chrome(visit, world),
        loading=False,
        product_id=piece.id,
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
        picture=min(visit.picture, max(0, len(piece.pictures) - 1)),
        story=pick(piece.story, language, default),
        story_title=w("Its story"),
        facts=_facts(piece, language, default),
        meaning=pick(piece.meaning, language, default),
        meaning_proof=pick(piece.meaning_proof, language, default),
        add=coming.left if coming else _add_words(variant, language),
        can_add=not coming and variant.available and _left(variant, visit) != 0,
        go_to_basket=w("See the basket") if visit.basket else "",
        notice=notice(visit, world),
        by_seconds=coming is not None and coming.by_seconds,
    )


def _add_words(variant: Variant, language: str) -> str:
    w = words(language)
    return w("Add to basket") if variant.available else w("Sold out")


def _loading(visit: Visit, world: World) -> ProductView:
    return ProductView(
        chrome=chrome(visit, world),
        loading=True,
        product_id=visit.product_id or "",
        title="",
        maker="",
        pitch="",
        text_language="",
        price="",
        before="",
        stock="in",
        stock_text="",
        options=(),
        pictures=(),
        picture=0,
        story="",
        story_title="",
        facts=(),
        meaning="",
        meaning_proof="",
        add=words(visit.language)("Add to basket"),
        can_add=False,
        go_to_basket="",
        notice="",
    )


def _left(variant: Variant, visit: Visit) -> int | None:
    if variant.stock is None:
        return None
    return max(0, variant.stock - visit.basket.quantity_of(variant.id))


def _stock(variant: Variant, language: str) -> tuple[StockLevel, str]:
    w = words(language)
    if not variant.available:
        return "out", w("Sold out")
    if variant.stock is not None and variant.stock <= FEW:
        return "few", w.count("Only {n} left", "Only {n} left", variant.stock)
    return "in", w("In stock")


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
        values.append(ValueView(target.id, text, value.swatch, selected, target.available))
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
        where = piece.maker_town
        if where and piece.maker_km:
            km = formats.number(piece.maker_km, language)
            where = w("{town}, {km} km from here", town=where, km=km)
        facts.append(Fact("maker", w("Made by"), ", ".join(x for x in (piece.maker, where) if x)))
    material = pick(piece.material, language, default)
    if material:
        facts.append(Fact("material", w("Material"), material))
    care = pick(piece.care, language, default)
    if care:
        facts.append(Fact("care", w("Care"), care))
    if piece.weight_g:
        facts.append(Fact("weight", w("Weight"), formats.weight(piece.weight_g, language)))
    return tuple(facts)
