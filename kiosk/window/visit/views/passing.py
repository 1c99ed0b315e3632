"""What the posters tell passers-by of a ride: that there is one, about how far, of nobody."""

from collections.abc import Iterator

from kiosk.shop import formats
from kiosk.shop.geo import Point, distance_m
from kiosk.window.visit.state import Visit
from kiosk.window.visit.views.heroes import Hero, shelf_hero
from kiosk.window.visit.words import Words, words
from kiosk.window.visit.world import World

STEP_M = 100  # what is said of a distance, of a place known to some 150 m


def passing(visit: Visit, world: World) -> Iterator[Hero]:
    """A poster in the picture of the hour while somebody rides; none while nobody can know."""
    if not world.passing or not world.online:
        return
    shop, language = world.shop, visit.language
    other = next((code for code in shop.languages if code != language), "")
    w, picture = words(language), shelf_hero(None, world)
    invented = w("Demonstration: simulated courier and ride, time runs faster")
    yield Hero(
        id="passing",
        picture=picture,
        line=_line(world, w),
        second=_line(world, words(other)) if other else "",
        text_language="",
        product_id="",
        product="",
        pitch="",
        price="",
        framed=picture is None,
        eyebrow=invented if any(ride.simulated for ride in world.passing) else "",
        opens=_where(world, language),
    )


def _line(world: World, w: Words) -> str:
    if len(world.passing) == 1:
        return w("An order is on its way through the quarter.")
    return w.count(
        "{n} order is on its way through the quarter.",
        "{n} orders are on their way through the quarter.",
        len(world.passing),
    )


def _where(world: World, language: str) -> str:
    """How far away the nearest one is."""
    w, here = words(language), world.shop.address.location
    far = min(distance_m(here, Point(ride.lat, ride.lon)) for ride in world.passing)
    if far < STEP_M:
        return w("Now, just around the corner")
    metres = formats.number(round(far / STEP_M) * STEP_M, language)
    return w("Now, about {metres} m from here", metres=metres)
