"""Light rows for walls and lists, made once when a product arrives."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kiosk.shop.catalogue import (
    MAX_PITCH,
    MAX_STORY,
    MAX_TITLE,
    Picture,
    Product,
    Rendition,
    Variant,
)
from kiosk.shop.colour import Colour, families
from kiosk.shop.money import Money
from kiosk.shop.reviews import MAX_AUTHOR, MAX_REVIEW
from kiosk.shop.text import Texts, clean, fold
from kiosk.shop.wordforms import is_dense, words_of

MAX_SORT_TITLE = 80
MAX_SEARCHED = 4000
_MARK = "\ua66e"


@dataclass(frozen=True, slots=True)
class CardRow:
    """What a card shows of a product.

    `left` is the number of pieces of all variants, None where one of them is not counted.
    `compare_at` is the former price beside `price_from`, where there is one.
    """

    product_id: str
    version: int
    category_id: str
    title: Texts
    maker: str
    price_from: Money
    has_range: bool
    available: bool
    left: int | None
    picture: Picture | None
    compare_at: Money | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """Where a page ended: the sort key of its last row, in the order that was asked for."""

    at: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """`after` asks for the next page; None after the last one."""

    rows: tuple[CardRow, ...]
    after: Key | None


@dataclass(frozen=True, slots=True)
class CategoryShelf:
    """A category with something in it. `count` is its number of products."""

    id: str
    title: Texts
    position: int
    count: int


def card_json(product: Product) -> str:
    price = product.price_from
    stocks = [v.stock for v in product.variants]
    former = next(
        (v.compare_at for v in product.variants if v.price == price and v.compare_at), None
    )
    return json.dumps(
        {
            "v": product.version,
            "c": product.category_id,
            "t": _cleaned(product.title, MAX_TITLE),
            "m": clean(product.maker, MAX_TITLE),
            "p": [price.minor, price.currency],
            "r": product.has_price_range,
            "a": product.available,
            "l": None if None in stocks else sum(s for s in stocks if s),
            "i": [_picture(p) for p in product.pictures[:1]],
            "o": [former.minor, former.currency] if former and price < former else None,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def card_of(product_id: str, text: str) -> CardRow:
    card: dict[str, Any] = json.loads(text)
    return CardRow(
        product_id=product_id,
        version=card["v"],
        category_id=card["c"],
        title=card["t"],
        maker=card["m"],
        price_from=Money(*card["p"]),
        has_range=card["r"],
        available=card["a"],
        left=card["l"],
        picture=next((_picture_of(*p) for p in card["i"]), None),
        compare_at=Money(*card["o"]) if card["o"] else None,
    )


def pictures_json(product: Product) -> str:
    """Every rendition of every picture, as [[sha256, bytes], …]."""
    return json.dumps([[r.sha256, r.bytes] for p in product.pictures for r in p.renditions])


def sort_title(product: Product) -> str:
    return fold(next(iter(product.title.values()), ""))[:MAX_SORT_TITLE]


@dataclass(frozen=True, slots=True)
class Searched:
    """What a product is found by: folded words of its titles, of its makers, of the rest.

    `spoken` maps the words that a visitor might misspell to how they are written.
    """

    columns: tuple[str, str, str]
    spoken: Mapping[str, str]


def searched(product: Product) -> Searched:
    titles = _words(product.title.values())
    makers = _words((product.maker, product.maker_town))
    rest = _words(
        (
            *product.pitch.values(),
            *product.material.values(),
            *(t for o in product.options for v in o.values for t in v.title.values()),
            *(t for picture in product.pictures for t in picture.alt.values()),
        )
    )
    numbers = _words(word for v in product.variants for word in (v.sku, v.gtin) if word)
    spoken = {
        word: shown
        for word, shown in (rest | makers | titles).items()
        if len(word) > 2 and not is_dense(word) and not any(c.isdigit() for c in word)
    }
    bits = colour_bits(product)[0]
    marks = [shelf_mark(product.category_id), *(colour_mark(c) for c in Colour if bits & c.bit)]
    others = " ".join([*rest, *numbers, *marks])
    return Searched((" ".join(titles), " ".join(makers), others), spoken)


def shelf_mark(category_id: str) -> str:
    """What stands for a category among a product's words; nobody can type it."""
    return _MARK + hashlib.sha256(category_id.encode()).hexdigest()[:12]


def colour_mark(colour: Colour) -> str:
    """What stands for a colour family among a product's words; nobody can type it."""
    return _MARK + colour.value


def colour_bits(product: Product) -> tuple[int, int]:
    """The colour families of all variants, and of those that can be had."""
    swatches = {(o.id, v.id): v.swatch for o in product.options for v in o.values if v.swatch}

    def bits(variants: Iterable[Variant]) -> int:
        chosen = {pair for v in variants for pair in v.options.items()}
        return families(swatches[pair] for pair in chosen if pair in swatches)

    return bits(product.variants), bits(v for v in product.variants if v.available)


def shown(product: Product) -> Product:
    """The product with every text safe to draw: cleaned and capped."""
    return replace(
        product,
        title=_cleaned(product.title, MAX_TITLE),
        pitch=_cleaned(product.pitch, MAX_PITCH),
        story=_cleaned(product.story, MAX_STORY, lines=True),
        maker=clean(product.maker, MAX_TITLE),
        maker_town=clean(product.maker_town, MAX_TITLE),
        material=_cleaned(product.material, MAX_PITCH),
        care=_cleaned(product.care, MAX_STORY, lines=True),
        meaning=_cleaned(product.meaning, MAX_STORY, lines=True),
        meaning_proof=_cleaned(product.meaning_proof, MAX_STORY, lines=True),
        options=tuple(
            replace(
                o,
                title=_cleaned(o.title, MAX_TITLE),
                values=tuple(replace(v, title=_cleaned(v.title, MAX_TITLE)) for v in o.values),
            )
            for o in product.options
        ),
        reviews=tuple(
            replace(
                r,
                author=clean(r.author, MAX_AUTHOR),
                text=_cleaned(r.text, MAX_REVIEW, lines=True),
            )
            for r in product.reviews
        ),
    )


def _words(texts: Iterable[str]) -> dict[str, str]:
    """Folded word → as written, with its accents where it has any; each once, in order."""
    found: dict[str, str] = {}
    for word, written in words_of(" \n".join(texts)[:MAX_SEARCHED]):
        if found.get(word, word) == word:
            found[word] = written
    return found


def _cleaned(texts: Mapping[str, str], limit: int, *, lines: bool = False) -> dict[str, str]:
    return {code: clean(text, limit, lines=lines) for code, text in texts.items()}


def _picture(picture: Picture) -> list[object]:
    sizes = [[r.sha256, r.width, r.height, r.bytes] for r in picture.renditions]
    return [sizes, _cleaned(picture.alt, MAX_TITLE)]


def _picture_of(sizes: list[list[Any]], alt: dict[str, str]) -> Picture:
    return Picture(tuple(Rendition(*size) for size in sizes), alt)
