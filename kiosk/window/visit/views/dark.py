"""The dark hours: a black glass with one small code."""

from dataclasses import dataclass
from datetime import UTC, datetime

from kiosk.contract.pages import pieces_url
from kiosk.window.visit.state import Visit
from kiosk.window.visit.views.common import Chrome, chrome
from kiosk.window.visit.views.posters import attract
from kiosk.window.visit.words import words
from kiosk.window.visit.world import World

STAY_MINUTES = 5  # in one place: what never moves burns into a panel
_PLACES = 7  # steps across and up; prime to each other's stride, so that all are visited


@dataclass(frozen=True, slots=True)
class DarkView:
    """`address` is what the code says: the page of the first poster's piece, with the shop's
    place and hours; "" for no code. `across` and `up` are shares from 0 to 1.
    """

    chrome: Chrome
    address: str
    invite: str
    across: float
    up: float


def dark(visit: Visit, world: World) -> DarkView:
    across, up = _place(world.now)
    return DarkView(
        chrome=chrome(visit, world),
        address=_address(visit, world),
        invite=words(visit.language)("Touch the glass"),
        across=across,
        up=up,
    )


def _address(visit: Visit, world: World) -> str:
    base = world.shop.public_url
    pieces = (world.products.get(hero.product_id) for hero in attract(visit, world).heroes)
    handle = next((piece.handle for piece in pieces if piece), "")
    return pieces_url(base, visit.language, [handle]) if base and handle else ""


def _place(now: datetime) -> tuple[float, float]:
    """Where the code stands at that minute; nearly fifty places, each for a few minutes."""
    step = int(now.astimezone(UTC).timestamp()) // (STAY_MINUTES * 60)
    return step * 3 % _PLACES / (_PLACES - 1), step // _PLACES * 2 % _PLACES / (_PLACES - 1)
