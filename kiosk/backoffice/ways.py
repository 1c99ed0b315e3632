"""Ways on the shop's own map."""

import logging
import threading

from kiosk.backoffice.platform.quarter import load_map
from kiosk.backoffice.platform.shop import the_shop
from kiosk.backoffice.routing import Router
from kiosk.contract.mapfile import MapFileError

log = logging.getLogger("kiosk.ways")

_lock = threading.Lock()
_kept: tuple[str, Router | None] = ("", None)


def router() -> Router | None:
    """Of the shop's map, None where it has none. Kept: making one takes longer than asking it."""
    global _kept
    with _lock:
        sha256 = the_shop().map_sha256
        if sha256 != _kept[0]:
            _kept = (sha256, _made())
        return _kept[1]


def _made() -> Router | None:
    try:
        map_file = load_map()
    except (MapFileError, OSError) as error:
        log.warning("the shop's map cannot be read, and nobody is shown another way: %s", error)
        return None
    return Router(map_file) if map_file else None
