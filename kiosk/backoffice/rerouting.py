"""Another way for a courier who has left the planned one."""

from kiosk.backoffice.routing import NoRouteError, Route, Router
from kiosk.shop.geo import Point, distance_m

# Streets from one place to another are so much longer than the straight line; one who came by
# other ways (a park, a yard) is not drawn on a tour that nobody rode.
_AROUND, _AROUND_M = 2.0, 60.0


def another_way(known: Router, last: Point, where: Point, door: Point) -> Route:
    """From `where` a courier is, off the planned way, to the door. Raises NoRouteError.

    It begins where they were `last` seen on the way, if streets lead from there: so a marker that
    still stands there rides after them, and need not be put elsewhere.
    """
    onward = known.route(where, door)
    try:
        there = known.route(last, where)
    except NoRouteError:
        return onward
    if there.metres > _AROUND * distance_m(last, where) + _AROUND_M:
        return onward
    begun = there.seconds[-1]
    return Route(
        there.points + onward.points,
        there.seconds + tuple(begun + second for second in onward.seconds),
        there.metres + onward.metres,
    )
