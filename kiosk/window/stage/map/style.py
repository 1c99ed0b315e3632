"""The colours of the map, by day and by night, mixed from the brand's palette."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.contract.mapfile import RoadClass

Rgb = tuple[float, float, float]

_WATER = {False: "#BCD6CD", True: "#16323A"}
_STRAW = "#F5E2B8"
_LEAF = {False: "#8FA97A", True: "#2F5A41"}


@dataclass(frozen=True, slots=True)
class MapStyle:
    """RGB from 0 to 1. `text_*` are inks, `halo` lies around them."""

    night: bool
    ground: Rgb
    park: Rgb
    lawn: Rgb
    grove: Rgb
    plaza: Rgb
    water: Rgb
    water_edge: Rgb
    shade: Rgb
    building: Rgb
    building_edge: Rgb
    landmark: Rgb
    landmark_edge: Rgb
    tree: Rgb
    casing: Rgb
    roads: Mapping[RoadClass, Rgb]
    text: Rgb
    text_soft: Rgb
    text_park: Rgb
    text_water: Rgb
    halo: Rgb
    route: Rgb
    route_casing: Rgb
    route_done: Rgb
    courier: Rgb
    on_courier: Rgb
    shop: Rgb
    on_shop: Rgb
    home: Rgb
    on_home: Rgb
    stale: Rgb


def rgb(colour: str) -> Rgb:
    """From "#RRGGBB"."""
    r, g, b = bytes.fromhex(colour.lstrip("#"))
    return r / 255, g / 255, b / 255


def mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    """`share` of `b` in `a`."""
    r, g, c = (x + (y - x) * share for x, y in zip(a, b, strict=True))
    return r, g, c


def map_style(palette: Mapping[str, str], *, night: bool) -> MapStyle:
    """The map in the colours of `palette` (the tokens of theme.toml, "#RRGGBB")."""
    colours = {token: rgb(value) for token, value in palette.items()}
    return _night(colours) if night else _day(colours)


def _day(c: Mapping[str, Rgb]) -> MapStyle:
    paper, ink, leaf = c["paper"], c["ink"], rgb(_LEAF[False])
    stone = mix(c["sheet"], c["line"], 0.34)
    water = rgb(_WATER[False])
    white = mix(c["raised"], (1, 1, 1), 0.6)
    return MapStyle(
        night=False,
        ground=mix(paper, c["sheet"], 0.35),
        park=mix(paper, leaf, 0.40),
        lawn=mix(paper, leaf, 0.54),
        grove=mix(paper, leaf, 0.64),
        plaza=mix(paper, (1, 1, 1), 0.30),
        water=water,
        water_edge=mix(water, c["deep"], 0.22),
        shade=mix(paper, ink, 0.16),
        building=stone,
        building_edge=mix(stone, ink, 0.115),
        landmark=mix(stone, c["outline"], 0.42),
        landmark_edge=mix(stone, c["outline"], 0.9),
        tree=mix(leaf, paper, 0.12),
        casing=mix(paper, ink, 0.25),
        roads={
            # Warmer the wider: where to look for the way through the quarter.
            RoadClass.BOULEVARD: mix(white, rgb(_STRAW), 0.75),
            RoadClass.AVENUE: white,
            RoadClass.STREET: mix(white, paper, 0.25),
            RoadClass.LANE: mix(white, paper, 0.55),
            RoadClass.FOOTWAY: mix(paper, (1, 1, 1), 0.25),
            RoadClass.CYCLEWAY: mix(white, leaf, 0.2),
            RoadClass.RAIL: mix(paper, ink, 0.24),
        },
        text=mix(ink, paper, 0.10),
        text_soft=mix(c["ink_soft"], ink, 0.25),
        text_park=mix(c["deep"], leaf, 0.12),
        text_water=mix(c["deep"], water, 0.16),
        halo=mix(paper, (1, 1, 1), 0.45),
        route_casing=c["raised"],
        **_ride(c),
    )


def _night(c: Mapping[str, Rgb]) -> MapStyle:
    paper, ink, leaf = c["paper"], c["ink"], rgb(_LEAF[True])
    stone = mix(c["sheet"], c["raised"], 0.55)
    road = mix(c["line"], ink, 0.07)
    water = rgb(_WATER[True])
    return MapStyle(
        night=True,
        ground=mix(paper, c["sheet"], 0.35),
        park=mix(paper, leaf, 0.38),
        lawn=mix(paper, leaf, 0.55),
        grove=mix(paper, leaf, 0.62),
        plaza=mix(c["sheet"], c["raised"], 0.25),
        water=water,
        water_edge=mix(water, ink, 0.12),
        shade=mix(paper, (0, 0, 0), 0.35),
        building=stone,
        building_edge=mix(stone, paper, 0.55),
        landmark=mix(stone, c["accent"], 0.22),
        landmark_edge=mix(stone, c["accent"], 0.42),
        tree=mix(leaf, paper, 0.1),
        casing=mix(paper, (0, 0, 0), 0.25),
        roads={
            # The lamps of the wide streets.
            RoadClass.BOULEVARD: mix(mix(road, ink, 0.08), c["accent"], 0.17),
            RoadClass.AVENUE: mix(mix(road, ink, 0.05), c["accent"], 0.09),
            RoadClass.STREET: road,
            RoadClass.LANE: mix(road, paper, 0.3),
            RoadClass.FOOTWAY: mix(road, leaf, 0.5),
            RoadClass.CYCLEWAY: mix(road, leaf, 0.3),
            RoadClass.RAIL: mix(road, paper, 0.45),
        },
        text=mix(ink, paper, 0.06),
        text_soft=mix(c["ink_soft"], ink, 0.1),
        text_park=mix(rgb("#A9CDB0"), ink, 0.1),
        text_water=rgb("#9CC7CE"),
        halo=mix(paper, (0, 0, 0), 0.2),
        route_casing=mix(paper, (0, 0, 0), 0.35),
        **_ride(c),
    )


def _ride(c: Mapping[str, Rgb]) -> dict[str, Rgb]:
    """What is drawn on the map, by day and by night alike."""
    return {
        "route": c["accent"],
        "route_done": mix(c["accent"], c["paper"], 0.62),
        "courier": c["accent"],
        "on_courier": c["on_accent"],
        "shop": c["deep"],
        "on_shop": c["on_deep"],
        "home": c["raised"],
        "on_home": c["accent"],
        "stale": c["outline"],
    }
