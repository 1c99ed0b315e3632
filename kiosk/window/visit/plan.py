"""The brand's plan in a visit: where an idle window rests, and which pieces its posters show."""

from dataclasses import replace

from kiosk.contract import ShopProfile
from kiosk.window.visit.state import Screen, Visit
from kiosk.window.visit.world import World

MAX_PIECES = 6  # of one window's products that become posters

AT_REST = frozenset({Screen.ATTRACT, Screen.DARK})


def resting(visit: Visit, world: World) -> Visit:
    """The visit, dark or lit as the hour wants it. A visit in progress is never touched."""
    if visit.screen not in AT_REST:
        return visit
    screen = Screen.DARK if world.is_dark() else Screen.ATTRACT
    return visit if visit.screen is screen else replace(visit, screen=screen)


def poster_pieces(profile: ShopProfile | None) -> set[str]:
    """The ids of all pieces that a poster of this shop, or its quick three, may show."""
    if profile is None:
        return set()
    found = {hero.product_id for hero in (*profile.heroes, *profile.window_heroes)}
    found.update(profile.quick)
    for window in profile.windows:
        found.update(window.products[:MAX_PIECES])
    return found - {""}
