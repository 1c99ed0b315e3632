"""Which words of a list are near to a mistyped one, reckoned for all of them at once.

Apart from the lexicon, which imports it when somebody mistypes: with NumPy it takes a tenth of a
second of a start, and seven megabytes.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kiosk.window.replica.lexicon import REACH


class Likeness:
    """Words as numbers: one pass over their letters costs less than a look at the disk."""

    def __init__(self, words: Sequence[str]) -> None:
        cut = np.array(words or [""], dtype=f"<U{REACH}")
        self._codes = cut.view(np.uint32).reshape(len(cut), REACH)
        self._lengths = np.count_nonzero(self._codes, axis=1).astype(np.int16)
        bits = np.uint64(1) << (self._codes & 63).astype(np.uint64)
        self._letters = np.bitwise_or.reduce(np.where(self._codes > 0, bits, 0), axis=1)

    def near(self, word: str, allowed: int, *, begun: bool) -> list[tuple[int, int]]:
        """Twice the errors of the nearest words and their places in the list, as
        `Lexicon.near` has them. Where `begun`, words that begin like it count.
        """
        rows = np.flatnonzero(self._may_be(word, allowed))
        if not len(rows):
            return []
        whole, beginning = _distances(self._codes[rows], self._lengths[rows], word, allowed)
        cost = np.minimum(2 * whole, 2 * beginning + 1) if begun else 2 * whole
        best = int(cost.min())
        if best > 2 * allowed + 1:
            return []
        # What is as good as the best, and its longer forms: an error more is another word.
        return [(int(cost[i]), int(rows[i])) for i in np.flatnonzero(cost <= best | 1)]

    def _may_be(self, word: str, allowed: int) -> NDArray[np.bool_]:
        """What lacks no more of the word's letters than there may be errors."""
        lacking = np.zeros(len(self._letters), np.int8)
        for letter in set(word):
            bit = np.uint64(1 << (ord(letter) & 63))
            lacking += (self._letters & bit) == 0
        near: NDArray[np.bool_] = (lacking <= allowed) & (self._lengths >= len(word) - allowed)
        return near


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
