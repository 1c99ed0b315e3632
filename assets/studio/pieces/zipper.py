"""A brass zip: teeth, slider, pull."""

import math

import numpy as np

from geometry import circle, grid, make, resample_loop, rounded_rectangle, sweep

from .hide import slab

PITCH = 0.0135  # from one tooth to the next, of either side


def _pebble(half, boxy: float = 0.35, lines: int = 7, sides: int = 12) -> tuple[np.ndarray, list]:
    """A block rounded all over, and its faces."""

    def soft(v):
        return np.sign(v) * np.abs(v) ** boxy

    lift, turn = np.meshgrid(
        np.linspace(-math.pi / 2 + 0.01, math.pi / 2 - 0.01, lines),
        np.linspace(0, 2 * math.pi, sides, endpoint=False),
        indexing="ij",
    )
    points = np.stack(
        [
            soft(np.cos(lift)) * soft(np.cos(turn)),
            soft(np.cos(lift)) * soft(np.sin(turn)),
            soft(np.sin(lift)),
        ],
        -1,
    ).reshape(-1, 3)
    faces = []
    for i in range(lines - 1):
        for j in range(sides):
            k = (j + 1) % sides
            faces.append((i * sides + j, i * sides + k, (i + 1) * sides + k, (i + 1) * sides + j))
    return points * np.asarray(half), faces


def teeth(path, out, material, *, width: float = 0.036):
    """Two rows that mesh along a path (n, 3), one object.

    `out` (n, 3) points away from the tape; the teeth lie across both.
    """
    path, out = np.asarray(path, float), np.asarray(out, float)
    travelled = np.r_[0, np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))]
    at = np.arange(PITCH / 2, travelled[-1], PITCH)

    def sample(values, where):
        return np.stack([np.interp(where, travelled, values[:, k]) for k in range(3)], -1)

    pebble, pattern = _pebble((0.0052, width / 2, 0.011))
    vertices, faces = [], []
    for i, (here, ahead, up) in enumerate(
        zip(sample(path, at), sample(path, at + 1e-3), sample(out, at), strict=True)
    ):
        along = (ahead - here) / (np.linalg.norm(ahead - here) + 1e-12)
        across = np.cross(up, along)
        side = (i % 2 * 2 - 1) * width * 0.16
        base = len(vertices)
        local = pebble + np.array([0, side, 0])
        vertices.extend(here + local[:, :1] * along + local[:, 1:2] * across + local[:, 2:] * up)
        faces.extend(tuple(base + k for k in face) for face in pattern)
    return make("teeth", vertices, faces, material=material)


def slider(x: float, z: float, metal) -> list:
    """The slider's body and its bail on a zip along x whose teeth end at height z."""
    points, faces = _pebble((0.052, 0.036, 0.010), 0.42, 13, 28)
    # It narrows towards the end that closes the zip.
    points[:, 1] *= 1 - 0.28 * np.clip(points[:, 0] / 0.052, 0, 1)
    body = make("slider", points + np.array([x, 0, z + 0.004]), faces, material=metal)
    a = np.linspace(0.05, math.pi - 0.05, 24)
    bail = np.c_[x + 0.030 * np.cos(a), 0 * a, z + 0.010 + 0.034 * np.sin(a)]
    return [body, sweep("bail", bail, rounded_rectangle(0.012, 0.026, 0.005), material=metal)]


def hanging_pull(x: float, z: float, front: float, metal, *, length: float = 0.30) -> list:
    """A link over the edge and a brass drop that hangs before a face at y = -front."""
    link = np.array(
        [
            (0.0, -0.004, 0.032),
            (0.017, -0.022, 0.034),
            (0.024, -front * 0.55, 0.024),
            (0.024, -front - 0.008, -0.010),
            (0.020, -front - 0.016, -0.060),
            (0.0, -front - 0.018, -0.078),
            (-0.020, -front - 0.016, -0.060),
            (-0.024, -front - 0.008, -0.010),
            (-0.024, -front * 0.55, 0.024),
            (-0.017, -0.022, 0.034),
        ]
    )
    made = [_wire(link + np.array([x, 0, z]), 0.0075, metal)]
    plate = _drop(length)
    points = slab(plate, 0.018, reach=0.016)
    made.append(_stand(points, (x, -front - 0.004, z - 0.085), metal))
    eye = circle(0.021, 28)
    ring = np.c_[x + eye[:, 0], np.full(28, -front - 0.013), z - 0.078 + eye[:, 1]]
    made.append(sweep("eye", ring, circle(0.0095, 12), material=metal, up=(0, 1, 0), closed=True))
    return made


def lying_pull(x: float, z: float, metal, *, length: float = 0.30) -> list:
    """The drop laid down along the zip, its eye in the bail."""
    points = slab(_drop(length), 0.018, reach=0.016)
    points[..., 0], points[..., 1] = points[..., 1].copy(), -points[..., 0].copy()
    points = points + np.array([x - 0.05, 0, z + 0.022])
    eye = circle(0.024, 28)
    ring = np.c_[x - 0.024 + eye[:, 0], eye[:, 1], np.full(28, z + 0.031)]
    return [
        grid("pull", points, closed=True, material=metal),
        sweep("eye", ring, circle(0.009, 12), material=metal, closed=True),
    ]


def _drop(length: float) -> np.ndarray:
    """A long drop that hangs from the origin, as a loop (x, -z)."""
    turn = np.linspace(0, 2 * math.pi, 120, endpoint=False)
    v = (1 - np.cos(turn)) / 2
    half = 0.019 + 0.026 * v**1.3
    blunt = np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.42
    return resample_loop(np.c_[-half * blunt, -v * length], 120)[::-1]


def _stand(points, at, metal):
    upright = np.stack([points[..., 0], -points[..., 2], points[..., 1]], -1)
    return grid("pull", upright + np.array(at), closed=True, material=metal)


def _wire(points, radius: float, metal):
    """A closed wire through points (n, 3), rounded."""
    dense = np.stack([_periodic(points[:, k], 96) for k in range(3)], -1)
    return sweep("link", dense, circle(radius, 12), material=metal, up=(1, 0, 0), closed=True)


def _periodic(values, count: int) -> np.ndarray:
    """A smooth closed curve through values: their Fourier series."""
    spectrum = np.fft.rfft(values)
    return np.fft.irfft(spectrum, count) * count / len(values)
