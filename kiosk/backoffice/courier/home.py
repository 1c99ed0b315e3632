"""The circle around a courier's home within which nobody sees them.

Where they live is not kept: the circle's middle lies somewhere else within it, drawn at random,
and staff are shown no more than that there is one.
"""

import base64
import json
import math
import random

from django.utils.crypto import salted_hmac
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from kiosk.backoffice.courier.models import Courier
from kiosk.shop.geo import EARTH_RADIUS_M, Point, distance_m

RADIUS_M = 400.0
MOVED_M = 250.0  # at most; the home stays 150 m inside

_chance = random.SystemRandom()


def mark_home(courier: Courier, where: Point) -> None:
    angle, far = _chance.uniform(0, 2 * math.pi), MOVED_M * math.sqrt(_chance.random())
    degree = math.radians(1) * EARTH_RADIUS_M
    # Next to a pole or the date line the circle ends there.
    lat = min(max(where.lat + far * math.sin(angle) / degree, -89.0), 89.0)
    lon = where.lon + far * math.cos(angle) / (degree * math.cos(math.radians(lat)))
    middle = json.dumps([round(lat, 5), round(min(max(lon, -180.0), 180.0), 5)])
    sealed = _box(courier).encrypt(middle.encode())
    _keep(courier, base64.b64encode(sealed).decode())


def forget_home(courier: Courier) -> None:
    _keep(courier, "")


def home_of(courier: Courier | None) -> Point | None:
    """The circle's middle; None without one, or after the back office's secret was replaced."""
    if courier is None or not courier.home:
        return None
    try:
        lat, lon = json.loads(_box(courier).decrypt(base64.b64decode(courier.home)))
        return Point(lat, lon)
    except (CryptoError, ValueError):
        return None


def is_home(home: Point | None, where: Point) -> bool:
    return home is not None and distance_m(home, where) <= RADIUS_M


def _keep(courier: Courier, sealed: str) -> None:
    courier.home = sealed
    courier.save(update_fields=["home"])


def _box(courier: Courier) -> SecretBox:
    key = salted_hmac("kiosk.courier-home", str(courier.pk), algorithm="sha256").digest()
    return SecretBox(key)
