"""The event stream: hints that something changed. The truth is fetched."""

from enum import StrEnum

from pydantic import Field

from kiosk.contract.delivery import PositionFix
from kiosk.contract.messages import Answer


class EventKind(StrEnum):
    CATALOGUE = "catalogue"  # the change feed has more
    PROFILE = "profile"  # hours, words, heroes, rules
    ORDER = "order"  # `ref` is the order's token
    DELIVERY = "delivery"  # `ref` is the order's token
    POSITION = "position"  # `ref` is the order's token, `fix` the position
    PASSING = "passing"  # what passers-by may be told of rides
    RESET = "reset"  # the Last-Event-ID was unknown or missing: refetch everything


class Event(Answer):
    """`id` is "EPOCH-SEQ"; SEQ comes from the database and survives a restart.

    `kind` is free text on the wire, so that a window passes over a kind that it does not know.
    """

    id: str
    kind: str
    ref: str = ""
    version: int = 0
    fix: PositionFix | None = None


class EventBatch(Answer):
    """The long poll's answer. `reset` says that `after` was unknown: refetch everything."""

    events: list[Event] = Field(default_factory=list)
    last_id: str
    reset: bool = False
