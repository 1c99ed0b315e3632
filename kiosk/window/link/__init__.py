"""The window's link to its back office. No thread of it ever holds up the glass.

Its parts load when they are asked for: a box that has nothing yet asks for its first photograph
through the client alone.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiosk.window.link.client import BackOfficeClient
    from kiosk.window.link.errors import Away, Incompatible, LinkError, Refused, Unauthorised
    from kiosk.window.link.facade import Link, LinkSettings
    from kiosk.window.link.news import (
        CatalogueChanged,
        LinkEvent,
        MapReady,
        Offline,
        Online,
        OrderAnswered,
        OrderChanged,
        OrderGone,
        OrderParked,
        PassingChanged,
        PictureReady,
        PositionChanged,
        ProfileChanged,
        SyncProgress,
        TakesOrders,
    )
    from kiosk.window.link.pace import Pace

_PARTS = {
    "client": ("BackOfficeClient",),
    "errors": (
        "Away",
        "Incompatible",
        "LinkError",
        "Refused",
        "Unauthorised",
    ),
    "facade": (
        "Link",
        "LinkSettings",
    ),
    "news": (
        "CatalogueChanged",
        "LinkEvent",
        "MapReady",
        "Offline",
        "Online",
        "OrderAnswered",
        "OrderChanged",
        "OrderGone",
        "OrderParked",
        "PassingChanged",
        "PictureReady",
        "PositionChanged",
        "ProfileChanged",
        "SyncProgress",
        "TakesOrders",
    ),
    "pace": ("Pace",),
}
_HOME = {name: part for part, names in _PARTS.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


__all__ = [
    "Away",
    "BackOfficeClient",
    "CatalogueChanged",
    "Incompatible",
    "Link",
    "LinkError",
    "LinkEvent",
    "LinkSettings",
    "MapReady",
    "Offline",
    "Online",
    "OrderAnswered",
    "OrderChanged",
    "OrderGone",
    "OrderParked",
    "Pace",
    "PassingChanged",
    "PictureReady",
    "PositionChanged",
    "ProfileChanged",
    "Refused",
    "SyncProgress",
    "TakesOrders",
    "Unauthorised",
]
