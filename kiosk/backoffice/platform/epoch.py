"""The epoch: which memory this back office has.

Cursors and event ids are "EPOCH-SEQ". When the memory was replaced (an older backup put back),
sequences start again from an earlier number; a new epoch tells every window that its cursor
means nothing any more, and that orders it still keeps must be offered again.
"""

import json
import logging
import secrets
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from kiosk.backoffice.platform.models import Setting, StreamEvent
from kiosk.backoffice.platform.waking import wake_streams

log = logging.getLogger("kiosk.epoch")

EPOCH_KEY = "epoch"
_KEPT = f"SELECT * FROM {Setting._meta.db_table} WHERE key = %s"  # noqa: S608 (our own name)


def epoch() -> str:
    """The current epoch, 12 hexadecimal digits; made on first use."""
    kept = next(iter(Setting.objects.raw(_KEPT, [EPOCH_KEY])), None)
    if kept is None:
        fresh = secrets.token_hex(6)
        kept, _ = Setting.objects.get_or_create(key=EPOCH_KEY, defaults={"value": fresh})
    return str(kept.value)


def new_epoch() -> str:
    """Begin a new epoch: every window fetches everything again."""
    value = secrets.token_hex(6)
    Setting.objects.update_or_create(key=EPOCH_KEY, defaults={"value": value})
    wake_streams()
    return value


def cursor(epoch_now: str, seq: int) -> str:
    return f"{epoch_now}-{seq}"


def parse_cursor(text: str) -> tuple[str, int] | None:
    """(epoch, seq) of an "EPOCH-SEQ", None where it is none."""
    name, dash, digits = text.strip().partition("-")
    if not dash or not name or not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
        return None
    return name, int(digits)


def last_event_seq() -> int:
    return StreamEvent.objects.aggregate(last=Max("seq"))["last"] or 0


class HighWater:
    """The last event seen, kept beside the database to notice when the database goes back."""

    def __init__(self, data: Path) -> None:
        self._path = data / "high-water.json"

    def check(self) -> bool:
        """Begin a new epoch if the database is older than what was seen; True if it did."""
        with transaction.atomic():
            now, last = epoch(), last_event_seq()
            seen = self._read()
            replaced = seen is not None and (seen[0] != now or seen[1] > last)
            if replaced:
                now = new_epoch()
        self.note(now, last)
        return replaced

    def note(self, epoch_now: str, seq: int) -> None:
        draft = self._path.with_suffix(".new")
        try:
            draft.write_text(json.dumps({"epoch": epoch_now, "seq": seq}), encoding="ascii")
            draft.replace(self._path)
        except OSError as error:
            # A full disk must not silence the stream; an older note still tells most.
            log.warning("cannot write %s: %s", self._path.name, error.strerror)

    def _read(self) -> tuple[str, int] | None:
        try:
            seen = json.loads(self._path.read_text(encoding="ascii"))
            return str(seen["epoch"]), int(seen["seq"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
