"""The event stream's source: hints written in the same transaction as what they tell of."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Min, Q
from django.utils import timezone

from kiosk.backoffice.platform.epoch import cursor
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.backoffice.platform.statements import moment
from kiosk.backoffice.platform.waking import NOTIFY, wake_here
from kiosk.backoffice.platform.writing import write_together, writing
from kiosk.contract import Event, EventKind, PositionFix

KEEP_EVENTS = 20_000
_TRIM_EVERY = 1_000


_TABLE = StreamEvent._meta.db_table
_AFTER = f"SELECT * FROM {_TABLE} WHERE seq > %s ORDER BY seq LIMIT %s"  # noqa: S608 (our own name)
_PAYLOAD = StreamEvent._meta.get_field("payload")


def emit(
    kind: EventKind,
    *,
    ref: str = "",
    version: int = 0,
    device_id: int | None = None,
    payload: Any = None,
) -> None:
    """Write one event, with the transaction's others at its end; `device_id` None addresses
    every window.
    """
    with writing():
        event = StreamEvent(
            kind=kind.value, ref=ref, version=version, device_id=device_id, payload=payload
        )
        if payload is None:
            write_together(_write, event)
        else:
            # At once: whoever forgets in the same transaction where a courier was finds it.
            _write([event])


def emit_now(kind: EventKind) -> int:
    """Write one event for every window; gives its number."""
    with writing():
        return _write([StreamEvent(kind=kind.value)])


def _write(events: list[StreamEvent]) -> int:
    """Gives the last one's number."""
    now = moment(timezone.now())
    values: list[Any] = []
    for event in events:
        payload = _PAYLOAD.get_db_prep_save(event.payload, connection)
        values += [event.kind, event.ref, event.version, event.device_id, payload, now]
    rows = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(events))
    notify = f", {NOTIFY}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as db:
        db.execute(
            f"INSERT INTO {_TABLE} (kind, ref, version, device_id, payload, at)"  # noqa: S608
            f" VALUES {rows} RETURNING seq{notify}",
            values,
        )
        numbers = [int(row[0]) for row in db.fetchall()]
    last = max(numbers)
    if any(number % _TRIM_EVERY == 0 for number in numbers):
        StreamEvent.objects.filter(seq__lte=last - KEEP_EVENTS).delete()
    wake_here()
    return last


def oldest_event_seq() -> int:
    return StreamEvent.objects.aggregate(first=Min("seq"))["first"] or 0


def events_after(seq: int, limit: int, whose: Q | None = None) -> Sequence[StreamEvent]:
    """Events with a higher number, in order; those of `whose` only, else everybody's."""
    if whose is None:
        return list(StreamEvent.objects.raw(_AFTER, [seq, limit]))
    return list(StreamEvent.objects.filter(whose, seq__gt=seq).order_by("seq")[:limit])


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
