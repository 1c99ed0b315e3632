"""Which of the shop's large pictures suits the hour and the shelf."""

from kiosk.contract import HeroCard
from kiosk.shop.catalogue import Picture
from kiosk.window.visit.views.common import palette
from kiosk.window.visit.world import World

# Height over width from which a picture was made for the glass; a product's is at most 5:4.
POSTER_SHAPE = 1.4


def suited(heroes: list[HeroCard], world: World) -> list[HeroCard]:
    """The heroes that suit the hour; all of them where none does."""
    now = palette(world)
    return [h for h in heroes if h.when in (now, "any")] or heroes


def made_for_the_glass(picture: Picture) -> bool:
    largest = picture.renditions[-1] if picture.renditions else None
    return largest is None or largest.height >= POSTER_SHAPE * largest.width


def shelf_hero(category_id: str | None, world: World) -> Picture | None:
    """The poster's picture of the hour for a shelf; for all shelves the first of the hour."""
    for hero in suited(world.shop.heroes, world):
        piece = world.products.get(hero.product_id)
        suits = category_id is None or (piece is not None and piece.category_id == category_id)
        if suits and made_for_the_glass(hero.picture):
            return hero.picture
    return None
