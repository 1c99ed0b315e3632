"""The event stream's source: hints written in the same transaction as what they tell of."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Min

from kiosk.backoffice.platform.epoch import cursor
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.backoffice.platform.writing import writing
from kiosk.contract import Event, EventKind, PositionFix

KEEP_EVENTS = 20_000
_TRIM_EVERY = 1_000

# Called after a commit that held an event; the stream of this process wakes on it.
_listeners: list[Callable[[], None]] = []


def emit(
    kind: EventKind,
    *,
    ref: str = "",
    version: int = 0,
    device_id: int | None = None,
    payload: Any = None,
) -> StreamEvent:
    """Write one event; `device_id` None addresses every window."""
    with writing():
        event = StreamEvent.objects.create(
            kind=kind.value, ref=ref, version=version, device_id=device_id, payload=payload
        )
        if event.seq % _TRIM_EVERY == 0:
            StreamEvent.objects.filter(seq__lte=event.seq - KEEP_EVENTS).delete()
        transaction.on_commit(wake_streams)
    return event


def on_event(listener: Callable[[], None]) -> Callable[[], None]:
    """Call `listener` (from any thread) after each commit with events; returns how to stop."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def wake_streams() -> None:
    """Let the streams of this process look at once."""
    for listener in tuple(_listeners):
        listener()


def oldest_event_seq() -> int:
    return StreamEvent.objects.aggregate(first=Min("seq"))["first"] or 0


def events_after(seq: int, limit: int) -> Sequence[StreamEvent]:
    """Events with a higher number, in order, for everybody: the stream sorts out for whom."""
    return list(StreamEvent.objects.filter(seq__gt=seq).order_by("seq")[:limit])


def event_on_wire(event: StreamEvent, epoch_now: str) -> Event:
    return Event(
        id=cursor(epoch_now, event.seq),
        kind=event.kind,
        ref=event.ref,
        version=event.version,
        fix=PositionFix.model_validate(event.payload) if event.payload else None,
    )
