"""A ride through no street at all, for the demonstration: drawn here, and said to be.

It looks as a blurred camera on a handlebar does at night: façades with lit windows that come
nearer and pass, lamps, the road under the wheel. Loads NumPy: on the player's thread only.
"""

import math
import threading
import time
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from kiosk.window.stage.camera.shaping import round_off
from kiosk.window.stage.camera.source import Picture, bounded

RATE = 12.0  # pictures a second
ACROSS, DOWN = 96, 54  # what the usual blur leaves of a picture
_HORIZON = 0.46  # of the picture's height, from above
_SPEED = 5.2  # metres a second
_EYE_M, _ROAD_M, _STREET_M = 1.25, 3.2, 8.5  # height of the eye; half widths
_BUILDING_M, _FLOOR_M, _WINDOW_M = 14.0, 3.2, 2.6
_LAMP_EVERY_M = 24.0


class SimulatedRide:
    """The same ride for the same `seed`."""

    def __init__(self, seed: str, size: tuple[int, int], corner: int) -> None:
        self.size, self._corner = size, corner
        self._seed = int.from_bytes(sha256(seed.encode()).digest()[:4])

    def pictures(self, stop: threading.Event) -> Iterator[Picture]:
        began = time.monotonic()
        count = 0
        while not stop.wait(max(0.0, began + count / RATE - time.monotonic())):
            count += 1
            width, height = bounded(self.size)
            seen = Image.fromarray(street(count / RATE, self._seed), "RGB")
            soft = seen.filter(ImageFilter.GaussianBlur(0.6))
            large = soft.resize((width, height), Image.Resampling.BICUBIC).convert("RGBA")
            yield Picture(round_off(np.asarray(large), self._corner), width, height)


def street(t: float, seed: int = 0) -> Any:
    """What is seen after `t` seconds: RGB of DOWN x ACROSS."""
    x, y = _plane()
    sway = 0.015 * math.sin(2.1 * t) + 0.008 * math.sin(5.3 * t)
    x = x + sway
    y = y + 0.006 * math.sin(7.1 * t)
    travelled = _SPEED * t
    wall = _STREET_M / np.maximum(np.abs(x), 1e-3)
    ground = np.where(y > 0, _EYE_M / np.maximum(y, 1e-3), 1e9)
    on_road = ground < wall
    depth = np.minimum(np.minimum(ground, wall), 160.0)
    haze = np.exp(-depth / 38.0)[..., None]
    seen = np.where(
        on_road[..., None],
        _ground(x * depth, depth + travelled),
        _facades(x, y, depth, travelled, seed),
    )
    seen = _sky(y) * (1 - haze) + seen * haze
    seen += _lamps(x, y, travelled)
    return (np.clip(seen * _vignette(), 0, 1) * 255).astype(np.uint8)


@lru_cache(maxsize=1)
def _plane() -> tuple[Any, Any]:
    """Where each element looks: sideways and downwards, for one metre ahead."""
    across = (np.arange(ACROSS) + 0.5) / ACROSS * 2 - 1
    down = (np.arange(DOWN) + 0.5) / DOWN - _HORIZON
    x, y = np.meshgrid(across * 1.05, down * 1.2)
    return x, y


@lru_cache(maxsize=1)
def _vignette() -> Any:
    x, y = _plane()
    return (1 - 0.32 * (x**2 + (y * 1.3) ** 2))[..., None]


def _sky(y: Any) -> Any:
    up = np.clip(-y * 2.2, 0, 1)[..., None]
    return np.array([0.10, 0.13, 0.17]) * up + np.array([0.29, 0.22, 0.17]) * (1 - up)


def _ground(side_m: Any, along_m: Any) -> Any:
    worn = 0.02 * np.sin(side_m * 9) * np.sin(along_m * 3.1)
    light = 0.13 + worn + 0.05 * np.exp(-((np.abs(side_m) - 1.5) ** 2))
    dashes = (np.abs(side_m - 1.1) < 0.09) & (along_m % 6.0 < 2.6)
    kerb = np.abs(np.abs(side_m) - _ROAD_M) < 0.16
    light = np.where(dashes, 0.58, np.where(kerb, 0.27, light))
    light = np.where(np.abs(side_m) > _ROAD_M + 0.2, light * 1.35, light)
    return light[..., None] * np.array([1.0, 0.95, 0.86])


def _facades(x: Any, y: Any, depth: Any, travelled: float, seed: int) -> Any:
    along = depth + travelled
    height = _EYE_M - y * depth
    side = np.where(x < 0, 1, 2)
    house = np.floor(along / _BUILDING_M)
    drawn = _noise(house * 7.0 + side * 91.0 + seed % 997)
    roof = 7.5 + 7.0 * drawn
    stone = (0.17 + 0.12 * drawn)[..., None] * np.array([1.0, 0.9, 0.76])
    column = along % _WINDOW_M / _WINDOW_M
    row = height % _FLOOR_M / _FLOOR_M
    number = np.floor(along / _WINDOW_M) * 13.0 + np.floor(height / _FLOOR_M) * 57.0 + side * 5.0
    pane = (np.abs(column - 0.5) < 0.24) & (np.abs(row - 0.55) < 0.3)
    lit = _noise(number + seed % 641) > 0.62
    warm, dark = np.array([0.95, 0.66, 0.32]), np.array([0.07, 0.08, 0.10])
    shopfront = (height < _FLOOR_M) & (np.abs(column - 0.5) < 0.4) & (drawn > 0.45)
    seen = np.where(pane[..., None], np.where(lit[..., None], warm, dark), stone)
    seen = np.where(shopfront[..., None], np.array([0.98, 0.78, 0.5]) * 0.85, seen)
    return np.where((height > roof)[..., None], _sky(y), seen)


def _lamps(x: Any, y: Any, travelled: float) -> Any:
    glow = np.zeros((DOWN, ACROSS))
    first = _LAMP_EVERY_M - travelled % _LAMP_EVERY_M
    for number in range(5):
        ahead = first + number * _LAMP_EVERY_M
        if ahead < 2.5:
            continue
        side = 4.6 if (int(travelled // _LAMP_EVERY_M) + number) % 2 else -4.6
        at_x, at_y, size = side / ahead, -(5.2 - _EYE_M) / ahead, 0.62 / ahead
        away = ((x - at_x) ** 2 + ((y - at_y) * 1.1) ** 2) / size**2
        glow += np.exp(-away) * 0.9 + 0.25 * np.exp(-away / 14)
    return glow[..., None] * np.array([1.0, 0.78, 0.46])


def _noise(number: Any) -> Any:
    """The same share from 0 to 1 for the same number."""
    wave = np.sin(number * 12.9898) * 43758.5453
    return wave - np.floor(wave)
