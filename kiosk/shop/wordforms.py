"""Words as people look for them: cut out of a text, and known again in the plural."""

import re
from collections.abc import Iterator

from kiosk.shop.text import fold

# A word keeps its combining marks, which `fold` takes away.
_WORD = r"[^\W_](?:[^\W_]|[\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06ed\u3099\u309a\u0640])*"
_COMPOUND = re.compile(rf"{_WORD}(?:[-\u2010\u2011]{_WORD})*")
_PART = re.compile(_WORD)
# Scripts without spaces between words.
_DENSE = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_ARABIC_THE = re.compile("^[وبفكل]?ال(?=.{3})")
# What a sentence needs and no piece is called: French, English, German, Spanish, Italian, Dutch.
_SMALL_WORDS = (
    "le la les l un une des de du d et en a au aux pour avec the of for in and an with der die "
    "das den dem ein eine und mit von fur el los las y con del por para il lo gli i e di da al "
    "della het een van voor met op"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_PLURALS = (
    # ending, what may stand in its place in the singular; of the languages that the glass speaks
    ("aux", ("al", "au")),  # journaux, noyaux
    ("ies", ("y", "ie")),  # candies
    ("ves", ("f", "fe", "ve")),  # scarves, knives
    ("ces", ("z", "ce")),  # luces
    ("zen", ("s", "z")),  # vazen
    ("ven", ("f", "v")),  # brieven
    ("es", ("", "e")),
    ("en", ("", "e")),
    ("er", ("",)),
    ("s", ("",)),
    ("x", ("",)),
    ("n", ("",)),
    ("e", ("",)),
    ("i", ("",)),
    ("o", ("",)),
    ("a", ("",)),
    ("ات", ("",)),
    ("ه", ("",)),
)


def words_of(text: str) -> Iterator[tuple[str, str]]:
    """Every (folded, as written) word of a text, to be found by.

    A compound counts as its parts and as a whole ("porte-clés" → porte, cles, portecles), an
    Arabic word with its article and without, a run of Chinese or Japanese characters as all
    its single characters and pairs.
    """
    for compound in _COMPOUND.findall(text):
        parts = _PART.findall(compound)
        for part in parts:
            yield from _indexed(part)
        if len(parts) > 1:
            yield "".join(map(fold, parts)), compound.lower()


def words_asked(text: str, most: int = 8) -> list[str]:
    """The folded words of a query, at most so many, each once; small words only when alone."""
    asked: dict[str, None] = {}
    for part in _PART.findall(text):
        for run, dense in _runs(fold(part)):
            pairs = [run[i : i + 2] for i in range(len(run) - 1)] if dense else []
            asked.update(dict.fromkeys(pairs or [run if dense else _ARABIC_THE.sub("", run)]))
    telling = [word for word in asked if word not in _SMALL]
    return (telling or list(asked))[:most]


def is_dense(word: str) -> bool:
    """Whether the word is of a script that puts no spaces between words."""
    return bool(_DENSE.match(word))


def roots(word: str) -> frozenset[str]:
    """What a folded word may be in the singular, itself included.

    Two words are one in singular and plural when they share a root: no dictionary says so, only
    the endings of the languages that the glass speaks. Roots have at least three letters.
    """
    found = {word}
    for ending, singulars in _PLURALS:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            found.update(stem + singular for singular in singulars)
            if ending in ("en", "es") and stem[-1:] == stem[-2:-1]:
                found.add(stem[:-1])  # tassen
    found.update(re.sub(r"([aeou])\1", r"\1", root) for root in tuple(found))  # vaas, vazen
    return frozenset(root for root in found if len(root) > 2) or frozenset((word,))


def _indexed(part: str) -> Iterator[tuple[str, str]]:
    for run, dense in _runs(fold(part)):
        if not dense:
            yield run, part.lower()
            bare = _ARABIC_THE.sub("", run)
            if bare != run:
                yield bare, bare
            continue
        for i, character in enumerate(run):
            yield character, character
            if i + 1 < len(run):
                yield run[i : i + 2], run[i : i + 2]


def _runs(folded: str) -> Iterator[tuple[str, bool]]:
    """The parts of a word that are of a dense script, and those that are not."""
    end = 0
    for match in _DENSE.finditer(folded):
        if match.start() > end:
            yield folded[end : match.start()], False
        yield match.group(), True
        end = match.end()
    if end < len(folded):
        yield folded[end:], False
