"""The words that a catalogue uses, and which of them somebody means who types one.

Held in memory: a vocabulary grows with the square root of its catalogue, about 60,000 words for
100,000 products, and one pass over its letters as numbers costs less than a look at the disk.
"""

from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kiosk.shop.wordforms import roots

if TYPE_CHECKING:
    from kiosk.window.replica.likeness import Likeness

# Letters of a word that are compared: nobody is told apart by what follows.
REACH = 20
# Shorter words are too near to one another for a guess to be more than that.
SHORT = 4
LONG = 8
_KIN = 300


class Lexicon:
    """Folded words and how each is written, for one state of the catalogue."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._shown = words
        self._words = sorted(words)
        self._likeness: Likeness | None = None

    def __len__(self) -> int:
        return len(self._words)

    def __contains__(self, word: str) -> bool:
        return word in self._shown

    def shown(self, word: str) -> str:
        """How a catalogue writes a folded word ("celadon" → "céladon")."""
        return self._shown.get(word, word)

    def beginning(self, start: str, limit: int) -> list[str]:
        """At most `limit` words that begin with `start`, in alphabetical order."""
        first = bisect_left(self._words, start)
        found = self._words[first : first + limit]
        return [word for word in found if word.startswith(start)]

    def kin(self, word: str) -> list[str]:
        """The words that are singular or plural of the same one, the word itself included."""
        asked = roots(word)
        heads = {root[: max(3, len(root) - 1)] for root in asked}
        found = {w for head in heads for w in self.beginning(head, _KIN) if asked & roots(w)}
        return sorted(found)

    def near(self, word: str, *, errors: int | None = None, limit: int = 12) -> list[str]:
        """The nearest words within so many typing errors, nearest first.

        An error is a missing, added or wrong letter or two letters swapped. Without `errors`
        the word's length decides: none below SHORT letters, one, two from LONG letters on.
        A word that only begins like that counts as well, after whole words, unless it is so
        short that many do.
        """
        allowed = _tolerance(word[:REACH]) if errors is None else errors
        if not allowed or not self._words:
            return []
        near = self._alike().near(word[:REACH], allowed, begun=len(word) > SHORT)
        return [found for _, found in sorted((cost, self._words[n]) for cost, n in near)[:limit]]

    def _alike(self) -> "Likeness":
        # Two threads may both make it at first: it comes out the same.
        if self._likeness is None:
            from kiosk.window.replica.likeness import Likeness

            self._likeness = Likeness(self._words)
        return self._likeness


def _tolerance(word: str) -> int:
    if len(word) < SHORT or any(c.isdigit() for c in word):
        return 0
    return 1 if len(word) < LONG else 2
