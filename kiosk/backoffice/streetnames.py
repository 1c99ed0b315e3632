"""Addresses as people write them, matched to a map's doors.

"14 bis, R. de la lucarne" finds "rue de la Lucarne", "Hauptstr. 5a" finds "Hauptstraße": case,
accents, punctuation, common abbreviations and one or two slips of the finger do not matter; the
street's kind does. Names may be of any script.
"""

import re
from collections import defaultdict
from difflib import SequenceMatcher

from kiosk.contract.mapfile import SUFFIXES, UNIT_M, MapFile
from kiosk.shop.geo import Point
from kiosk.shop.text import fold

# What stands for a kind of street, in the languages of the window and some of their neighbours: all
# that is written for one kind is one, since "R." is a rua in Porto and a rue in Paris.
_SAME = {
    "rue": "r rua",
    "avenue": "av ave avenida avda",
    "boulevard": "bd bld blvd boul bvd bulevar",
    "place": "pl plaza praca pca pza piazza plein platz",
    "square": "sq",
    "impasse": "imp",
    "passage": "pass psg passagem pasaje",
    "quai": "q",
    "allee": "all",
    "chemin": "ch che",
    "route": "rte",
    "calle": "c",
    "carrer": "carr",
    "travessa": "trav tv",
    "largo": "lg lgo",
    "via": "v",
    "corso": "cso",
    "street": "st str",
    "road": "rd",
    "lane": "ln",
    "شارع": "ش",
}
_KINDS = {short: kind for kind, shorts in _SAME.items() for short in shorts.split()}
# "Hauptstr." and "Haupt-Str." are one with "Hauptstraße".
_STREET_ENDS = re.compile(r"(?:^|(?<=\w)\s?)(?:strasse|straat|str)$")
_SMALL_WORDS = {"de", "du", "des", "la", "le", "les", "l", "d", "et", "aux", "a", "da", "do", "das",
                "dos", "e", "del", "della", "dei", "el", "los", "las", "der", "den", "the", "of",
                "van", "von", "und", "and"}  # fmt: skip
_BIS = {"b": 1, "t": 2}  # how some write what others write in full
# A letter may begin the street ("5 r. Lucarne"): apart from the number only two are suffixes.
_NUMBER_FIRST = re.compile(r"^(?:n\s*[ro]?\s*)?(\d{1,5})(?:\s*(bis|ter|b|t)\b|([a-z])\b)?\s+(.*)$")
_NUMBER_LAST = re.compile(r"^(.*?)\s+(?:n\s*[ro]?\s+)?(\d{1,5})(?:\s*(bis|ter|[a-z])\b)?$")
_SHORTEST = 6  # letters of a name that may end in a shortened "Straße"
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
        number, suffixes, street = parse(line1)
        doors = self._street(street)
        if not doors:
            return None
        if number is None:
            middle = sorted(doors)[len(doors) // 2]
            return self._projection.to_point(middle[2], middle[3])
        # The other side of the street counts as two numbers further.
        best = min(
            doors,
            key=lambda d: (
                abs(d[0] - number) + 2 * ((d[0] - number) % 2),
                d[1] not in suffixes,
                d[1],
            ),
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


def parse(line1: str) -> tuple[int | None, tuple[int, ...], str]:
    """(number, suffixes, key of the street) of a line like "14 bis, rue de la Lucarne".

    Suffixes by their place in SUFFIXES: "14 b" may be the door b, or the 14 bis.
    """
    text = _plain(line1[:200])
    match = _NUMBER_FIRST.match(text)
    if match:
        number, apart, letter, street = match.groups()
        suffix = apart or letter
    else:
        match = _NUMBER_LAST.match(text)
        if not match:
            return None, (0,), street_key(text)
        street, number, suffix = match.groups()
    meant = (SUFFIXES.index(suffix or ""), *filter(None, [_BIS.get(suffix or "")]))
    return int(number), meant, street_key(street)


def street_key(name: str) -> str:
    """What two spellings of one street have in common: "rue lucarne"."""
    words = _plain(name).split()
    if not words:
        return ""
    words[0] = _KINDS.get(words[0], words[0])
    if len(words) > 1 and words[-1] in ("st", "rd", "ln"):
        words[-1] = _KINDS[words[-1]]
    kept = " ".join([words[0], *(w for w in words[1:] if w not in _SMALL_WORDS)])
    return _STREET_ENDS.sub("str", kept) if len(kept) > _SHORTEST else kept


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+|_", " ", fold(text)).split())
