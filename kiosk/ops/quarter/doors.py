"""Doors with their addresses: from nodes, from houses, and from lines between two numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from shapely import LineString

from kiosk.contract.mapfile import MAX_NAME, SUFFIXES, Addresses
from kiosk.ops.quarter.areas import runs
from kiosk.ops.quarter.drawing import Names, dm
from kiosk.ops.quarter.reading import Excerpt, Way
from kiosk.ops.quarter.tags import Tags
from kiosk.shop.text import clean, fold

_NUMBER = re.compile(r"(\d{1,5})[\s-]*(bis|ter|[a-z](?![a-z]))?")
_STEPS = {"all": 1, "odd": 2, "even": 2}
_MOST_BETWEEN = 200

# Street, number, suffix, metres east and north.
Door = tuple[str, int, int, float, float]


@dataclass
class Doors:
    """All doors of a frame, each once."""

    found: set[Door] = field(default_factory=set)
    postcodes: Counter[str] = field(default_factory=Counter)

    def take(self, tags: Tags, x: float, y: float) -> None:
        """The doors that the tags of one place name."""
        street = street_of(tags)
        for number, suffix in numbers(tags.get("addr:housenumber", "")):
            if street:
                self.found.add((street, number, suffix, x, y))
                if "addr:postcode" in tags:
                    self.postcodes[tags["addr:postcode"]] += 1

    def between(self, excerpt: Excerpt, ways: Iterable[Way]) -> None:
        """The doors that stand unmapped between the two ends of a numbered line."""
        for way in ways:
            step = _STEPS.get(way.tags.get("addr:interpolation", ""))
            if step is None or not len(way.refs):
                continue
            ends = [excerpt.spots.get(int(ref)) for ref in (way.refs[0], way.refs[-1])]
            if ends[0] is None or ends[1] is None:
                continue
            street = street_of(way.tags) or street_of(ends[0].tags)
            numbered = [next(iter(numbers(end.tags.get("addr:housenumber", ""))), None)
                        for end in ends if end]  # fmt: skip
            if street and numbered[0] and numbered[1]:
                for _, xy in runs(excerpt, way.refs):
                    self._fill(street, numbered[0][0], numbered[1][0], step, LineString(xy))

    def _fill(self, street: str, first: int, last: int, step: int, line: LineString) -> None:
        if not step < abs(last - first) <= _MOST_BETWEEN * step or (last - first) % step:
            return
        for number in range(min(first, last) + step, max(first, last), step):
            at = line.interpolate((number - first) / (last - first), normalized=True)
            self.found.add((street, number, 0, at.x, at.y))

    def columns(self, names: Names) -> Addresses:
        book = Addresses()
        for street, number, suffix, x, y in sorted(self.found):
            book.street.append(names.add(street))
            book.number.append(number)
            book.suffix.append(suffix)
            book.x.append(dm(x))
            book.y.append(dm(y))
        return book

    def only_postcode(self) -> str:
        """The postcode that nearly all doors share; "" in a quarter with several."""
        if not self.postcodes:
            return ""
        code, count = self.postcodes.most_common(1)[0]
        return code if count >= 0.98 * self.postcodes.total() else ""


def street_of(tags: Tags) -> str:
    """The street, or the hamlet or square, that a door is counted by."""
    return clean(tags.get("addr:street", "") or tags.get("addr:place", ""), MAX_NAME)


def numbers(text: str) -> Iterator[tuple[int, int]]:
    """(number, suffix) of all that "12-16", "3;5" and "7 bis" name: of a range its ends."""
    for part in re.split(r"[;,]", fold(text[:80])):
        # Behind a stroke stands a flat, or the number of another register.
        for number, suffix in _NUMBER.findall(part.partition("/")[0]):
            if int(number) <= 0xFFFF:
                yield int(number), SUFFIXES.index(suffix)
