"""The first photograph of a box that has nothing yet, fetched while its window is being opened.

The rest of the window takes a second more to load. Light at the top: it is imported at every start.
"""

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from kiosk.window.settings import WindowSettings
from kiosk.window.stage.firstframe.crop import FRAMED_ANCHOR, anchor
from kiosk.window.stage.firstframe.still import NAME, Still

if TYPE_CHECKING:
    from kiosk.contract import ShopProfile
    from kiosk.shop.catalogue import Picture

log = logging.getLogger(__name__)

# An open window waits so long for the back office before it goes on without a photograph.
WAIT_S = 2.0
# About where the posters hang: their words are not known before the rest is loaded.
FOOT, FRAMED_HEIGHT, SIDE = 0.31, 0.42, 0.44

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """`data` is the file of `sha256`, of a picture that was `made` for a glass; it hangs before
    `ground` ("#RRGGBB").
    """

    sha256: str
    data: bytes
    made: bool
    ground: str


def send_out(settings: WindowSettings) -> "Scout | None":
    """A scout on its way; None where something is kept from before, or there is nobody to ask."""
    kept = any((settings.data / name).exists() for name in (NAME, "catalogue.db"))
    if kept or not settings.base_url:
        return None
    return Scout(settings)


class Scout:
    """Asks for the shop and its first poster, on a thread of its own, from the moment it is made.

    What goes wrong is only logged: the link will ask again.
    """

    def __init__(self, settings: WindowSettings) -> None:
        self._settings = settings
        self._found: Found | None = None
        self._thread = threading.Thread(target=self._go, name="scout", daemon=True)
        self._thread.start()

    def brought(self, glass: tuple[int, int]) -> Still | None:
        """The photograph as it hangs on `glass` (pixels); None where none has come in WAIT_S."""
        from kiosk.window.stage.textures import cover  # while the thread waits for its answer

        self._thread.join(WAIT_S)
        found = self._found
        if found is None:
            return None
        left, bottom, width, height = place(glass, made=found.made)
        middle = anchor(width, height) if found.made else FRAMED_ANCHOR
        try:
            photograph = cover(BytesIO(found.data), width, height, middle)
        except (OSError, ValueError) as error:
            log.warning("the first photograph cannot be shown: %s", error)
            return None
        pixels = photograph.convert("RGBA").tobytes()
        names = found.ground, found.sha256, middle
        return Still(glass, (left, bottom), (width, height), *names, datetime.now(UTC), pixels)

    def _go(self) -> None:
        try:
            self._found = self._ask()
        except Exception as error:
            log.info("no photograph before the rest is loaded: %s", error)

    def _ask(self) -> Found | None:
        from kiosk.contract.brand import load_brand
        from kiosk.shop.posters import made_for_the_glass, palette
        from kiosk.shop.schedule import showing
        from kiosk.window.link.client import BackOfficeClient

        told, now = self._settings, datetime.now(UTC)
        client = BackOfficeClient(told.base_url, told.token, ca_file=told.ca_file)
        try:
            answer = client.profile()
            shop = answer.profile if answer is not None else None
            picture = first_picture(shop, now) if shop is not None else None
            if shop is None or picture is None:
                return None
            made = made_for_the_glass(picture)
            _, _, *size = place((told.width, told.height), made=made)
            wanted = picture.at_least(*size)
            if wanted is None:
                return None
            data = client.picture(wanted.sha256)
        finally:
            client.close()
        if sha256(data).hexdigest() != wanted.sha256:
            raise ValueError("another photograph came than was asked for")
        theme = showing(shop.windows, now, shop.hours.zone).theme
        night = palette(theme, shop.hours, now) == "night"
        ground = load_brand(told.brand).palette(night=night, theme=theme)["paper"]
        return Found(wanted.sha256, data, made, ground)


def first_picture(shop: "ShopProfile", now: datetime) -> "Picture | None":
    """What hangs first at `now`; None in the shop's dark hours, or where no poster is its own."""
    from kiosk.shop.posters import palette, suited
    from kiosk.shop.schedule import showing

    if shop.dark_hours.is_dark(now, shop.hours):
        return None
    on = showing(shop.windows, now, shop.hours.zone)
    every = (*shop.heroes, *shop.window_heroes)
    planned = [*on.drops, *([on.collection] if on.collection else [])]
    named = [hero for window in planned for hero in every if hero.id in window.heroes]
    posters = suited(named or shop.heroes, palette(on.theme, shop.hours, now))
    return next((hero.picture for hero in posters if hero.picture.renditions), None)


def place(glass: tuple[int, int], *, made: bool) -> Box:
    """Left, bottom, width and height of the photograph on `glass` (pixels)."""
    width, height = glass
    if width > height:
        return 0, 0, round(width * SIDE), height
    foot = round(height * FOOT)
    return 0, foot, width, height - foot if made else round(height * FRAMED_HEIGHT)
