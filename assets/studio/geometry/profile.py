"""Curves in the plane, as arrays of points (n, 2)."""

import math

import numpy as np
from scipy.interpolate import CubicSpline


def fillet(points, steps: int = 8) -> np.ndarray:
    """An open polyline with rounded corners; each point is (x, y) or (x, y, radius)."""
    corners = [np.array(p[:2], float) for p in points]
    radii = [p[2] if len(p) > 2 else 0.0 for p in points]
    out: list[np.ndarray] = []
    for i, (corner, radius) in enumerate(zip(corners, radii, strict=True)):
        if radius <= 0 or i in (0, len(corners) - 1):
            out.append(corner)
        else:
            out.extend(_round(corners[i - 1], corner, corners[i + 1], radius, steps))
    return np.array(out)


def _round(before, corner, after, radius: float, steps: int) -> list[np.ndarray]:
    a, b = before - corner, after - corner
    length_a, length_b = np.linalg.norm(a), np.linalg.norm(b)
    a, b = a / length_a, b / length_b
    angle = math.acos(np.clip(a @ b, -1, 1))
    if angle > math.pi - 1e-3:
        return [corner]
    # A radius too large for its sides shrinks, so that neighbours never overlap.
    cut = min(radius / math.tan(angle / 2), 0.48 * length_a, 0.48 * length_b)
    radius = cut * math.tan(angle / 2)
    start, end = corner + a * cut, corner + b * cut
    centre = corner + (a + b) / np.linalg.norm(a + b) * (radius / math.sin(angle / 2))
    u, v = start - centre, end - centre
    sweep = math.acos(np.clip(u @ v / (radius * radius), -1, 1))
    # A support point on either side keeps smooth shading from bleeding into the flat parts.
    support = min(0.15 * cut, 0.02)
    arc = [
        centre + (math.sin((1 - s) * sweep) * u + math.sin(s * sweep) * v) / math.sin(sweep)
        for s in np.linspace(0, 1, steps + 1)
    ]
    return [start + a * support, *arc, end + b * support]


def spline(points, count: int = 80) -> np.ndarray:
    """A smooth curve through points."""
    points = np.array(points, float)
    chords = np.linalg.norm(np.diff(points, axis=0), axis=1)
    knots = np.r_[0, np.cumsum(np.sqrt(chords))]
    at = np.linspace(0, knots[-1], count)
    return np.c_[CubicSpline(knots, points[:, 0])(at), CubicSpline(knots, points[:, 1])(at)]


def inset(profile: np.ndarray, thickness: float) -> np.ndarray:
    """The inner wall of a vessel whose outer profile runs from foot to lip."""
    along = np.gradient(profile, axis=0)
    along /= np.linalg.norm(along, axis=1)[:, None] + 1e-9
    return profile + np.c_[-along[:, 1], along[:, 0]] * thickness


def circle(radius: float, count: int = 24) -> np.ndarray:
    t = np.linspace(0, 2 * math.pi, count, endpoint=False)
    return np.c_[radius * np.cos(t), radius * np.sin(t)]


def rounded_rectangle(width: float, height: float, radius: float, steps: int = 6) -> np.ndarray:
    """A closed loop centred on the origin, counter-clockwise."""
    x, y = width / 2 - radius, height / 2 - radius
    return np.array(
        [
            (cx + radius * math.cos(a), cy + radius * math.sin(a))
            for cx, cy, turn in ((x, y, 0), (-x, y, 90), (-x, -y, 180), (x, -y, 270))
            for a in np.radians(turn + np.linspace(0, 90, steps + 1))
        ]
    )


def resample_loop(loop: np.ndarray, count: int) -> np.ndarray:
    """A closed loop again, with `count` points evenly spaced."""
    closed = np.r_[loop, loop[:1]]
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))]
    at = np.linspace(0, length[-1], count, endpoint=False)
    return np.c_[np.interp(at, length, closed[:, 0]), np.interp(at, length, closed[:, 1])]
