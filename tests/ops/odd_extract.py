"""A small extract written by hand, and the map that is made of it."""

from pathlib import Path

from kiosk.contract.mapfile import MapFile
from kiosk.shop.geo import Point

HERE = Point(41.15, -8.61)
K = 1 / 111_195  # degrees a metre to the north


class Extract:
    """An .osm file in the making; places in metres from `centre`."""

    def __init__(self, centre: Point = HERE) -> None:
        self.centre = centre
        self.lines: list[str] = []

    def place(self, east: float, north: float) -> Point:
        lon = self.centre.lon + east * K / 0.7530
        return Point(self.centre.lat + north * K, (lon + 180) % 360 - 180)

    def node(self, number: int, east: float, north: float, **tags: str) -> None:
        at = self.place(east, north)
        self.lines.append(
            f'<node id="{number}" version="1" lat="{at.lat:.7f}" lon="{at.lon:.7f}">'
            f"{_tags(tags)}</node>"
        )

    def nodes(self, first: int, *places: tuple[float, float]) -> list[int]:
        for k, (x, y) in enumerate(places):
            self.node(first + k, x, y)
        return list(range(first, first + len(places)))

    def way(self, number: int, refs: list[int], **tags: str) -> None:
        inner = "".join(f'<nd ref="{ref}"/>' for ref in refs)
        self.lines.append(f'<way id="{number}" version="1">{inner}{_tags(tags)}</way>')

    def multipolygon(self, number: int, ways: list[int], **tags: str) -> None:
        inner = "".join(f'<member type="way" ref="{ref}" role="outer"/>' for ref in ways)
        self.lines.append(
            f'<relation id="{number}" version="1">{inner}'
            f"{_tags({'type': 'multipolygon', **tags})}</relation>"
        )

    def write(self, folder: Path) -> Path:
        path = folder / "odd.osm"
        body = "\n".join(self.lines)
        path.write_text(f'<osm version="0.6" generator="test">{body}</osm>', encoding="utf-8")
        return path


def _tags(tags: dict[str, str]) -> str:
    return "".join(f'<tag k="{k.replace("__", ":")}" v="{v}"/>' for k, v in tags.items())


def street(extract: Extract, **tags: str) -> None:
    """From 200 m in the west to 200 m in the east; nodes 1 to 3."""
    refs = extract.nodes(1, (-200, 0), (0, 0), (200, 0))
    extract.way(1, refs, **{"highway": "residential", "name": "Rua da Lua", **tags})


def built(extract: Extract, folder: Path, radius: float = 280) -> MapFile:
    from kiosk.ops.quarter.extract import build

    found = build(extract.write(folder), "Odd", extract.centre, radius)
    return MapFile.load(found.to_bytes())


def area(quarter: MapFile, layer: str) -> float:
    """Square metres of a layer's triangles."""
    shape, total = quarter.polygons[layer], 0.0
    corners = [(shape.x[i] / 10, shape.y[i] / 10) for i in shape.triangles]
    for (ax, ay), (bx, by), (cx, cy) in zip(corners[::3], corners[1::3], corners[2::3],
                                            strict=True):  # fmt: skip
        total += abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2
    return total
