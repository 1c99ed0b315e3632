"""How each purpose's data goes: one function a purpose. Each gives how much went."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import ManyToOneRel, Max

from kiosk.backoffice.access.models import FailedTry
from kiosk.backoffice.access.reads import forget_reads
from kiosk.backoffice.backups.restoring import ASIDE
from kiosk.backoffice.catalogue.models import Picture
from kiosk.backoffice.courier.looks import forget_looks
from kiosk.backoffice.courier.passes import forget_passes
from kiosk.backoffice.courier.retention import forget_fixes, forget_photos
from kiosk.backoffice.dispatch.retention import forget_couriers
from kiosk.backoffice.mail.models import Message
from kiosk.backoffice.orders.retention import forget_buyers, forget_parked, forget_trails
from kiosk.backoffice.platform.models import Shop, StreamEvent
from kiosk.backoffice.platform.writing import writing


def sweep_events(before: datetime) -> int:
    """The latest one stays: by it a restored backup is noticed."""
    latest = StreamEvent.objects.aggregate(last=Max("seq"))["last"] or 0
    gone, _ = StreamEvent.objects.filter(at__lt=before, seq__lt=latest).delete()
    return gone


def sweep_reads(before: datetime) -> int:
    return forget_reads(before) + forget_looks(before)


def sweep_signin(before: datetime) -> int:
    sessions, _ = Session.objects.filter(expire_date__lt=before).delete()
    tries, _ = FailedTry.objects.filter(at__lt=before).delete()
    return sessions + tries + forget_passes(before)


def sweep_uploads(before: datetime) -> int:
    gone = 0
    for picture in Picture.objects.filter(created_at__lt=before).iterator():
        with writing():
            if not _used(picture):
                picture.delete()
                gone += 1
    return gone + sum(1 for path in _unused_files(before) if _unlinked(path))


def sweep_messages(before: datetime) -> int:
    """One that still waits stays. None of an order is made again: it enters a state once."""
    gone, _ = Message.objects.filter(ended_at__lt=before).delete()
    return gone


def sweep_replaced(before: datetime) -> int:
    old = [p for p in settings.DATA.glob(f"{ASIDE}*") if p.stat().st_mtime < before.timestamp()]
    for folder in old:
        shutil.rmtree(folder)
    return len(old)


def sweep_trails(before: datetime) -> int:
    return forget_trails(before) + forget_fixes(before) + forget_couriers(before)


SWEEPS: dict[str, Callable[[datetime], int]] = {
    "buyers": forget_buyers,
    "trails": sweep_trails,
    "proofs": forget_photos,
    "parked": forget_parked,
    "messages": sweep_messages,
    "reads": sweep_reads,
    "events": sweep_events,
    "signin": sweep_signin,
    "uploads": sweep_uploads,
    "replaced": sweep_replaced,
}


def _used(picture: Picture) -> bool:
    # With hidden ones: a poster's and a cover's key to its picture has no way back.
    for link in Picture._meta.get_fields(include_hidden=True):
        if isinstance(link, ManyToOneRel) and not hasattr(link.related_model, "history_id"):
            uses = link.related_model._base_manager.filter(**{link.field.name: picture.pk})
            if uses.exists():
                return True
    return False


def _unused_files(before: datetime) -> Iterator[Path]:
    used = {
        rendition["sha256"]
        for renditions in Picture.objects.values_list("renditions", flat=True)
        for rendition in renditions
    }
    used |= set(Shop.objects.values_list("map_sha256", flat=True))
    for path in Path(settings.MEDIA_ROOT).glob("*/*"):
        if path.name not in used and path.stat().st_mtime < before.timestamp():
            yield path


def _unlinked(path: Path) -> bool:
    path.unlink(missing_ok=True)
    return True
