"""A poster, and which of the shop's large pictures suits the hour and the shelf."""

from dataclasses import dataclass

from kiosk.contract import HeroCard
from kiosk.shop import posters
from kiosk.shop.catalogue import Picture
from kiosk.shop.posters import made_for_the_glass
from kiosk.window.visit.views.common import palette
from kiosk.window.visit.world import World

__all__ = ["Hero", "made_for_the_glass", "shelf_hero", "suited"]


@dataclass(frozen=True, slots=True)
class Hero:
    """`line` is the poster's line; `second` the same in another language, for strangers.

    `product`, `pitch` and `price` are of the piece that it shows. `eyebrow` names the collection
    or the drop that it belongs to; `opens` and `left` count down to a drop that lies ahead.
    `framed` is a poster whose picture was not made for the glass, or is missing: the picture
    hangs in a frame below the line, which is then the piece's name.
    `text_language` says in which other language the words are ("Text in French"), or "".
    """

    id: str
    picture: Picture | None
    line: str
    second: str
    text_language: str
    product_id: str
    product: str
    pitch: str
    price: str
    framed: bool
    eyebrow: str = ""
    opens: str = ""
    left: str = ""


def suited(heroes: list[HeroCard], world: World) -> list[HeroCard]:
    """The heroes that suit the hour; all of them where none does."""
    return posters.suited(heroes, palette(world))


def shelf_hero(category_id: str | None, world: World) -> Picture | None:
    """The poster's picture of the hour for a shelf; for all shelves the first of the hour."""
    for hero in suited(world.shop.heroes, world):
        piece = world.products.get(hero.product_id)
        suits = category_id is None or (piece is not None and piece.category_id == category_id)
        if suits and made_for_the_glass(hero.picture):
            return hero.picture
    return None
