"""Boxes' memories: who vouches for an order, and what each box said of itself."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from kiosk.backoffice.platform.models import Device, WindowInstance
from kiosk.contract import WindowHere
from kiosk.shop.text import clean

# A window speaks every minute.
_LATELY = timedelta(minutes=10)
_COUNTED = (
    f"UPDATE {WindowInstance._meta.db_table} SET"  # noqa: S608 (our own names)
    " last_number = CASE WHEN last_number < %s THEN %s ELSE last_number END, device_id = %s"
    " WHERE id = %s AND verify_key = %s"
)


class InstanceTakenError(Exception):
    """Another device's instance goes by this name."""


def vouched(name: UUID | None, number: int | None, device: Device | None, verify_key: str) -> bool:
    """Whether the memory that goes by `name` signed an order; False for another key than its own.

    The first order of a memory brings its key along. Its highest number rises with the order.
    """
    if name is None or device is None or not verify_key:
        return False
    if _counted(name, number, device, verify_key):
        return True
    instance, new = WindowInstance.objects.get_or_create(
        id=name, defaults={"device": device, "verify_key": verify_key}
    )
    if not new and not instance.verify_key:
        # It was heard before it sold anything.
        WindowInstance.objects.filter(pk=name, verify_key="").update(verify_key=verify_key)
    return _counted(name, number, device, verify_key)


def _counted(name: UUID, number: int | None, device: Device, verify_key: str) -> bool:
    """One statement for all orders of a memory but its first."""
    named = WindowInstance._meta.pk.get_db_prep_value(name, connection)
    with connection.cursor() as db:
        db.execute(_COUNTED, [number or 0, number or 0, device.pk, named, verify_key])
        return bool(db.rowcount)


def heard_from(here: WindowHere, device: Device) -> WindowInstance:
    """Keep what a box says of itself. Raises InstanceTakenError.

    A box that was let in anew under another device keeps its name, once the device that it had
    is shut out.
    """
    with transaction.atomic():
        instance, _ = WindowInstance.objects.get_or_create(
            id=here.instance_id, defaults={"device": device}
        )
        if instance.device_id != device.pk and instance.device.revoked_at is None:
            raise InstanceTakenError
        instance.device = device
        instance.heard_at = timezone.now()
        instance.waiting = here.waiting
        instance.oldest_waiting = here.oldest_waiting
        instance.parked_count = here.parked_count
        instance.free_bytes = here.free_bytes
        instance.takes_orders = here.takes_orders
        instance.reads_codes = here.reads_codes
        instance.software = clean(here.software, 60)
        instance.save(
            update_fields=[
                *("device", "heard_at", "waiting", "oldest_waiting", "parked_count"),
                *("free_bytes", "takes_orders", "reads_codes", "software"),
            ]
        )
    return instance


def reads_codes(now: datetime) -> bool:
    """Whether a window that was heard lately has a camera that a phone's code may be held up to."""
    lately = WindowInstance.objects.filter(heard_at__gt=now - _LATELY, reads_codes=True)
    return lately.filter(device__revoked_at=None).exists()
