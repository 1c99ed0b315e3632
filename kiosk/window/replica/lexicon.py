"""The words that a catalogue uses, and which of them somebody means who types one.

Held in memory: a vocabulary grows with the square root of its catalogue, about 60,000 words for
100,000 products, and one pass over its letters as numbers costs less than a look at the disk.
"""

from bisect import bisect_left
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kiosk.shop.wordforms import roots

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
        cut = np.array(self._words or [""], dtype=f"<U{REACH}")
        self._codes = cut.view(np.uint32).reshape(len(cut), REACH)
        self._lengths = np.count_nonzero(self._codes, axis=1).astype(np.int16)
        bits = np.uint64(1) << (self._codes & 63).astype(np.uint64)
        self._letters = np.bitwise_or.reduce(np.where(self._codes > 0, bits, 0), axis=1)

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
        word = word[:REACH]
        allowed = _tolerance(word) if errors is None else errors
        if not allowed or not self._words:
            return []
        rows = np.flatnonzero(self._may_be(word, allowed))
        if not len(rows):
            return []
        whole, begun = _distances(self._codes[rows], self._lengths[rows], word, allowed)
        cost = np.minimum(2 * whole, 2 * begun + 1) if len(word) > SHORT else 2 * whole
        best = int(cost.min())
        if best > 2 * allowed + 1:
            return []
        # What is as good as the best, and its longer forms: an error more is another word.
        taken = [(int(cost[i]), self._words[rows[i]]) for i in np.flatnonzero(cost <= best | 1)]
        return [found for _, found in sorted(taken)[:limit]]

    def _may_be(self, word: str, allowed: int) -> NDArray[np.bool_]:
        """What lacks no more of the word's letters than there may be errors."""
        lacking = np.zeros(len(self._letters), np.int8)
        for letter in set(word):
            bit = np.uint64(1 << (ord(letter) & 63))
            lacking += (self._letters & bit) == 0
        near: NDArray[np.bool_] = (lacking <= allowed) & (self._lengths >= len(word) - allowed)
        return near


def _tolerance(word: str) -> int:
    if len(word) < SHORT or any(c.isdigit() for c in word):
        return 0
    return 1 if len(word) < LONG else 2


def _distances(
    codes: NDArray[np.uint32], lengths: NDArray[np.int16], word: str, allowed: int
) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Damerau-Levenshtein distance (adjacent swaps) of `word` to each row, all rows at once.

    To the whole word, and to the best of its beginnings; what is out of reach counts REACH * 2.
    """
    asked = [ord(c) for c in word]
    width = min(REACH, len(asked) + allowed)
    columns = np.ascontiguousarray(codes[:, :width].T)
    shape = (width + 1, codes.shape[0])
    earlier = np.zeros(shape, np.int16)
    above = np.repeat(np.arange(width + 1, dtype=np.int16)[:, None], shape[1], axis=1)
    for i, letter in enumerate(asked):
        row = np.empty(shape, np.int16)
        row[0] = i + 1
        same = columns == letter
        for j in range(width):
            here = np.minimum(above[j + 1], row[j]) + 1
            here = np.minimum(here, above[j] + ~same[j])
            if i and j:
                swapped = same[j - 1] & (columns[j] == asked[i - 1])
                here = np.where(swapped, np.minimum(here, earlier[j - 1] + 1), here)
            row[j + 1] = here
        earlier, above = above, row
    far = np.int16(REACH * 2)
    inside = np.minimum(lengths, width)
    whole = np.where(lengths <= width, above[inside, np.arange(shape[1])], far)
    return whole.astype(np.int16), above[max(0, len(asked) - allowed) :].min(axis=0)
