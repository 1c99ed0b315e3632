"""Addresses as people write them, matched to a map's doors.

"14 bis, R. de la lucarne" finds "rue de la Lucarne": case, accents, punctuation, common
abbreviations and one or two slips of the finger do not matter; the street's kind does.
"""

import re
from collections import defaultdict
from difflib import SequenceMatcher

from kiosk.contract.mapfile import UNIT_M, MapFile
from kiosk.shop.geo import Point
from kiosk.shop.text import fold

_KINDS = {
    "r": "rue",
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "blvd": "boulevard",
    "boul": "boulevard",
    "pl": "place",
    "sq": "square",
    "imp": "impasse",
    "pass": "passage",
    "psg": "passage",
    "q": "quai",
    "all": "allee",
    "ch": "chemin",
    "che": "chemin",
    "rte": "route",
}
_SMALL_WORDS = {"de", "du", "des", "la", "le", "les", "l", "d", "et", "aux", "a"}
_SUFFIXES = {"": 0, "bis": 1, "b": 1, "ter": 2, "t": 2}
_SUFFIX = r"(?:\s*(bis|ter|b|t)\b)?"
_NUMBER_FIRST = re.compile(rf"^(?:n\s*o?\s*)?(\d{{1,4}}){_SUFFIX}\s+(.*)$")
_NUMBER_LAST = re.compile(rf"^(.*?)\s+(\d{{1,4}}){_SUFFIX}$")
_ALIKE = 0.86  # of two street names: one slip in about eight letters

Door = tuple[int, int, float, float]  # number, suffix, metres east and north


class AddressBook:
    def __init__(self, map_file: MapFile) -> None:
        self._projection = map_file.projection
        self._postcode = map_file.meta.postcode
        self._doors: dict[str, list[Door]] = defaultdict(list)
        book = map_file.addresses
        keys = {index: street_key(map_file.names[index]) for index in set(book.street)}
        for k, street in enumerate(book.street):
            door = (book.number[k], book.suffix[k], book.x[k] * UNIT_M, book.y[k] * UNIT_M)
            self._doors[keys[street]].append(door)
        self._streets_without_doors(map_file)

    def _streets_without_doors(self, map_file: MapFile) -> None:
        """A street whose numbers nobody has mapped is found by its middle."""
        bike = map_file.bike
        middles: dict[str, list[Door]] = defaultdict(list)
        keys = {index: street_key(map_file.names[index]) for index in set(bike.name)}
        for k, street in enumerate(bike.name):
            key = keys[street]
            if key and key not in self._doors:
                a, b = bike.a[k], bike.b[k]
                x, y = (bike.x[a] + bike.x[b]) / 2, (bike.y[a] + bike.y[b]) / 2
                middles[key].append((0, 0, x * UNIT_M, y * UNIT_M))
        for key, stretches in middles.items():
            self._doors[key] = [sorted(stretches)[len(stretches) // 2]]

    def find(self, line1: str, postcode: str) -> Point | None:
        """The door, or the nearest number of its street; None where there is no such street."""
        given = re.sub(r"\s", "", postcode).casefold()
        if given and self._postcode and given != self._postcode.casefold():
            return None
        number, suffix, street = parse(line1)
        doors = self._street(street)
        if not doors:
            return None
        if number is None:
            middle = sorted(doors)[len(doors) // 2]
            return self._projection.to_point(middle[2], middle[3])
        # The other side of the street counts as two numbers further.
        best = min(
            doors,
            key=lambda d: (abs(d[0] - number) + 2 * ((d[0] - number) % 2), d[1] != suffix, d[1]),
        )
        return self._projection.to_point(best[2], best[3])

    def _street(self, asked: str) -> list[Door] | None:
        if not asked:
            return None
        if asked in self._doors:
            return self._doors[asked]
        kind, _, rest = asked.partition(" ")
        best, best_share = None, _ALIKE
        for key, doors in self._doors.items():
            other_kind, _, other = key.partition(" ")
            if kind != other_kind or abs(len(other) - len(rest)) > 3:
                continue
            share = SequenceMatcher(None, rest, other).ratio()
            if share > best_share:
                best, best_share = doors, share
        return best


def parse(line1: str) -> tuple[int | None, int, str]:
    """(number, suffix, key of the street) of a line like "14 bis, rue de la Lucarne"."""
    text = _plain(line1[:200])
    match = _NUMBER_FIRST.match(text)
    if match:
        number, suffix, street = match.groups()
    else:
        match = _NUMBER_LAST.match(text)
        if not match:
            return None, 0, street_key(text)
        street, number, suffix = match.groups()
    return int(number), _SUFFIXES[suffix or ""], street_key(street)


def street_key(name: str) -> str:
    """What two spellings of one street have in common: "rue lucarne"."""
    words = _plain(name).split()
    if not words:
        return ""
    words[0] = _KINDS.get(words[0], words[0])
    return " ".join([words[0], *(w for w in words[1:] if w not in _SMALL_WORDS)])


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^0-9a-z]+", " ", fold(text)).split())
