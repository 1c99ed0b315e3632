"""The posters: what is said to those who pass."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kiosk.contract import HeroCard
from kiosk.shop.catalogue import Product
from kiosk.shop.schedule import PlannedWindow
from kiosk.shop.text import Texts, pick
from kiosk.window.visit.plan import MAX_PIECES
from kiosk.window.visit.state import Visit
from kiosk.window.visit.views.around import quick_label, stories_label
from kiosk.window.visit.views.common import (
    Chrome,
    chrome,
    foreign,
    offer,
    price_words,
    status,
)
from kiosk.window.visit.views.countdown import countdown
from kiosk.window.visit.views.heroes import Hero, made_for_the_glass, suited
from kiosk.window.visit.views.passing import passing
from kiosk.window.visit.words import words
from kiosk.window.visit.world import World


@dataclass(frozen=True, slots=True)
class AttractView:
    """`now` is what is true at this minute, in a sentence or two: `status`, then `offer`.

    `by_seconds` is True while a countdown changes every second. `quick` and `stories` name the
    ways past the shelves, "" for none.
    """

    chrome: Chrome
    heroes: tuple[Hero, ...]
    now: str
    status: str
    offer: str
    invite: str
    invite_second: str
    quick: str = ""
    stories: str = ""
    by_seconds: bool = False


def attract(visit: Visit, world: World) -> AttractView:
    shop, language = world.shop, visit.language
    w = words(language)
    second = next((c for c in shop.languages if c != language), language)
    shown = [_counted(hero, world, language) for hero in _seen_first(_posters(visit, world))]
    heroes = (*shown[:1], *passing(visit, world), *shown[1:])
    says, offered = status(world, language), offer(world, language)
    return AttractView(
        chrome=chrome(visit, world),
        heroes=heroes,
        now=" ".join(sentence for sentence in (_sentence(says), offered) if sentence),
        status=says,
        offer=offered,
        invite=w("Touch the glass"),
        invite_second=words(second)("Touch the glass") if second != language else "",
        quick=quick_label(visit, world),
        stories=stories_label(visit, world),
        by_seconds=_by_seconds(heroes, world, language),
    )


def _by_seconds(heroes: tuple[Hero, ...], world: World, language: str) -> bool:
    counts = (countdown(hero.product_id, world, language) for hero in heroes if hero.left)
    return any(count.by_seconds for count in counts if count)


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".。!?" else f"{text}."


# ---- which posters -----------------------------------------------------------------------------


def _posters(visit: Visit, world: World) -> Iterator[Hero]:
    """The drops' posters, then the collection's, else those of the hour, else stand-ins."""
    showing = world.showing()
    for drop in showing.drops:
        yield from _of_the_window(drop, visit, world)
    planned = _of_the_window(showing.collection, visit, world) if showing.collection else []
    usual = [_hero(card, visit, world) for card in suited(world.shop.heroes, world)]
    yield from planned or usual or _stand_ins(visit, world)


def _seen_first(heroes: Iterator[Hero]) -> list[Hero]:
    """A piece whose photograph is still being made waits until those that can be seen were."""
    return sorted(heroes, key=lambda hero: bool(hero.product_id) and hero.picture is None)


def _of_the_window(window: PlannedWindow, visit: Visit, world: World) -> list[Hero]:
    """A planned window's own posters, then one for each of its products.

    The window's line stands on the first of them that has no line of its own.
    """
    shop = world.shop
    cards = [h for h in (*shop.heroes, *shop.window_heroes) if h.id in window.heroes]
    shown = [_hero(card, visit, world) for card in suited(cards, world)]
    named = {hero.product_id for hero in shown}
    for product_id in window.products[:MAX_PIECES]:
        piece = world.products.get(product_id)
        if piece is not None and product_id not in named:
            shown.append(_piece_poster(piece, visit, world))
    said = _words_poster(window.line, visit, world)
    eyebrow = pick(window.title, visit.language, shop.default_language)
    wordless = next((i for i, h in enumerate(shown) if h.line in ("", h.product)), None)
    if said.line and wordless is not None:
        shown[wordless] = replace(shown[wordless], line=said.line, second=said.second)
    return [replace(hero, eyebrow=eyebrow) for hero in shown]


def _counted(hero: Hero, world: World, language: str) -> Hero:
    count = countdown(hero.product_id, world, language) if hero.product_id else None
    return replace(hero, opens=count.opens, left=count.left) if count else hero


# ---- one poster --------------------------------------------------------------------------------


def _hero(hero: HeroCard, visit: Visit, world: World) -> Hero:
    product = world.products.get(hero.product_id)
    shown = _piece_poster(product, visit, world) if product else _words_poster({}, visit, world)
    said = _words_poster(hero.line, visit, world)
    framed = not made_for_the_glass(hero.picture)
    shown = replace(shown, id=hero.id, picture=hero.picture, framed=framed)
    if not said.line and framed:
        return shown
    return replace(shown, line=said.line, second=said.second, text_language=said.text_language)


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
    return Hero("words", None, line, second, note, "", "", "", "", framed=True)


def _piece_poster(piece: Product, visit: Visit, world: World) -> Hero:
    language, default = visit.language, world.shop.default_language
    name = piece.named(language, default)
    return Hero(
        id=piece.id,
        picture=piece.pictures[0] if piece.pictures else None,
        line=name,
        second="",
        text_language=foreign((piece.title, piece.pitch), visit, world),
        product_id=piece.id,
        product=name,
        pitch=pick(piece.pitch, language, default),
        price=price_words(piece.price_from, piece.has_price_range, language),
        framed=True,
    )
