"""What OpenStreetMap's tags mean on our map: what is drawn, and as what."""

from typing import TypeAlias

from kiosk.contract.mapfile import RoadClass

Tags: TypeAlias = dict[str, str]

CLASSES = {
    "motorway": RoadClass.BOULEVARD,
    "trunk": RoadClass.BOULEVARD,
    "primary": RoadClass.BOULEVARD,
    "secondary": RoadClass.AVENUE,
    "tertiary": RoadClass.AVENUE,
    "unclassified": RoadClass.STREET,
    "residential": RoadClass.STREET,
    "road": RoadClass.STREET,
    "living_street": RoadClass.LANE,
    "pedestrian": RoadClass.LANE,
    "service": RoadClass.LANE,
    "busway": RoadClass.LANE,
    "track": RoadClass.LANE,
    "cycleway": RoadClass.CYCLEWAY,
    "footway": RoadClass.FOOTWAY,
    "path": RoadClass.FOOTWAY,
    "bridleway": RoadClass.FOOTWAY,
    "steps": RoadClass.FOOTWAY,
}
_WIDTHS = {"primary": 13.0, "secondary": 11.0, "tertiary": 9.0, "residential": 6.5, "service": 3.4}
_CLASS_WIDTHS = {
    RoadClass.BOULEVARD: 14.0,
    RoadClass.AVENUE: 9.0,
    RoadClass.STREET: 7.0,
    RoadClass.LANE: 4.6,
    RoadClass.FOOTWAY: 1.8,
    RoadClass.CYCLEWAY: 2.4,
    RoadClass.RAIL: 2.6,
}
_RAILS = ("rail", "light_rail", "narrow_gauge", "subway")
_BURIED = ("yes", "building_passage", "culvert")
_LANDMARKS = {"place_of_worship", "townhall", "theatre", "library", "marketplace", "arts_centre"}
_PARKS = {"park", "garden", "playground", "dog_park", "pitch", "nature_reserve", "golf_course"}
_LAWNS = {"grass", "village_green", "meadow", "allotments"}


def highway(tags: Tags) -> str:
    """The kind of road without "_link"; "" for what is none that stands."""
    kind = tags.get("highway", "").removesuffix("_link")
    return kind if kind in CLASSES else ""


def drawn_class(tags: Tags) -> RoadClass | None:
    """The class that a line is drawn in, None where it is not drawn."""
    if tags.get("tunnel") in _BURIED or tags.get("covered") == "yes" or _below(tags):
        return None
    if tags.get("area") == "yes" or tags.get("indoor") == "yes":
        return None
    if tags.get("footway") in ("sidewalk", "crossing"):
        return None
    if tags.get("railway") in _RAILS and "highway" not in tags:
        return RoadClass.RAIL
    return CLASSES.get(highway(tags))


def _below(tags: Tags) -> bool:
    return tags.get("location") in ("underground", "indoor")


def width(tags: Tags, kind: RoadClass) -> float:
    """Metres across."""
    return _WIDTHS.get(highway(tags), _CLASS_WIDTHS[kind])


def layer(tags: Tags) -> str:
    """The layer of an area, "" for what is not drawn."""
    if "building" in tags or "building:part" in tags:
        if tags.get("building") == "no":
            return ""
        special = tags.get("amenity") in _LANDMARKS or tags.get("historic") in ("church", "castle")
        return "landmark" if special else "building"
    if tags.get("natural") in ("water", "bay", "strait") or tags.get("landuse") in (
        "basin", "reservoir") or tags.get("waterway") in ("riverbank", "dock"):  # fmt: skip
        return "" if _below(tags) or tags.get("tunnel") in _BURIED else "water"
    if tags.get("leisure") in _PARKS or tags.get("landuse") in ("cemetery", "recreation_ground"):
        return "park"
    if tags.get("natural") in ("wood", "scrub") or tags.get("landuse") == "forest":
        return "grove"
    if tags.get("landuse") in _LAWNS or tags.get("natural") == "grassland":
        return "lawn"
    if tags.get("highway") == "pedestrian" or tags.get("place") == "square":
        return "plaza"
    return ""


def is_area(tags: Tags) -> bool:
    """Whether a closed way, or a multipolygon, with these tags is a piece of ground."""
    if not tags or tags.get("area") == "no" or tags.get("type") in ("route", "site", "network"):
        return False
    if ("highway" in tags or "barrier" in tags) and tags.get("area") != "yes":
        return tags.get("type") == "multipolygon" and layer(tags) != ""
    return layer(tags) != "" or "addr:housenumber" in tags


def is_way(tags: Tags) -> bool:
    """Whether anything of ours is in a way's tags."""
    return bool(
        highway(tags)
        or tags.get("railway") in _RAILS
        or tags.get("natural") == "coastline"
        or "addr:interpolation" in tags
        or is_area(tags)
    )


def is_spot(tags: Tags) -> bool:
    """Whether anything of ours is in a node's tags."""
    return "addr:housenumber" in tags or "barrier" in tags or tags.get("natural") == "tree"
