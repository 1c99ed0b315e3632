"""From a map's integers to what a graphics card draws, in NumPy and without Kivy.

Heavy enough for a worker thread, light enough for one frame to spare: `prepare` takes about
0.2 s for a dense quarter. Metres everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kiosk.contract.mapfile import UNIT_M, Lines, MapFile, Polygons, RoadClass, Spots

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]

CELL_M = 410.0  # what is out of sight is left out by cells of this side
MAX_VERTICES = 65_535  # of one mesh: its indices are 16 bits wide

FILL = "fill"  # vertices x, y
RIBBON = "ribbon"  # vertices x, y, offset x, offset y, u, v, half width
RIBBON_FLOATS = 7
# A wide street that ends on the middle of a narrow one must not show on its other side.
_ROAD_CAP = 0.4


@dataclass(frozen=True, slots=True)
class Batch:
    """One mesh: flat vertices and indices, and its bounds west, south, east, north."""

    vertices: Floats
    indices: NDArray[np.uint16]
    bounds: tuple[float, float, float, float]


@dataclass(slots=True)
class Prepared:
    """All batches, by layer name: "park", "park/edge", "road/2", "tree"…"""

    map_file: MapFile
    layers: dict[str, list[Batch]] = field(default_factory=dict)


def prepare(map_file: MapFile) -> Prepared:
    """Everything that a MapView draws of `map_file`."""
    out = Prepared(map_file)
    for name, polygons in map_file.polygons.items():
        out.layers[name] = fills(polygons)
        out.layers[f"{name}/edge"] = edges(polygons)
    for kind in RoadClass:
        out.layers[f"road/{int(kind)}"] = roads(map_file.roads, kind)
    out.layers["tree"] = discs(map_file.trees)
    return out


def metres(x: object, y: object) -> NDArray[np.float64]:
    """(n, 2) metres of two columns of decimetres."""
    columns = [np.frombuffer(c, np.int32) for c in (x, y)]  # type: ignore[call-overload]
    return np.stack(columns, axis=1) * UNIT_M


def fills(polygons: Polygons) -> list[Batch]:
    xy = metres(polygons.x, polygons.y)
    triangles = np.frombuffer(polygons.triangles, np.uint32).astype(np.int64).reshape(-1, 3)
    return list(_batches(xy.astype(np.float32), xy, triangles))


def edges(polygons: Polygons) -> list[Batch]:
    """The outlines, as ribbons without a width of their own."""
    xy = metres(polygons.x, polygons.y)
    parts = np.frombuffer(polygons.rings, np.uint32).astype(np.int64)
    vertices, triangles = ribbons(xy, parts, np.zeros(len(parts)), closed=True)
    return list(_batches(vertices, vertices[:, :2], triangles))


def roads(lines: Lines, kind: RoadClass) -> list[Batch]:
    parts = np.frombuffer(lines.parts, np.uint32).astype(np.int64)
    wanted = np.frombuffer(lines.kind, np.uint8) == int(kind)
    if not wanted.any():
        return []
    xy = metres(lines.x, lines.y)[np.repeat(wanted, parts)]
    half = np.frombuffer(lines.width, np.uint16)[wanted] * (UNIT_M / 2)
    vertices, triangles = ribbons(xy, parts[wanted], half, closed=False, cap=_ROAD_CAP)
    return list(_batches(vertices, vertices[:, :2], triangles))


def discs(spots: Spots) -> list[Batch]:
    """A square about each spot, for the shader to round off."""
    centre = metres(spots.x, spots.y)
    if not len(centre):
        return []
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
    vertices = np.zeros((len(centre), 4, RIBBON_FLOATS), np.float32)
    vertices[:, :, 0:2] = centre[:, None]
    vertices[:, :, 2:4] = corners
    vertices[:, :, 4:6] = corners
    vertices[:, :, 6] = (np.frombuffer(spots.radius, np.uint8) * UNIT_M)[:, None]
    first = np.arange(len(centre))[:, None] * 4
    corner = np.array([[0, 1, 2, 0, 2, 3]])
    triangles = (first + corner).reshape(-1, 3)
    flat = vertices.reshape(-1, RIBBON_FLOATS)
    return list(_batches(flat, flat[:, :2], triangles))


def ribbons(
    xy: NDArray[np.float64],
    parts: Indices,
    half_width: NDArray[np.float64],
    *,
    closed: bool,
    cap: float = 1.0,
) -> tuple[Floats, Indices]:
    """Vertices (n, 7) and triangles (m, 3) of lines with mitred joins and, if open, round ends.

    `cap` is how far an end reaches out, in half widths.

    `xy` holds the vertices of all lines one after the other, `parts` counts them. The shader
    moves a vertex by its offset times the half width; u runs across, v over the round ends.
    """
    if not len(xy):
        return np.zeros((0, RIBBON_FLOATS), np.float32), np.zeros((0, 3), np.int64)
    n = len(xy)
    last = np.cumsum(parts) - 1
    first = last - parts + 1
    after = np.arange(1, n + 1)
    before = np.arange(-1, n - 1)
    after[last] = first if closed else last
    before[first] = last if closed else first
    into, out = _units(xy - xy[before]), _units(xy[after] - xy)
    if not closed:
        into[first], out[last] = out[first], into[last]
    n_in, n_out = _left(into), _left(out)
    mitre = n_in + n_out
    mitre /= np.maximum((mitre * mitre).sum(axis=1, keepdims=True) / 2, 0.5)
    half = np.repeat(half_width, parts)
    body = np.zeros((n, 2, RIBBON_FLOATS), np.float32)
    body[:, :, 0:2] = xy[:, None]
    body[:, 0, 2:4], body[:, 1, 2:4] = mitre, -mitre
    body[:, 0, 4], body[:, 1, 4] = 1, -1
    body[:, :, 6] = half[:, None]
    start = np.arange(n) if closed else np.flatnonzero(after != np.arange(n))
    quads = _quads(2 * start, 2 * after[start])
    if closed:
        return body.reshape(-1, RIBBON_FLOATS), quads
    caps, cap_quads = _caps(xy, (first, last), (out, into), half, cap)
    vertices = np.concatenate([body.reshape(-1, RIBBON_FLOATS), caps])
    return vertices, np.concatenate([quads, cap_quads])


def _caps(
    xy: NDArray[np.float64],
    ends: tuple[Indices, Indices],
    headings: tuple[NDArray[np.float64], NDArray[np.float64]],
    half: NDArray[np.float64],
    reach: float,
) -> tuple[Floats, Indices]:
    """Two more vertices beyond each end; v reaches 1 there and the shader rounds them off."""
    found: list[Floats] = []
    quads: list[Indices] = []
    for end, heading, sign in ((ends[0], headings[0], -1.0), (ends[1], headings[1], 1.0)):
        along = heading[end] * (sign * reach)
        left = _left(heading[end])
        cap = np.zeros((len(end), 2, RIBBON_FLOATS), np.float32)
        cap[:, :, 0:2] = xy[end][:, None]
        cap[:, 0, 2:4], cap[:, 1, 2:4] = left + along, -left + along
        cap[:, 0, 4], cap[:, 1, 4] = 1, -1
        cap[:, :, 5] = 1
        cap[:, :, 6] = half[end][:, None]
        at = 2 * len(xy) + 2 * len(end) * len(found) + 2 * np.arange(len(end))
        quads.append(_quads(at, 2 * end))
        found.append(cap.reshape(-1, RIBBON_FLOATS))
    return np.concatenate(found), np.concatenate(quads)


def _quads(a: Indices, b: Indices) -> Indices:
    """Triangles between the vertex pairs a, a+1 and b, b+1."""
    return np.stack([a, a + 1, b, a + 1, b + 1, b], axis=1).reshape(-1, 3)


def _units(d: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.hypot(d[:, 0], d[:, 1])
    return np.asarray(d / np.where(length > 0, length, 1)[:, None])


def _left(d: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([-d[:, 1], d[:, 0]], axis=1)


def _batches(vertices: Floats, xy: NDArray[np.floating], triangles: Indices) -> Iterator[Batch]:
    """The triangles by cell, each cell with its own vertices, none above MAX_VERTICES."""
    if not len(triangles):
        return
    cell = np.floor(xy[triangles[:, 0]] / CELL_M).astype(np.int64)
    key = cell[:, 0] * 100_003 + cell[:, 1]
    order = np.argsort(key, kind="stable")
    cuts = np.flatnonzero(np.diff(key[order])) + 1
    for group in np.split(triangles[order], cuts):
        yield from _chunks(vertices, xy, group)


def _chunks(vertices: Floats, xy: NDArray[np.floating], triangles: Indices) -> Iterator[Batch]:
    used, renumbered = np.unique(triangles, return_inverse=True)
    if len(used) > MAX_VERTICES or triangles.size > MAX_VERTICES:
        middle = len(triangles) // 2
        yield from _chunks(vertices, xy, triangles[:middle])
        yield from _chunks(vertices, xy, triangles[middle:])
        return
    low, high = xy[used].min(axis=0), xy[used].max(axis=0)
    yield Batch(
        np.ascontiguousarray(vertices[used], np.float32).ravel(),
        renumbered.astype(np.uint16).ravel(),
        (float(low[0]), float(low[1]), float(high[0]), float(high[1])),
    )
