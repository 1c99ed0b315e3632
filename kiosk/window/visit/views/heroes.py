"""Which of the shop's large pictures suits the hour and the shelf."""

from kiosk.contract import HeroCard
from kiosk.shop import posters
from kiosk.shop.catalogue import Picture
from kiosk.shop.posters import made_for_the_glass
from kiosk.window.visit.views.common import palette
from kiosk.window.visit.world import World

__all__ = ["made_for_the_glass", "shelf_hero", "suited"]


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
