"""The posters: what is said to those who pass."""

from dataclasses import dataclass, replace

from kiosk.contract import HeroCard
from kiosk.shop.catalogue import Picture, Product
from kiosk.shop.text import Texts, pick
from kiosk.window.visit.state import Visit
from kiosk.window.visit.views.common import (
    Chrome,
    chrome,
    foreign,
    offer,
    palette,
    price_words,
    status,
)
from kiosk.window.visit.words import words
from kiosk.window.visit.world import World

POSTER_PITCH = 90  # characters of a pitch that are still read in passing
# Height over width from which a picture was made for the glass; a product's is at most 5:4.
POSTER_SHAPE = 1.4


@dataclass(frozen=True, slots=True)
class Hero:
    """`line` is the poster's line; `second` the same in another language, for strangers.

    `framed` is a poster whose picture was not made for the glass, or is missing: the picture
    hangs in a frame below the line, which is then the piece's name, over its pitch.
    `text_language` says in which other language the line is ("Text in French"), or "".
    """

    id: str
    picture: Picture | None
    line: str
    second: str
    text_language: str
    product_id: str
    product: str
    price: str
    framed: bool


@dataclass(frozen=True, slots=True)
class AttractView:
    chrome: Chrome
    heroes: tuple[Hero, ...]
    status: str
    offer: str
    invite: str
    invite_second: str


def attract(visit: Visit, world: World) -> AttractView:
    shop, language = world.shop, visit.language
    w = words(language)
    second = next((c for c in shop.languages if c != language), language)
    own = tuple(_hero(h, visit, world) for h in _of_the_hour(world))
    return AttractView(
        chrome=chrome(visit, world),
        heroes=own or _stand_ins(visit, world),
        status=status(world, language),
        offer=offer(world, language),
        invite=w("Touch the glass"),
        invite_second=words(second)("Touch the glass") if second != language else "",
    )


def _of_the_hour(world: World) -> list[HeroCard]:
    """The heroes that suit the hour; all of them where none does."""
    now = palette(world)
    suited = [h for h in world.shop.heroes if h.when in (now, "any")]
    return suited or list(world.shop.heroes)


def shelf_hero(category_id: str | None, world: World) -> Picture | None:
    """The poster's picture of the hour for a shelf; for all shelves the first of the hour."""
    for hero in _of_the_hour(world):
        piece = world.products.get(hero.product_id)
        suits = category_id is None or (piece is not None and piece.category_id == category_id)
        if suits and _made_for_the_glass(hero.picture):
            return hero.picture
    return None


def _hero(hero: HeroCard, visit: Visit, world: World) -> Hero:
    product = world.products.get(hero.product_id)
    shown = _piece_poster(product, visit, world) if product else _words_poster({}, visit, world)
    said = _words_poster(hero.line, visit, world)
    framed = not _made_for_the_glass(hero.picture)
    shown = replace(shown, id=hero.id, picture=hero.picture, framed=framed)
    if not said.line and framed:
        return shown
    return replace(shown, line=said.line, second=said.second, text_language=said.text_language)


def _made_for_the_glass(picture: Picture) -> bool:
    largest = picture.renditions[-1] if picture.renditions else None
    return largest is None or largest.height >= POSTER_SHAPE * largest.width


def _stand_ins(visit: Visit, world: World) -> tuple[Hero, ...]:
    """Posters of a shop that made none: its tagline, its first pieces, at least its name."""
    shop = world.shop
    pieces = [world.products[key] for key in world.posters if key in world.products]
    tagline = _words_poster(shop.tagline, visit, world)
    shown = [tagline] if tagline.line else []
    shown += [_piece_poster(piece, visit, world) for piece in pieces]
    return tuple(shown) or (replace(tagline, line=shop.name),)


def _words_poster(texts: Texts, visit: Visit, world: World) -> Hero:
    """The words in the visitor's language and in the first other one of the shop's."""
    shop = world.shop
    line = pick(texts, visit.language, shop.default_language)
    others = (texts.get(code, "") for code in shop.languages)
    second = next((text for text in others if text and text != line), "")
    note = foreign((texts,), visit, world)
    return Hero("words", None, line, second, note, "", "", "", framed=True)


def _piece_poster(piece: Product, visit: Visit, world: World) -> Hero:
    language, default = visit.language, world.shop.default_language
    name, pitch = piece.named(language, default), pick(piece.pitch, language, default)
    return Hero(
        id=piece.id,
        picture=piece.pictures[0] if piece.pictures else None,
        line=name,
        second=pitch if len(pitch) <= POSTER_PITCH else "",
        text_language=foreign((piece.title, piece.pitch), visit, world),
        product_id=piece.id,
        product=name,
        price=price_words(piece.price_from, piece.has_price_range, language),
        framed=True,
    )
