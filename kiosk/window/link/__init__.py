"""The window's link to its back office. No thread of it ever holds up the glass."""

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
    OrderParked,
    PictureReady,
    PositionChanged,
    ProfileChanged,
    SyncProgress,
)
from kiosk.window.link.pace import Pace

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
    "OrderParked",
    "Pace",
    "PictureReady",
    "PositionChanged",
    "ProfileChanged",
    "Refused",
    "SyncProgress",
    "Unauthorised",
]
