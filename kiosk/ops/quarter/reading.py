"""Reads of an extract what lies in a frame, however large the extract is.

The file is read two or three times from end to end, and each time only what concerns the frame is
kept: nodes in and about it, ways that touch those, multipolygons that such a way belongs to, and
then the rest of these multipolygons. Memory follows the frame, not the file.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import osmium
from numpy.typing import NDArray

from kiosk.ops.quarter.frame import GRID, ROUND, ExtractError, Frame
from kiosk.ops.quarter.tags import Tags, is_area, is_spot, is_way
from kiosk.shop.geo import Point

Told = Callable[[str, int], None]
Ids = NDArray[np.int64]

TELL_EVERY = 100_000
_BATCH = 100_000  # nodes of ways that are looked up at once
# A multipolygon of more members, or one that lacks more nodes, is a coast or a country.
MOST_MEMBERS = 3_000
MOST_LACKING = 400_000
_SAMPLE = 50_000
_WHERE = "give an .osm.pbf or .osm file, for example of download.geofabrik.de or extract.bbbike.org"


@dataclass(frozen=True, slots=True)
class Spot:
    """A node with tags, in metres."""

    x: float
    y: float
    tags: Tags


@dataclass(frozen=True, slots=True)
class Way:
    """`tags` is empty where the way is only a piece of something else."""

    refs: Ids
    tags: Tags


@dataclass(frozen=True, slots=True)
class Relation:
    """A multipolygon: its ways, and those of them that are said to be holes."""

    ways: tuple[int, ...]
    tags: Tags


@dataclass
class Excerpt:
    """What an extract holds of a frame. `ids` are sorted, `xy` are their metres."""

    frame: Frame
    ids: Ids
    xy: NDArray[np.float64]
    spots: dict[int, Spot] = field(default_factory=dict)
    ways: dict[int, Way] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def known(self, refs: Ids) -> NDArray[np.bool_]:
        """Which of the nodes are there."""
        return self.ids[self._places(refs)] == refs if len(self.ids) else np.zeros(len(refs), bool)

    def metres(self, refs: Ids) -> NDArray[np.float64]:
        """(n, 2) of the nodes; all of them must be there."""
        return self.xy[self._places(refs)]

    def _places(self, refs: Ids) -> NDArray[np.intp]:
        return np.minimum(np.searchsorted(self.ids, refs), len(self.ids) - 1)


def read(source: Path, frame: Frame, told: Told) -> Excerpt:
    """Raises ExtractError on what cannot be read, and where the frame is empty."""
    nodes = _Nodes(frame)
    for node in _things(source, osmium.osm.NODE, "nodes", told):
        nodes.take(node)
    excerpt = nodes.excerpt()
    if not len(excerpt.ids):
        raise ExtractError(
            f"{source.name} holds nothing about {frame.centre.lat:.5f},{frame.centre.lon:.5f}: "
            "give --around LAT,LON of a place that it covers"
        )
    _take_ways(excerpt, _things(source, osmium.osm.WAY, "ways", told))
    lacking: set[int] = set()
    for relation in _things(source, osmium.osm.RELATION, "relations", told):
        lacking |= _take_relation(excerpt, relation)
    _complete(excerpt, source, lacking, told)
    return excerpt


def corners(source: Path, told: Told) -> tuple[Point, Point]:
    """The south-western and north-eastern corner of what the extract covers: as it says itself, or
    as most of its nodes lie. Raises ExtractError."""
    bounds = _header(source)
    if bounds.valid():
        low, high = bounds.bottom_left, bounds.top_right
        return Point(low.lat, low.lon), Point(high.lat, high.lon)
    xs, ys, stride = array("i"), array("i"), 1
    for k, node in enumerate(_things(source, osmium.osm.NODE, "nodes", told)):
        if k % stride == 0 and node.location.valid():
            xs.append(node.location.x)
            ys.append(node.location.y)
            if len(xs) >= _SAMPLE:
                xs, ys, stride = xs[::2], ys[::2], 2 * stride
    if not xs:
        raise ExtractError(f"{source.name} holds no nodes: {_WHERE}")
    (west, east), (south, north) = _most(xs), _most(ys)
    return Point(south, west), Point(north, east)


def _most(values: "array[int]") -> tuple[float, float]:
    """Complete ways reach beyond the border of what was cut out: a few nodes lie far away."""
    low, high = np.percentile(values, (1, 99))
    spare = 0.02 * (high - low)
    return float(low - spare) / GRID, float(high + spare) / GRID


def _header(source: Path) -> Any:
    try:
        reader = osmium.io.Reader(str(source))
        bounds = reader.header().box()
        reader.close()
    except RuntimeError as error:
        raise _unread(source, error) from None
    return bounds


def _things(source: Path, kind: Any, what: str, told: Told) -> Iterator[Any]:
    """All nodes, ways or relations. Raises ExtractError."""
    count = 0
    try:
        for thing in osmium.FileProcessor(str(source), kind):
            count += 1
            if not count % TELL_EVERY:
                told(what, count)
            if thing.visible:
                yield thing
    except RuntimeError as error:
        raise _unread(source, error) from None
    told(what, count)


def _unread(source: Path, error: Exception) -> ExtractError:
    if not source.exists():
        return ExtractError(f"there is no {source}: {_WHERE}")
    return ExtractError(f"{source.name} cannot be read as OpenStreetMap data ({error}): {_WHERE}")


class _Nodes:
    """Collects the nodes of a frame and of its margin."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._lon, self._lat, self._w, self._h = frame.reach
        self._ids, self._xs, self._ys = array("q"), array("i"), array("i")
        self._spots: dict[int, Spot] = {}

    def take(self, node: Any) -> None:
        place = node.location
        x, y = place.x, place.y
        if not -self._h <= y - self._lat <= self._h:
            return
        if not -self._w <= (x - self._lon + ROUND // 2) % ROUND - ROUND // 2 <= self._w:
            return
        self._ids.append(node.id)
        self._xs.append(x)
        self._ys.append(y)
        if node.tags:
            tags = dict(node.tags)
            if is_spot(tags):
                at = self._frame.metres(x, y)
                if self._frame.holds(*at):
                    self._spots[node.id] = Spot(*at, tags)

    def excerpt(self) -> Excerpt:
        ids, xy = _sorted(self._frame, self._ids, self._xs, self._ys)
        return Excerpt(self._frame, ids, xy, self._spots)


def _sorted(
    frame: Frame, ids: "array[int]", xs: "array[int]", ys: "array[int]"
) -> tuple[Ids, NDArray[np.float64]]:
    """Each node once: of several the last one that the file gives."""
    known = np.frombuffer(ids, np.int64) if ids else np.zeros(0, np.int64)
    xy = np.array(list(map(frame.metres, xs, ys)), np.float64).reshape(-1, 2)
    order = np.argsort(known, kind="stable")
    known, xy = known[order], xy[order]
    last = np.append(known[1:] != known[:-1], True)[: len(known)]
    return known[last], xy[last]


def _take_ways(excerpt: Excerpt, ways: Iterable[Any]) -> None:
    """Those with a node in reach; many are looked up at once."""
    waiting: list[tuple[int, Way]] = []
    count = 0
    for way in ways:
        refs = np.fromiter((n.ref for n in way.nodes), np.int64)
        if len(refs) < 2:
            continue
        tags = dict(way.tags)
        waiting.append((way.id, Way(refs, tags if is_way(tags) else {})))
        count += len(refs)
        if count >= _BATCH:
            _keep(excerpt, waiting)
            waiting, count = [], 0
    _keep(excerpt, waiting)


def _keep(excerpt: Excerpt, ways: list[tuple[int, Way]]) -> None:
    if not ways:
        return
    starts = np.cumsum([0] + [len(way.refs) for _, way in ways[:-1]])
    near = np.logical_or.reduceat(excerpt.known(np.concatenate([w.refs for _, w in ways])), starts)
    excerpt.ways.update(way for way, is_near in zip(ways, near, strict=True) if is_near)


def _take_relation(excerpt: Excerpt, relation: Any) -> set[int]:
    """Keep a multipolygon that one of the kept ways belongs to. Returns the ways that it lacks."""
    tags = dict(relation.tags)
    if not is_area(tags) or len(relation.members) > MOST_MEMBERS:
        return set()
    ways = tuple(m.ref for m in relation.members if m.type == "w")
    lacking = {ref for ref in ways if ref not in excerpt.ways}
    if len(lacking) == len(set(ways)):
        return set()
    excerpt.relations.append(Relation(ways, tags))
    return lacking


def _complete(excerpt: Excerpt, source: Path, ways: set[int], told: Told) -> None:
    """Read what lies beyond the margin of what is kept: ways of multipolygons, and nodes."""
    if ways:
        for way in _things(source, osmium.osm.WAY, "ways", told):
            if way.id in ways:
                refs = np.fromiter((n.ref for n in way.nodes), np.int64)
                excerpt.ways[way.id] = Way(refs, {})
    pieces = [excerpt.ways[ref] for relation in excerpt.relations for ref in relation.ways
              if ref in excerpt.ways]  # fmt: skip
    pieces += [way for way in excerpt.ways.values() if way.tags]
    if not pieces:
        return
    refs = np.unique(np.concatenate([way.refs for way in pieces]))
    lacking = refs[~excerpt.known(refs)]
    if not 0 < len(lacking) <= MOST_LACKING:
        return
    wanted = set(lacking.tolist())
    ids, xs, ys = array("q"), array("i"), array("i")
    for node in _things(source, osmium.osm.NODE, "nodes", told):
        if node.id in wanted and node.location.valid():
            ids.append(node.id)
            xs.append(node.location.x)
            ys.append(node.location.y)
    more, xy = _sorted(excerpt.frame, ids, xs, ys)
    order = np.argsort(np.concatenate([excerpt.ids, more]), kind="stable")
    excerpt.ids = np.concatenate([excerpt.ids, more])[order]
    excerpt.xy = np.concatenate([excerpt.xy, xy])[order]
