"""The box's memory: the catalogue's copy, pictures by hash, and the outbox of orders."""

from kiosk.window.replica.cards import CardRow, CategoryShelf, Key, Page
from kiosk.window.replica.catalogue import CatalogueReplica
from kiosk.window.replica.database import DataTooNew
from kiosk.window.replica.feed import CatalogueRejected
from kiosk.window.replica.kept import (
    DataInUse,
    Due,
    IntentTaken,
    Kept,
    NoKey,
    OrderSummary,
    Parked,
    RefusedDisk,
    SummaryLine,
)
from kiosk.window.replica.outbox import Outbox
from kiosk.window.replica.pictures import NoRoom, PictureRefused, PictureStore
from kiosk.window.replica.search import Found

__all__ = [
    "CardRow",
    "CatalogueRejected",
    "CatalogueReplica",
    "CategoryShelf",
    "DataInUse",
    "DataTooNew",
    "Due",
    "Found",
    "IntentTaken",
    "Kept",
    "Key",
    "NoKey",
    "NoRoom",
    "OrderSummary",
    "Outbox",
    "Page",
    "Parked",
    "PictureRefused",
    "PictureStore",
    "RefusedDisk",
    "SummaryLine",
]
