"""What a visitor looks for: words, filters and an order, and what the box answered."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from kiosk.shop.colour import Colour
from kiosk.shop.selection import EVERYTHING, Facets, PriceBand, Selection, Sort

MAX_WORDS = 60


class Mode(StrEnum):
    """What the desk holds: the ways to narrow, the keyboard, or the filters."""

    RESULTS = "results"
    TYPING = "typing"
    FILTERS = "filters"


class Kind(StrEnum):
    SHELF = "shelf"
    PRICE = "price"
    COLOUR = "colour"
    MAKER = "maker"
    AVAILABLE = "available"


# Of these one excludes another.
_ONE_OF = frozenset({Kind.SHELF, Kind.PRICE, Kind.AVAILABLE})


@dataclass(frozen=True, slots=True)
class Filter:
    """`value` is a category id, a price band, a colour or a maker's name; None for AVAILABLE."""

    kind: Kind
    value: str | PriceBand | Colour | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the box found for a selection.

    `facets` count what else can be chosen now; `offered` is everything that the words and the
    shelf have to choose from, so that no choice jumps away under a finger.

    `whole` pieces have every word, `more` are left out. `meant` pairs mistyped words with those
    that were looked for instead; `spelling` is offered where nothing was found.
    """

    selection: Selection
    facets: Facets
    offered: Facets
    whole: int = 0
    more: bool = False
    meant: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    spelling: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """`chosen` are the filters in the order in which they were chosen.

    `words` is not personal, yet the visitor's own: gone with the visit, kept in no log.
    `answer` stays until the next one comes, so that nothing flickers while somebody types.
    """

    mode: Mode = Mode.RESULTS
    words: str = field(default="", repr=False)
    chosen: tuple[Filter, ...] = ()
    sort: Sort = Sort.SHOP
    answer: Answer | None = None

    @property
    def selection(self) -> Selection:
        """What to ask the box for."""
        if not self.chosen and not self.words.strip() and self.sort is Sort.SHOP:
            return EVERYTHING
        values = {kind: [f.value for f in self.chosen if f.kind is kind] for kind in Kind}
        shelf = next((v for v in values[Kind.SHELF] if isinstance(v, str)), None)
        return Selection(
            category_id=shelf,
            words=self.words.strip(),
            price=next((v for v in values[Kind.PRICE] if isinstance(v, PriceBand)), None),
            colours=frozenset(v for v in values[Kind.COLOUR] if isinstance(v, Colour)),
            makers=frozenset(v for v in values[Kind.MAKER] if isinstance(v, str)),
            available=bool(values[Kind.AVAILABLE]),
            sort=self.sort,
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for that the shelves alone do not show."""
        return bool(self.words.strip() or any(f.kind is not Kind.SHELF for f in self.chosen))

    def toggled(self, choice: Filter) -> "Finding":
        """With the filter, or without it where it was chosen already."""
        if choice in self.chosen:
            return replace(self, chosen=tuple(f for f in self.chosen if f != choice))
        kept = (f for f in self.chosen if f.kind is not choice.kind or f.kind not in _ONE_OF)
        return replace(self, chosen=(*kept, choice))
