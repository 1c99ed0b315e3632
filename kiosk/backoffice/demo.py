"""The demonstration: a whole shop from a catalogue, with throw-away keys and a courier."""

import json
import logging
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.utils import timezone as django_timezone

from kiosk.backoffice.demo_courier import DemoCourier
from kiosk.backoffice.importing.importer import import_catalogue
from kiosk.backoffice.platform.devices import token_for
from kiosk.backoffice.platform.models import PlannedWindow, Shop
from kiosk.backoffice.platform.quarter import load_map, set_map
from kiosk.backoffice.platform.signin import make_signin_link
from kiosk.backoffice.setup import BackOfficeError
from kiosk.contract.mapfile import MapFileError

log = logging.getLogger("kiosk.demo")

# The invented quarter that the demonstration rides in, in a checkout and in a bundle alike.
MAP = Path(__file__).resolve().parents[2] / "assets" / "demo_map" / "quartier.vmap"
STAFF = "demo"
_THURSDAY = 3
WINDOW = "demo window"


@dataclass(frozen=True, slots=True)
class DemoKeys:
    device_token: str
    staff_url: str


def prepare_demo(
    data: Path, catalogue: Path | None, url: str, *, timezone: str | None = None
) -> DemoKeys:
    """The shop of `catalogue`, a staff account and a window's token, all for this run.

    Also kept in DATA/demo.json, readable by its owner only. Without a catalogue the shop of
    the last run stays. `timezone` (IANA) moves the shop there. Raises BackOfficeError.
    """
    if catalogue is not None:
        report = import_catalogue(catalogue, demo=True).report
        if report.refused:
            raise BackOfficeError(f"{catalogue} was refused: {report.problems[0]}")
    if not Shop.objects.exists():
        raise BackOfficeError("a demonstration needs goods: add --catalogue FILE")
    if timezone is not None:
        Shop.objects.update(timezone=timezone)
    keep_drops_ahead(django_timezone.now())
    if MAP.exists():
        set_map(MAP, move_shop=True)
    user, _ = User.objects.get_or_create(
        username=STAFF, defaults={"is_staff": True, "is_superuser": True}
    )
    user.set_password(secrets.token_urlsafe(24))
    user.save()
    keys = DemoKeys(token_for(WINDOW), url + make_signin_link(user, demonstration=True))
    _keep(data / "demo.json", json.dumps({"url": url, **asdict(keys)}))
    return keys


def keep_drops_ahead(now: datetime) -> None:
    """Move drops that have passed to the Thursday after next, 18:00, by the shop's clock.

    A demonstration has something to announce, whatever its catalogue's date. `now` is aware.
    """
    zone = ZoneInfo(Shop.objects.values_list("timezone", flat=True)[0])
    today = now.astimezone(zone).date()
    thursday = today + timedelta(days=(_THURSDAY - today.weekday()) % 7 + 7)
    for window in PlannedWindow.objects.filter(drop_at__lte=now):
        window.drop_at = datetime.combine(thursday, time(18), zone)
        window.save()


@contextmanager
def riding(pace: float) -> Iterator[None]:
    """The simulated courier rides meanwhile, `pace` times faster than life."""
    couriers: list[DemoCourier] = []

    def start() -> None:
        # Reading the map takes a moment; nobody waits for it.
        try:
            map_file = load_map()
            if map_file:
                couriers.append(DemoCourier(map_file, pace))
                couriers[0].start()
        except (MapFileError, OSError, DatabaseError):
            log.exception("the simulated courier does not ride")
        finally:
            connection.close()

    threading.Thread(target=start, name="courier start", daemon=True).start()
    try:
        yield
    finally:
        for courier in couriers:
            courier.stop(timeout_s=0.5)


def _keep(path: Path, text: str) -> None:
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)
