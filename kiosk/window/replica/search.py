"""Full text search that forgives: accents, plurals, unfinished words, typing errors.

A typed word becomes the few words of the catalogue that it may mean, and only those are looked
up: the cost of a key follows the vocabulary and the pieces that are shown, not the catalogue.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from kiosk.shop.wordforms import is_dense, roots, words_asked
from kiosk.window.replica.lexicon import SHORT, Lexicon
from kiosk.window.replica.sieve import Conditions, Read

Marks = Sequence[tuple[str, str]]

# No wall is walked further: who sees so many types another word.
FOUND = 600
# So few pieces with all the words leave room for those with some of them.
FEW = 4
CLOSE = 12
# A beginning with more endings is cheaper to look up as a beginning.
_ENDINGS = 48
_TITLE, _MAKER, _ANY = "{title} : ", "{title maker} : ", ""


@dataclass(frozen=True, slots=True)
class Found:
    """Row numbers, best first; the first `whole` have every word. `more` are left out.

    `meant` pairs each mistyped word with the one that was looked for instead.
    """

    numbers: tuple[int, ...] = ()
    whole: int = 0
    more: bool = False
    meant: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Term:
    """One typed word as FTS5 expressions: as a whole word, and as a beginning too."""

    exact: str
    loose: str
    meant: str = ""


def find(read: Read, lexicon: Lexicon, marks: Marks, text: str, where: Conditions) -> Found:
    """The rows under `where` that have the words of `text`, best first.

    All words before some; within that words of the title before the maker's before others,
    whole words before beginnings, pieces that can be had before those that are sold out, the
    shop's order. `marks` are folded words of categories and colours, and what their pieces hold.
    """
    asked = words_asked(text[:200])
    terms = [term_of(word, lexicon, marks) for word in asked]
    if not terms:
        return Found()
    found: dict[int, None] = {}
    for columns in (_TITLE, _MAKER, _ANY):
        for expressions in ([t.exact for t in terms], [t.loose for t in terms]):
            if len(found) <= FOUND:
                _add(found, read, " AND ".join(f"{columns}{e}" for e in expressions), where)
    whole = len(found)
    size = len(terms) - 1
    while whole < FEW and size and (size == len(terms) - 1 or not found):
        for columns in (_TITLE, _ANY):
            _add(found, read, _some([f"{columns}{t.loose}" for t in terms], size), where)
        size -= 1
    meant = tuple((w, t.meant) for w, t in zip(asked, terms, strict=True) if t.meant)
    numbers = tuple(found)[: whole + CLOSE if 0 < whole < FEW else FOUND]
    return Found(numbers, min(whole, FOUND), len(found) > FOUND, meant)


def spelling(lexicon: Lexicon, marks: Marks, text: str) -> str:
    """What may have been meant by a text with words that the catalogue lacks; "" for nothing."""
    said = []
    guessed = False
    for word in words_asked(text[:200]):
        if _direct(word, lexicon, marks) or is_dense(word):
            said.append(lexicon.shown(word))
            continue
        near = lexicon.near(word) or lexicon.near(word, errors=min(3, len(word) // 3), limit=1)
        if not near:
            return ""
        said.append(lexicon.shown(near[0]))
        guessed = True
    return " ".join(said) if guessed else ""


def term_of(word: str, lexicon: Lexicon, marks: Marks) -> Term:
    if is_dense(word):
        same = _any([word, *(mark for name, mark in marks if name == word)])
        return Term(same, same)
    direct = _direct(word, lexicon, marks)
    near = [] if direct else lexicon.near(word)
    kin = sorted({word, *lexicon.kin(word), *near})
    held = _held(word, marks) | {mark for w in near for mark in _held(w, marks)}
    begun = lexicon.beginning(word, _ENDINGS + 1) if len(word) >= SHORT else []
    if len(word) < SHORT or len(begun) > _ENDINGS or not begun:
        loose = f'({_any([*kin, *held])} OR "{word}"*)'
    else:
        loose = _any([*kin, *begun, *held])
    return Term(_any([*kin, *held]), loose, lexicon.shown(near[0]) if near else "")


def _direct(word: str, lexicon: Lexicon, marks: Marks) -> bool:
    """Whether the catalogue has the word, another number of it, or a longer form."""
    if len(word) < SHORT or lexicon.beginning(word, 1):
        return True
    return bool(lexicon.kin(word) or _held(word, marks))


def _held(word: str, marks: Marks) -> set[str]:
    """The marks that the word names, in any number or unfinished."""
    if len(word) < 3:
        return set()
    asked = roots(word)
    return {mark for name, mark in marks if name.startswith(word) or asked & roots(name)}


def _any(words: Iterable[str]) -> str:
    return "(" + " OR ".join(f'"{word}"' for word in dict.fromkeys(words)) + ")"


def _some(expressions: Sequence[str], size: int) -> str:
    """Any `size` of the expressions together."""
    groups = (" AND ".join(group) for group in combinations(expressions, size))
    return " OR ".join(f"({group})" for group in groups)


def _add(found: dict[int, None], read: Read, match: str, where: Conditions) -> None:
    """Put the rows that match behind those that are there already."""
    conditions, values = where
    rows = _matching(read, match, conditions, values)
    if len(rows) > FOUND:  # cut off in no order: then those that can be had first
        rows = _matching(read, match, f"{conditions} AND product.available", values) + rows
    keyed = {row[0]: row[1:] for row in rows}
    found.update(dict.fromkeys(sorted(keyed, key=lambda n: keyed[n])))


def _matching(
    read: Read, match: str, conditions: str, values: Sequence[object]
) -> list[tuple[int, int, int, str, str]]:
    return read(
        "SELECT product.n, 1 - product.available, product.position, product.title, product.id "  # noqa: S608
        "FROM words JOIN product ON product.n = words.rowid "
        f"WHERE words MATCH ? AND {conditions} LIMIT ?",
        [match, *values, FOUND + 1],
    )
