"""Where the map is looked at from. Pure: no Kivy."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

XY = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Camera:
    """The metres in the middle of the view, pixels a metre, and degrees that up lies from north."""

    x: float = 0.0
    y: float = 0.0
    ppm: float = 1.0
    bearing: float = 0.0

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Pixels right of and above the middle of the view."""
        dx, dy = (x - self.x) * self.ppm, (y - self.y) * self.ppm
        if not self.bearing:
            return dx, dy
        c, s = math.cos(math.radians(self.bearing)), math.sin(math.radians(self.bearing))
        return dx * c - dy * s, dx * s + dy * c

    def to_map(self, right: float, up: float) -> tuple[float, float]:
        """The metres under a pixel, the other way round."""
        c, s = math.cos(math.radians(self.bearing)), math.sin(math.radians(self.bearing))
        return (
            self.x + (right * c + up * s) / self.ppm,
            self.y + (up * c - right * s) / self.ppm,
        )

    def zoomed(self, factor: float, right: float, up: float) -> "Camera":
        """Zoomed so that what lies under the pixel (right, up) stays there."""
        x, y = self.to_map(right, up)
        zoomed = replace(self, ppm=self.ppm * factor)
        there = zoomed.to_map(right, up)
        return replace(zoomed, x=zoomed.x + x - there[0], y=zoomed.y + y - there[1])

    def turned(self, degrees: float, right: float, up: float) -> "Camera":
        """Turned so that what lies under the pixel (right, up) stays there."""
        x, y = self.to_map(right, up)
        turned = replace(self, bearing=(self.bearing + degrees) % 360)
        there = turned.to_map(right, up)
        return replace(turned, x=turned.x + x - there[0], y=turned.y + y - there[1])

    def between(self, other: "Camera", share: float) -> "Camera":
        """On the way to `other`: the zoom in equal ratios, the point in view in step with it."""
        ratio = other.ppm / self.ppm
        ppm = self.ppm * ratio**share
        # A pan that runs in step with the zoom keeps the target from swinging through the view.
        moved = share if abs(ratio - 1) < 1e-3 else (1 - ratio**-share) / (1 - 1 / ratio)
        turn = (other.bearing - self.bearing + 180) % 360 - 180
        return Camera(
            self.x + (other.x - self.x) * moved,
            self.y + (other.y - self.y) * moved,
            ppm,
            self.bearing + turn * share,
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """What a camera may show: never beyond `bounds` (metres), never closer than `most` ppm."""

    bounds: Box
    most: float

    def least(self, width: float, height: float) -> float:
        """Pixels a metre at which the map just fills a view of that size."""
        west, south, east, north = self.bounds
        return max(width / (east - west), height / (north - south))

    def clamp(self, camera: Camera, width: float, height: float) -> Camera:
        west, south, east, north = self.bounds
        least = self.least(width, height)
        ppm = min(max(camera.ppm, least), max(self.most, least))
        turn = math.radians(camera.bearing)
        c, s = abs(math.cos(turn)), abs(math.sin(turn))
        half_w, half_h = (width * c + height * s) / 2 / ppm, (width * s + height * c) / 2 / ppm
        return replace(
            camera,
            ppm=ppm,
            x=_within(camera.x, west + half_w, east - half_w),
            y=_within(camera.y, south + half_h, north - half_h),
        )


def _within(value: float, low: float, high: float) -> float:
    return (low + high) / 2 if low > high else min(max(value, low), high)


def shared(camera: Camera, view: XY, other: Camera, picture: XY) -> Box:
    """An upright part of the view, as large as is simple, that a picture drawn for `other` fills.

    Sizes in pixels; left, bottom, right and top from the middle of the view. Empty for none.
    """
    half_w, half_h = view[0] / 2, view[1] / 2
    reach = picture[0] / 2, picture[1] / 2
    if camera.bearing == other.bearing:
        x, y = camera.to_screen(other.x, other.y)
        w, h = (side * camera.ppm / other.ppm for side in reach)
        box = (max(-half_w, x - w), max(-half_h, y - h), min(half_w, x + w), min(half_h, y + h))
        return box if box[0] < box[2] and box[1] < box[3] else (0.0, 0.0, 0.0, 0.0)
    share = 1.0
    middle = other.to_screen(camera.x, camera.y)
    for right, up in ((half_w, half_h), (-half_w, half_h)):
        corner = other.to_screen(*camera.to_map(right, up))
        for at, there, limit in zip(middle, corner, reach, strict=True):
            away = abs(there - at)
            share = min(share, (limit - abs(at)) / away if away else 1.0)
    share = max(share, 0.0)
    return (-half_w * share, -half_h * share, half_w * share, half_h * share)


def around(box: Box, view: XY) -> list[Box]:
    """What of the view lies outside of an upright part of it, in at most four boxes."""
    half_w, half_h = view[0] / 2, view[1] / 2
    left, bottom, right, top = box
    if left >= right or bottom >= top:
        return [(-half_w, -half_h, half_w, half_h)]
    bands = [
        (-half_w, top, half_w, half_h),
        (-half_w, -half_h, half_w, bottom),
        (-half_w, bottom, left, top),
        (right, bottom, half_w, top),
    ]
    return [band for band in bands if band[2] - band[0] > 0.5 and band[3] - band[1] > 0.5]


def fitting(
    points: Sequence[tuple[float, float]],
    width: float,
    height: float,
    padding: tuple[float, float, float, float],
    most: float,
    least: float = 0.0,
    bearing: float = 0.0,
) -> Camera:
    """A camera that shows all `points` (metres) inside the padding: left, bottom, right, top px.

    `most` and `least` are pixels a metre; where `least` shows more than there is room for, the
    middle of the points lies in the middle of the room.
    """
    left, bottom, right, top = padding
    upright = Camera(bearing=bearing)
    seen = [upright.to_screen(*point) for point in points]
    xs, ys = [p[0] for p in seen], [p[1] for p in seen]
    w, h = max(xs) - min(xs), max(ys) - min(ys)
    room_w, room_h = max(width - left - right, 1), max(height - bottom - top, 1)
    ppm = max(least, min(most, room_w / max(w, 1e-3), room_h / max(h, 1e-3)))
    x = (min(xs) + max(xs)) / 2 - (left - right) / 2 / ppm
    y = (min(ys) + max(ys)) / 2 - (bottom - top) / 2 / ppm
    return Camera(*upright.to_map(x, y), ppm, bearing)
