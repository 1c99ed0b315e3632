"""The shelves."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.shop import formats
from kiosk.shop.catalogue import Picture
from kiosk.shop.money import Money
from kiosk.shop.text import Texts, pick
from kiosk.window.visit.state import Visit
from kiosk.window.visit.views.around import quick_label, stories_label
from kiosk.window.visit.views.common import (
    Chrome,
    chrome,
    foreign,
    notice,
    price_words,
)
from kiosk.window.visit.views.heroes import shelf_hero
from kiosk.window.visit.words import words
from kiosk.window.visit.world import World

FEW = 3  # from here down the glass says how many are left


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

    `hero` is a picture made for the glass that suits the shelf and the hour, or None. `quick`
    and `stories` name the ways to the quick three and to the lookbooks, "" for none.
    """

    chrome: Chrome
    title: str
    text_language: str
    category_id: str | None
    categories: tuple[CategoryChip, ...]
    empty: str
    counted: str
    search: str
    filters: str
    hero: Picture | None
    notice: str
    quick: str = ""
    stories: str = ""


@dataclass(frozen=True, slots=True)
class CardText:
    """The words on a card. `badge` is "" or "Sold out", "Last pieces"."""

    title: str
    maker: str
    price: str
    before: str
    badge: str
    sold_out: bool


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
        search=w("Search"),
        filters=w("Filters"),
        hero=shelf_hero(visit.category_id, world),
        notice=notice(visit, world),
        quick=quick_label(visit, world),
        stories=stories_label(visit, world),
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
