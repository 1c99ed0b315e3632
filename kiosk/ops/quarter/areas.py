"""Pieces of ground from closed ways and multipolygons, and the sea from the coast's line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Point, Polygon

from kiosk.ops.quarter.reading import Excerpt, Ids
from kiosk.ops.quarter.tags import Tags, is_area

_LEAST_M2 = 8.0
_CUT_M = 60.0
_SURE = 0.8  # of the coast along a piece of ground that must say that it is sea
_BESIDE_M, _SEGMENT_M = 0.5, 50.0


@dataclass(frozen=True, slots=True)
class Area:
    """`shape` lies in the frame, in metres; `inside` is a place on it."""

    shape: Any
    inside: Point
    tags: Tags


def areas(excerpt: Excerpt, simpler_m: dict[str, float], layer_of: Any) -> Iterator[Area]:
    """All that can be closed. `simpler_m` by the layer that `layer_of` gives for the tags."""
    frame = excerpt.frame.shape
    for tags, shape in _shapes(excerpt):
        if shape is None or shape.is_empty or not shape.intersects(frame):
            continue
        simple = shapely.make_valid(shape.simplify(simpler_m.get(layer_of(tags), 0.6)))
        ground = simple if frame.contains(simple) else simple.intersection(frame)
        if ground.area > _LEAST_M2:
            yield Area(ground, ground.representative_point(), tags)


def _shapes(excerpt: Excerpt) -> Iterator[tuple[Tags, Any]]:
    for way in excerpt.ways.values():
        closed = len(way.refs) >= 4 and way.refs[0] == way.refs[-1]
        if closed and way.tags.get("type") is None and is_area(way.tags):
            yield way.tags, _ring(excerpt, way.refs)
    for relation in excerpt.relations:
        lines = [line for ref in relation.ways if ref in excerpt.ways
                 if (line := _line(excerpt, excerpt.ways[ref].refs)) is not None]  # fmt: skip
        if lines:
            # Rings that are broken or cross themselves give what can be closed of them.
            yield relation.tags, shapely.build_area(shapely.union_all(lines))


def _ring(excerpt: Excerpt, refs: Ids) -> Any:
    """A closed way; where nodes of it are missing, what the others enclose."""
    known = refs[excerpt.known(refs)]
    if len(known) < 3:
        return None
    shape = Polygon(excerpt.metres(known))
    return shape if shape.is_valid else shapely.make_valid(shape)


def _line(excerpt: Excerpt, refs: Ids) -> LineString | None:
    places = excerpt.metres(refs[excerpt.known(refs)]) if len(excerpt.ids) else np.zeros((0, 2))
    return LineString(places) if len(places) >= 2 else None


def runs(excerpt: Excerpt, refs: Ids) -> Iterator[tuple[Ids, Any]]:
    """The stretches of a way whose nodes are known: their nodes and metres."""
    known = excerpt.known(refs)
    cuts = np.flatnonzero(np.diff(known.astype(np.int8))) + 1
    for nodes, there in zip(np.split(refs, cuts), np.split(known, cuts), strict=True):
        if there[0] and len(nodes) >= 2:
            yield nodes, excerpt.metres(nodes)


def sea(excerpt: Excerpt) -> list[Polygon]:
    """What of the frame lies right of the coast: a coast is drawn with the land on its left.

    Where the coast ends within the frame nobody can tell, and nothing is sea.
    """
    frame = excerpt.frame.shape
    coast = [LineString(_to_border(xy, frame)) for way in excerpt.ways.values()
             if way.tags.get("natural") == "coastline"
             for _, xy in runs(excerpt, way.refs)]  # fmt: skip
    coast = [line for line in coast if line.length > 0 and line.intersects(frame)]
    if not coast:
        return []
    faces = list(shapely.polygonize([shapely.union_all([frame.exterior, *coast])]).geoms)
    faces = [face for face in faces if frame.contains(face.representative_point())]
    tree = shapely.STRtree(faces)
    wet, dry = _beside(tree, coast), _beside(tree, [line.reverse() for line in coast])
    return [faces[k] for k, length in wet.items() if length > _SURE * (length + dry[k])]


def _to_border(xy: NDArray[np.float64], frame: Polygon) -> NDArray[np.float64]:
    """Carried on to the frame where it breaks off just before: a cut leaves whole nodes only."""
    ends = []
    for end in (xy[0], xy[-1]):
        border = frame.exterior
        near = border.interpolate(border.project(Point(end)))
        away = float(np.hypot(near.x - end[0], near.y - end[1]))
        ends.append([[near.x, near.y]] if 0 < away <= _CUT_M else [])
    return np.array([*ends[0], *xy, *ends[1]])


def _beside(tree: shapely.STRtree, lines: Iterable[LineString]) -> dict[int, float]:
    """Metres of the lines that each piece of ground has on their right."""
    found: dict[int, float] = defaultdict(float)
    for place, length in _right_of(lines):
        for k in tree.query(place, predicate="within"):
            found[int(k)] += length
    return found


def _right_of(lines: Iterable[LineString]) -> Iterator[tuple[Point, float]]:
    """A place just right of the middle of each segment, and the segment's length."""
    for line in lines:
        xy = np.asarray(shapely.segmentize(line, _SEGMENT_M).coords)
        step = np.diff(xy, axis=0)
        length = np.hypot(step[:, 0], step[:, 1])
        for k in np.flatnonzero(length > 0):
            dx, dy = step[k] / length[k]
            middle = (xy[k] + xy[k + 1]) / 2
            yield Point(middle[0] + dy * _BESIDE_M, middle[1] - dx * _BESIDE_M), float(length[k])
