"""The posters: what is said to those who pass."""

from dataclasses import dataclass, replace

from kiosk.contract import HeroCard
from kiosk.shop.catalogue import Picture, Product
from kiosk.shop.promise import Fulfilment
from kiosk.shop.text import pick
from kiosk.window.visit.state import Visit
from kiosk.window.visit.views.common import (
    Chrome,
    chrome,
    moment_words,
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
    """

    id: str
    picture: Picture | None
    line: str
    second: str
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
    own = tuple(_hero(h, world, language, second) for h in _of_the_hour(world))
    return AttractView(
        chrome=chrome(visit, world),
        heroes=own or _stand_ins(world, language, second),
        status=status(world, language),
        offer=_offer(world, language),
        invite=w("Touch the glass"),
        invite_second=words(second)("Touch the glass") if second != language else "",
    )


def _of_the_hour(world: World) -> list[HeroCard]:
    """The heroes that suit the hour; all of them where none does."""
    now = palette(world)
    suited = [h for h in world.shop.heroes if h.when in (now, "any")]
    return suited or list(world.shop.heroes)


def _hero(hero: HeroCard, world: World, language: str, second: str) -> Hero:
    product = world.products.get(hero.product_id)
    shown = _piece_poster(product, world, language) if product else _words_poster("", "")
    line = pick(hero.line, language, world.shop.default_language)
    other = hero.line.get(second, "")
    framed = not _made_for_the_glass(hero.picture)
    shown = replace(shown, id=hero.id, picture=hero.picture, framed=framed)
    if line or not framed:
        return replace(shown, line=line, second=other if other != line else "")
    return shown


def _made_for_the_glass(picture: Picture) -> bool:
    largest = picture.renditions[-1] if picture.renditions else None
    return largest is None or largest.height >= POSTER_SHAPE * largest.width


def _stand_ins(world: World, language: str, second: str) -> tuple[Hero, ...]:
    """Posters of a shop that made none: its tagline, its first pieces, at least its name."""
    shop = world.shop
    tagline = pick(shop.tagline, language, shop.default_language)
    other = shop.tagline.get(second, "")
    pieces = [world.products[key] for key in world.posters if key in world.products]
    shown = [_words_poster(tagline, other if other != tagline else "")] if tagline else []
    shown += [_piece_poster(piece, world, language) for piece in pieces]
    return tuple(shown) or (_words_poster(shop.name, ""),)


def _words_poster(line: str, second: str) -> Hero:
    return Hero("words", None, line, second, "", "", "", framed=True)


def _piece_poster(piece: Product, world: World, language: str) -> Hero:
    default = world.shop.default_language
    name, pitch = piece.named(language, default), pick(piece.pitch, language, default)
    return Hero(
        id=piece.id,
        picture=piece.pictures[0] if piece.pictures else None,
        line=name,
        second=pitch if len(pitch) <= POSTER_PITCH else "",
        product_id=piece.id,
        product=name,
        price=price_words(piece.price_from, piece.has_price_range, language),
        framed=True,
    )


def _offer(world: World, language: str) -> str:
    """What is true now: when an order placed at this minute would be with its buyer."""
    w, shop = words(language), world.shop
    if not world.may_order():
        return ""
    now = shop.hours.local(world.now)
    if shop.courier.enabled and (p := world.promise(Fulfilment.COURIER)):
        when = moment_words(p.done_by, now, language)
        return w("Order now: with you {when}.", when=when)
    if shop.collect.enabled and (p := world.promise(Fulfilment.COLLECT)):
        return w("Order now: ready {when}.", when=moment_words(p.done_by, now, language))
    return ""
