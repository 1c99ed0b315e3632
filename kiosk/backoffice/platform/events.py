"""The event stream's source: hints written in the same transaction as what they tell of."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Min, Q
from django.utils import timezone

from kiosk.backoffice.platform.epoch import cursor
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.backoffice.platform.waking import wake_streams
from kiosk.backoffice.platform.writing import writing
from kiosk.contract import Event, EventKind, PositionFix

KEEP_EVENTS = 20_000
_TRIM_EVERY = 1_000


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
        wake_streams()
    return event


def oldest_event_seq() -> int:
    return StreamEvent.objects.aggregate(first=Min("seq"))["first"] or 0


def events_after(seq: int, limit: int, whose: Q | None = None) -> Sequence[StreamEvent]:
    """Events with a higher number, in order; those of `whose` only, else everybody's."""
    found = StreamEvent.objects.filter(whose or Q(), seq__gt=seq)
    return list(found.order_by("seq")[:limit])


def event_on_wire(event: StreamEvent, epoch_now: str) -> Event:
    return Event(
        id=cursor(epoch_now, event.seq),
        kind=event.kind,
        ref=event.ref,
        version=event.version,
        fix=PositionFix.model_validate(event.payload).told(timezone.now())
        if event.payload
        else None,
    )
