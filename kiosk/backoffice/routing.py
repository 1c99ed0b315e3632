"""Ways for a bike, and doors by their address, from a map file. Standard library only."""

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kiosk.backoffice.streetnames import AddressBook
from kiosk.contract.mapfile import UNIT_M, MapFile
from kiosk.shop.geo import Point

_CELL_M = 60.0
_SNAP_M = 250.0  # a place further than this from every street is not on the map
_FORWARD, _BACKWARD = 1, 2
_CROSSING = 3  # streets that meet in a crossing, at least

XY = tuple[float, float]


class NoRouteError(Exception):
    """There is no way: a place lies off the map, or its streets are not joined to the others."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way along streets. `seconds[k]` is the riding time from the start to `points[k]`.

    `crossings` are the indices of the points where other streets meet the way.
    """

    points: tuple[Point, ...]
    seconds: tuple[float, ...]
    metres: float
    crossings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Snap:
    """A place on edge `edge`, `share` of its length from its first node."""

    edge: int
    share: float
    at: XY
    away: float


class Router:
    """Routes and addresses of one map. Building takes about 0.1 s for a dense quarter."""

    def __init__(self, map_file: MapFile) -> None:
        bike = map_file.bike
        self._projection = map_file.projection
        self._xy = [(x * UNIT_M, y * UNIT_M) for x, y in zip(bike.x, bike.y, strict=True)]
        self._ends = list(zip(bike.a, bike.b, strict=True))
        self._time = [t / 10 for t in bike.time]
        self._ways = list(bike.ways)
        self._out: list[list[tuple[int, float]]] = [[] for _ in self._xy]
        self._back: list[list[int]] = [[] for _ in self._xy]
        self._degree = [0] * len(self._xy)
        self._fastest = 1.0
        for k, (a, b) in enumerate(self._ends):
            self._fastest = max(self._fastest, math.dist(self._xy[a], self._xy[b]) / self._time[k])
            self._degree[a] += 1
            self._degree[b] += 1
            if self._ways[k] & _FORWARD:
                self._join(a, b, k)
            if self._ways[k] & _BACKWARD:
                self._join(b, a, k)
        core = self._largest_core()
        self._grid: dict[tuple[int, int], list[int]] = {}
        for k, (a, b) in enumerate(self._ends):
            if a in core and b in core:
                for cell in self._cells(self._xy[a], self._xy[b]):
                    self._grid.setdefault(cell, []).append(k)
        self._addresses = AddressBook(map_file)

    def geocode(self, line1: str, postcode: str = "") -> Point | None:
        """The door of an address as people write it, None where the map has no such street.

        A number that the street does not have gives the door next to it.
        """
        return self._addresses.find(line1, postcode)

    def route(self, a: Point, b: Point) -> Route:
        """The quickest way from the street at `a` to the street at `b`. Raises NoRouteError."""
        start, end = self._snap(a), self._snap(b)
        nodes = self._search(start, end)
        places = [start.at, *(self._xy[n] for n in nodes), end.at]
        times = [0.0]
        stops: list[_Snap | int] = [start, *nodes, end]
        for before, after in pairwise(stops):
            times.append(times[-1] + self._leg(before, after))
        return self._drawn(places, times, nodes)

    def _drawn(self, places: list[XY], times: list[float], nodes: list[int]) -> Route:
        points, seconds, crossings, metres = [places[0]], [0.0], [], 0.0
        for k in range(1, len(places)):
            step = math.dist(points[-1], places[k])
            if step < 0.05 and (k < len(places) - 1 or len(points) > 1):
                continue
            if 0 < k <= len(nodes) and self._degree[nodes[k - 1]] >= _CROSSING:
                crossings.append(len(points))
            points.append(places[k])
            seconds.append(times[k])
            metres += step
        to_point = self._projection.to_point
        return Route(
            tuple(to_point(x, y) for x, y in points), tuple(seconds), metres, tuple(crossings)
        )

    def _join(self, a: int, b: int, edge: int) -> None:
        self._out[a].append((b, self._time[edge]))
        self._back[b].append(a)

    def _snap(self, place: Point) -> _Snap:
        at = self._projection.to_xy(place)
        best: _Snap | None = None
        column, row = math.floor(at[0] / _CELL_M), math.floor(at[1] / _CELL_M)
        for ring in range(math.ceil(_SNAP_M / _CELL_M) + 1):
            for edge in self._ring(column, row, ring):
                found = self._nearest_on(edge, at)
                if best is None or found.away < best.away:
                    best = found
            # Anything in a ring further out lies at least so far away.
            if best is not None and best.away <= ring * _CELL_M:
                break
        if best is None or best.away > _SNAP_M:
            raise NoRouteError(f"no street within {_SNAP_M:.0f} m of {place.lat}, {place.lon}")
        return best

    def _ring(self, column: int, row: int, ring: int) -> Iterator[int]:
        for i in range(column - ring, column + ring + 1):
            for j in range(row - ring, row + ring + 1):
                if max(abs(i - column), abs(j - row)) == ring:
                    yield from self._grid.get((i, j), ())

    def _nearest_on(self, edge: int, at: XY) -> _Snap:
        (x0, y0), (x1, y1) = (self._xy[n] for n in self._ends[edge])
        dx, dy = x1 - x0, y1 - y0
        u = ((at[0] - x0) * dx + (at[1] - y0) * dy) / (dx * dx + dy * dy)
        u = min(max(u, 0.0), 1.0)
        place = (x0 + dx * u, y0 + dy * u)
        return _Snap(edge, u, place, math.dist(place, at))

    def _search(self, start: _Snap, end: _Snap) -> list[int]:
        """The nodes between, by A*; empty where the way stays on one edge."""
        if start.edge == end.edge and start.share != end.share:
            onward = _FORWARD if end.share > start.share else _BACKWARD
            if self._ways[start.edge] & onward:
                return []
        goals = dict(self._arrivals(end))
        best = dict(self._departures(start))
        came: dict[int, int] = {}
        queue = [(cost + self._least(n, end), n) for n, cost in best.items()]
        heapq.heapify(queue)
        done: set[int] = set()
        finish, finish_cost = -1, math.inf
        while queue:
            reached, node = heapq.heappop(queue)
            if reached >= finish_cost:
                break
            if node in done:
                continue
            done.add(node)
            if node in goals and best[node] + goals[node] < finish_cost:
                finish, finish_cost = node, best[node] + goals[node]
            for after, time in self._out[node]:
                cost = best[node] + time
                if cost < best.get(after, math.inf):
                    best[after], came[after] = cost, node
                    heapq.heappush(queue, (cost + self._least(after, end), after))
        if finish < 0:
            raise NoRouteError("these two places are not joined by streets")
        path = [finish]
        while path[-1] in came:
            path.append(came[path[-1]])
        return path[::-1]

    def _least(self, node: int, end: _Snap) -> float:
        return math.dist(self._xy[node], end.at) / self._fastest

    def _departures(self, snap: _Snap) -> Iterator[tuple[int, float]]:
        a, b = self._ends[snap.edge]
        if self._ways[snap.edge] & _FORWARD:
            yield b, self._time[snap.edge] * (1 - snap.share)
        if self._ways[snap.edge] & _BACKWARD:
            yield a, self._time[snap.edge] * snap.share

    def _arrivals(self, snap: _Snap) -> Iterator[tuple[int, float]]:
        a, b = self._ends[snap.edge]
        if self._ways[snap.edge] & _FORWARD:
            yield a, self._time[snap.edge] * snap.share
        if self._ways[snap.edge] & _BACKWARD:
            yield b, self._time[snap.edge] * (1 - snap.share)

    def _leg(self, before: "_Snap | int", after: "_Snap | int") -> float:
        if isinstance(before, _Snap) and isinstance(after, _Snap):
            return self._time[before.edge] * abs(after.share - before.share)
        if isinstance(before, _Snap):
            return dict(self._departures(before))[after]  # type: ignore[index]
        if isinstance(after, _Snap):
            return dict(self._arrivals(after))[before]
        return min(time for node, time in self._out[before] if node == after)

    def _largest_core(self) -> set[int]:
        """The largest set of nodes that can all be reached from one another (Kosaraju)."""
        order: list[int] = []
        seen = [False] * len(self._xy)
        for root in range(len(self._xy)):
            if seen[root]:
                continue
            seen[root] = True
            stack = [(root, iter(self._out[root]))]
            while stack:
                node, after = stack[-1]
                for n, _ in after:
                    if not seen[n]:
                        seen[n] = True
                        stack.append((n, iter(self._out[n])))
                        break
                else:
                    order.append(node)
                    stack.pop()
        largest: set[int] = set()
        placed: set[int] = set()
        for root in reversed(order):
            if root in placed:
                continue
            core, todo = {root}, [root]
            while todo:
                for n in self._back[todo.pop()]:
                    if n not in core and n not in placed:
                        core.add(n)
                        todo.append(n)
            placed |= core
            largest = max(largest, core, key=len)
        return largest

    def _cells(self, a: XY, b: XY) -> Iterator[tuple[int, int]]:
        west, east = sorted((a[0], b[0]))
        south, north = sorted((a[1], b[1]))
        for i in range(math.floor(west / _CELL_M), math.floor(east / _CELL_M) + 1):
            for j in range(math.floor(south / _CELL_M), math.floor(north / _CELL_M) + 1):
                yield i, j
