"""Where things are on the glass: asks the window itself, offscreen, by the handles of its parts.

    python -m benchmarks.window.survey URL TOKEN_FILE DATA PRODUCTS

Fills the replica in DATA from the back office until it is whole, walks from the posters to a
product and to the search, and prints the places as JSON: pixels from the top left.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.window.stage import SIZE

KEYS = "abcdefghijklmnopqrstuvwxyz"
BRAND = Path(__file__).resolve().parents[2] / "assets" / "brand"
SYNC_S = 3600.0
WAIT_S = 60.0


def main() -> None:
    url, token_file, data, products = sys.argv[1:5]
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kiosk.window.settings import WindowSettings
    from kiosk.window.stage.environment import prepare

    settings = WindowSettings(
        base_url=url, token=Path(token_file).read_text().strip(), data=Path(data), brand=BRAND,
        width=SIZE[0], height=SIZE[1], speech="off", idle_s=600.0,
    )  # fmt: skip
    prepare(settings)
    from kiosk.window.stage.pilot import open_window

    with open_window(settings) as (app, pilot):
        _fill(app, pilot, int(products))
        print(json.dumps(_places(app, pilot)))


def _fill(app: Any, pilot: Any, products: int) -> None:
    """Until every product and every photograph is here."""
    replica, folder = app.link.catalogue, app.settings.data / "pictures"

    def whole() -> bool:
        time.sleep(0.05)  # the frames are not what is waited for
        return bool(replica.count() >= products and replica.profile())

    pilot.wait_until(whole, SYNC_S, "a whole catalogue")
    count = -1
    while (now := sum(1 for _ in folder.rglob("*"))) != count:
        count = now
        pilot.pause(6.0)


def _places(app: Any, pilot: Any) -> dict[str, Any]:
    from kiosk.window.visit import Screen

    pilot.wait_until(lambda: app.root.current_name is Screen.ATTRACT, WAIT_S, "the posters")
    pilot.pause(1.0)
    pilot.tap((SIZE[0] / 2, SIZE[1] * 0.7))
    pilot.wait_for("browse.search", WAIT_S)
    pilot.wait_until(lambda: not app.root.current.ids.wall.busy, WAIT_S, "the wall")
    places: dict[str, Any] = {
        "wake": [SIZE[0] / 2, SIZE[1] * 0.3],
        "wall": _box(app.root.current.ids.wall),
        "search": _middle(pilot.get("browse.search")),
        "again": _middle(pilot.get("bar.start_again")),
        "back": _middle(pilot.get("bar.back")),
        "columns": int(app.root.current.ids.wall.columns),
    }
    pilot.tap("browse.search")
    pilot.wait_for("key:a", WAIT_S)
    places["results"] = _box(app.root.current.ids.wall)
    places["keys"] = {key: _middle(pilot.get(f"key:{key}")) for key in KEYS}
    places["keys"]["⌫"] = _middle(pilot.get("key:backspace"))
    return places


def _middle(widget: Any) -> list[float]:
    x, y = widget.to_window(*widget.center)
    return [x, SIZE[1] - y]


def _box(widget: Any) -> list[int]:
    """Left, top, width, height; what reaches beyond the glass is cut."""
    x, y = (round(value) for value in widget.to_window(widget.x, widget.y))
    top = max(0, SIZE[1] - y - round(widget.height))
    return [x, top, round(widget.width), SIZE[1] - y - top]


if __name__ == "__main__":
    main()
