"""One evening: the real back office in its own process, a wire, the real window, a visitor."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.ops.embedded import Address, EmbeddedBackOffice
from kiosk.ops.places import resources
from kiosk.ops.tour.visitor import Visitor
from kiosk.window.settings import WindowSettings
from tests.journeys.wire import Wire

CATALOGUE = resources() / "catalog"
BRAND = resources() / "assets" / "brand"
PACE = 40.0
# Whatever time it is where the tests run: the shop stands where it is evening.
HOUR = 22


@dataclass(frozen=True)
class Evening:
    """What a journey has in hand. `office` can be stopped with a signal to `office.pid`."""

    folder: Path
    office: EmbeddedBackOffice
    address: Address
    wire: Wire
    visitor: Visitor

    def orders(self) -> list[tuple[str, str, str]]:
        """(intent, number, status) of every order in the back office's own database."""
        database = self.folder / "backoffice" / "backoffice.sqlite3"
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT intent_id, number, status FROM orders_order")
            return [tuple(map(str, row)) for row in rows]


def settings(
    folder: Path,
    url: str,
    token: str,
    language: str = "fr",
    brand: Path = BRAND,
    camera: str = "",
) -> WindowSettings:
    return WindowSettings(
        base_url=url,
        token=token,
        data=folder / "window",
        brand=brand,
        width=540,
        height=960,
        language=language,
        demo=True,
        camera=camera,
    )


@contextmanager
def evening(
    folder: Path, catalogue: Path = CATALOGUE, brand: Path = BRAND, camera: str = ""
) -> Iterator[Evening]:
    """The demo shop, its window awake on the posters. Must run in a process of its own."""
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kiosk.window.stage import environment

    with EmbeddedBackOffice(folder / "backoffice", catalogue, pace=PACE, hour=HOUR) as office:
        address = office.wait()
        with Wire(address.url) as wire:
            told = settings(folder, wire.url, address.device_token, brand=brand, camera=camera)
            environment.prepare(told)
            from kiosk.window.stage.pilot import open_window

            with open_window(told) as (app, pilot):
                yield Evening(folder, office, address, wire, Visitor(app, pilot))


def eventually(check: Callable[[], Any], what: str, seconds: float = 15) -> Any:
    """Ask until `check()` is true. For what happens outside the window's process."""
    until = time.monotonic() + seconds
    while not (found := check()):
        if time.monotonic() > until:
            raise AssertionError(f"{what} did not happen in {seconds} s")
        time.sleep(0.05)
    return found
