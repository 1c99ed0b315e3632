"""Makes the wall's cards off the UI thread and keeps them, counted in bytes."""

import weakref
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from kivy.graphics.texture import Texture

from kiosk.window.replica import CardRow
from kiosk.window.stage.budget import ready_bytes
from kiosk.window.stage.screens.base import Services
from kiosk.window.stage.widgets.wall.card import CardStyle, compose
from kiosk.window.visit.views import CardText, card

CACHE_BYTES = 128 * 1024 * 1024
# On software GL: what is in sight, a row on each side of it, and as much again.
GLASSES = 3.0
# More in the making would only queue up behind what the visitor has scrolled past.
IN_FLIGHT = 3


@dataclass(frozen=True, slots=True)
class Look:
    """What makes the same product look different: language, colours, size."""

    language: str
    default: str
    scheme: str
    width: int


@dataclass(frozen=True, slots=True)
class CardKey:
    """One state of one card."""

    product_id: str
    version: int
    look: Look


Card = tuple[CardKey, CardRow, CardStyle]


class CardMaker:
    """Composes cards on the painters, uploads them under the budget, keeps the latest.

    `made(key, texture)` is called on the UI thread. `prompt` while somebody waits for each card.
    """

    prompt = False
    # Of all walls, the one for which the latest card was made.
    _latest: ClassVar["weakref.ref[CardMaker] | None"] = None

    def __init__(self, services: Services, made: Callable[[CardKey, Texture], None]) -> None:
        self._services, self._told = services, made
        self._limit = ready_bytes(CACHE_BYTES, GLASSES)
        self._cache: OrderedDict[CardKey, Texture] = OrderedDict()
        self._making: set[CardKey] = set()
        self._foreseen: list[Card] = []
        self._missing: dict[str, set[CardKey]] = {}

    @property
    def busy(self) -> bool:
        return bool(self._making)

    @property
    def room(self) -> int:
        """How many more cards may be put in the making now."""
        return IN_FLIGHT - len(self._making)

    def texture(self, key: CardKey) -> Texture | None:
        """The card if it is made."""
        if key in self._cache:
            self._cache.move_to_end(key)
        return self._cache.get(key)

    def making(self, key: CardKey) -> bool:
        return key in self._making

    def make(self, key: CardKey, row: CardRow, style: CardStyle) -> None:
        """Compose the card of `row`; `made` follows."""
        self._making.add(key)
        self._services.painters.submit(
            lambda: self._compose(key.look, row, style),
            then=lambda made: self._composed(key, style, *made),
            failed=lambda _error: self._making.discard(key),
        )

    def foresee(self, cards: Sequence[Card]) -> None:
        """What may be wanted next: made while there is nothing else to make."""
        self._foreseen = list(cards)
        self.go_on()

    def go_on(self) -> None:
        while self._foreseen and self.room > 0:
            key, row, style = self._foreseen.pop(0)
            if key not in self._cache and key not in self._making:
                self.make(key, row, style)

    def arrived(self, sha256: str) -> set[CardKey]:
        """A photograph has come: forget the cards that were made without it; gives their keys."""
        keys = self._missing.pop(sha256, set())
        for key in keys:
            self._cache.pop(key, None)
        return keys

    def trim(self, least: int) -> None:
        """Let the longest unused go beyond the limit, but keep `least` cards."""
        while len(self._cache) > least and self._held() > self._limit:
            self._cache.popitem(last=False)

    def _come_first(self) -> None:
        """On software GL another wall keeps the cards that hang on it, and none that lie ready."""
        latest = CardMaker._latest() if CardMaker._latest is not None else None
        if latest is not self:
            CardMaker._latest = weakref.ref(self)
            if latest is not None and latest._limit < CACHE_BYTES:
                latest._cache.clear()

    def _held(self) -> int:
        if not self._cache:
            return 0
        newest = next(reversed(self._cache.values()))
        return len(self._cache) * int(newest.width) * int(newest.height) * 4

    def _compose(self, look: Look, row: CardRow, style: CardStyle) -> tuple[bytes, str]:
        """On a painter: the card's pixels, and the hash of the photograph that it lacks."""
        wanted = row.picture.at_least(style.width, style.photo) if row.picture else None
        path = self._services.files.path(wanted.sha256) if wanted else None
        missing = wanted.sha256 if wanted and path is None else ""
        image = compose(style, card_text(row, look), path)
        return image.convert("RGBA").tobytes(), missing

    def _composed(self, key: CardKey, style: CardStyle, pixels: bytes, missing: str) -> None:
        if missing:
            self._missing.setdefault(missing, set()).add(key)
        size = (style.width, style.height)
        self._services.uploader.put(
            pixels, size, lambda texture: self._uploaded(key, texture), whole=self.prompt
        )

    def _uploaded(self, key: CardKey, texture: Texture) -> None:
        # Drawn at whole pixels and its own size: no filter is needed, and none is faster.
        texture.min_filter = texture.mag_filter = "nearest"
        self._making.discard(key)
        self._come_first()
        self._cache[key] = texture
        self._told(key, texture)


def said(text: CardText) -> list[str]:
    """The words of a card as they are spoken."""
    return [x for x in (text.title, text.price, text.badge, text.maker) if x]


def card_text(row: CardRow, look: Look) -> CardText:
    """What is written on the card of a row."""
    return card(
        title=row.title,
        maker=row.maker,
        price_from=row.price_from,
        has_range=row.has_range,
        compare_at=row.compare_at,
        stock=row.left,
        available=row.available,
        language=look.language,
        default=look.default,
    )
