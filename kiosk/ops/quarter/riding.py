"""Where a bike may ride, which way and how fast; from OpenStreetMap's tags.

After the wiki's "Tag:bicycle", "Key:oneway:bicycle", "Key:cycleway" and "Key:access". Turn
restrictions and ferries are left out.
"""

from dataclasses import dataclass

from kiosk.contract.mapfile import RoadClass
from kiosk.ops.quarter.tags import CLASSES, Tags, highway

# Metres a second.
_SPEEDS = {
    RoadClass.BOULEVARD: 4.4,
    RoadClass.AVENUE: 4.4,
    RoadClass.STREET: 4.3,
    RoadClass.LANE: 3.0,
    RoadClass.FOOTWAY: 1.6,
    RoadClass.CYCLEWAY: 4.8,
}
_PUSHED, _WALKED = 1.2, 2.0
_ROUGH = {"cobblestone", "sett", "unhewn_cobblestone", "gravel", "ground"}
_ALLOWED = {"yes", "designated", "permissive", "official"}
_REFUSED = {"no", "private", "use_sidepath", "military", "agricultural", "forestry"}
_NEVER = {"steps", "motorway"}
# Only where a sign says so.
_BY_SIGN = {"trunk", "busway", "footway", "path", "bridleway"}
_ONWARD, _BACK, _BOTH = 1, 2, 3
_OWN = {"no": _BOTH, "-1": _BACK, "yes": _ONWARD, "1": _ONWARD}
# No bike is carried over these; gates and bollards let one through.
_WALLS = {"wall", "fence", "retaining_wall", "hedge", "city_wall", "jersey_barrier", "guard_rail",
          "full-height_turnstile", "turnstile", "stile", "kissing_gate", "ditch"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Riding:
    """`ways` bit 1: along the way, bit 2: against it. Metres a second."""

    ways: int
    speed: float


def riding(tags: Tags) -> Riding | None:
    """How a bike goes along a way, None where it may not."""
    kind = highway(tags)
    # The edges of a square are no way: around pavements drawn as areas they would be thousands.
    if not kind or kind in _NEVER or tags.get("area") == "yes":
        return None
    bicycle = tags.get("bicycle", "")
    if bicycle == "dismount" and not _closed(tags, "foot"):
        return Riding(_BOTH, _PUSHED)
    if bicycle not in _ALLOWED:
        if bicycle in _REFUSED or kind in _BY_SIGN or tags.get("motorroad") == "yes":
            return None
        if _closed(tags, "vehicle"):
            return None
    speed = _WALKED if kind == "pedestrian" else _SPEEDS[CLASSES[kind]]
    if tags.get("surface") in _ROUGH:
        speed *= 0.8
    return Riding(directions(tags), speed)


def _closed(tags: Tags, mode: str) -> bool:
    """Whether the most particular of the tags on access shuts a way."""
    return tags.get(mode, tags.get("access", "")) in _REFUSED


def directions(tags: Tags) -> int:
    """Bit 1: along the way, bit 2: against it."""
    own = tags.get("oneway:bicycle", "")
    if own in _OWN:
        return _OWN[own]
    sides = [tags.get(key, "") for key in
             ("cycleway", "cycleway:left", "cycleway:right", "cycleway:both")]  # fmt: skip
    if any(side.startswith("opposite") for side in sides) or _lane_back(tags):
        return _BOTH
    one_way = tags.get("oneway", "")
    if one_way in ("-1", "reverse"):
        return _BACK
    if one_way in ("yes", "1", "true"):
        return _ONWARD
    implied = tags.get("junction") in ("roundabout", "circular") and one_way != "no"
    return _ONWARD if implied else _BOTH


def _lane_back(tags: Tags) -> bool:
    """A lane against the traffic, or one that is ridden both ways."""
    return any(tags.get(f"cycleway:{side}:oneway") in ("-1", "no") for side in ("left", "right"))


def blocks(tags: Tags) -> bool:
    """Whether no bike comes past a node with these tags."""
    bicycle = tags.get("bicycle", "")
    if bicycle in _ALLOWED or bicycle == "dismount":
        return False
    barrier = tags.get("barrier", "")
    if not barrier:
        return False
    return bicycle in _REFUSED or barrier in _WALLS or _closed(tags, "vehicle")
