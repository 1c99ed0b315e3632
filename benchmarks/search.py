"""What a key costs while somebody types, in a small shop and in a very large one.

    python benchmarks/search.py [PRODUCTS …]

Fills a replica with so many invented pieces (1,000, 10,000 and 100,000 unless told otherwise)
whose words are spread as in a language: few are frequent, most are rare, and every 25 words of
text bring a new one until there are some ten thousands. Prints milliseconds, the median over
many words, and each column's ratio to the first: what grows with the catalogue shows there.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kiosk.contract import CatalogueChanges
from kiosk.shop.catalogue import Option, OptionValue, Product, Variant
from kiosk.shop.colour import Colour
from kiosk.shop.money import Money
from kiosk.shop.selection import EVERYTHING, PriceBand, Selection, Sort
from kiosk.window.replica import CatalogueReplica

SYLLABLES = "ba be bo ca ce chi co da de do fa fi fou ga gue la lan lard le li lo ma me mi mo na ne"
ENDINGS = "age ard eau elle ence ette eur ier ine oir on ure"
SWATCHES = ("#527F69", "#1A3C66", "#9A4B16", "#DDD5C6", "#2C2622", "#AB4A1A")
PAGE, ASKED = 60, 60


class Language:
    """Words by rank, drawn as Zipf has them; ever rarer ones as the shop grows."""

    def __init__(self, rng: random.Random, size: int) -> None:
        made: dict[str, None] = {}
        parts, ends = SYLLABLES.split(), ENDINGS.split()
        while len(made) < size:
            made["".join(rng.choices(parts, k=rng.choice((1, 2, 2, 3)))) + rng.choice(ends)] = None
        self.words, self.rng = list(made), rng

    def text(self, count: int) -> str:
        ranks = (int(len(self.words) ** self.rng.random()) - 1 for _ in range(count))
        return " ".join(self.words[rank] for rank in ranks)


def pieces(count: int, rng: random.Random, language: Language) -> Iterator[Product]:
    for n in range(count):
        values = rng.sample(SWATCHES, 2)
        option = Option("c", {}, tuple(OptionValue(v, {"fr": v}, v) for v in values))
        price = Money(rng.randrange(500, 40000, 100), "EUR")
        yield Product(
            id=f"p{n:06}",
            handle=f"p{n}",
            version=1,
            category_id=f"c{rng.randrange(40)}",
            title={"fr": language.text(3).title()},
            variants=tuple(
                Variant(f"{n}{v}", f"SKU{n}{v}", price, {"c": v}, stock=rng.choice((0, 3, 9)))
                for v in values
            ),
            position=n,
            pitch={"fr": language.text(12)},
            story={"fr": language.text(60)},
            material={"fr": language.text(4)},
            maker=f"Atelier {language.words[rng.randrange(300)].title()}",
            options=(option,),
        )


def fill(folder: Path, count: int) -> tuple[CatalogueReplica, list[str]]:
    rng = random.Random(7)  # noqa: S311
    language = Language(rng, min(60_000, 3_000 + count // 2))
    replica = CatalogueReplica(folder / f"{count}.db")
    made = list(pieces(count, rng, language))
    for start in range(0, count, 500):
        page = made[start : start + 500]
        replica.apply(CatalogueChanges(epoch="e", cursor=str(start), upserts=page))
    # What people type are words of titles, rare and frequent ones alike.
    asked = [rng.choice(p.title["fr"].lower().split()) for p in rng.sample(made, ASKED)]
    return replica, asked


def mistyped(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def median(work: Callable[[str], object], asked: list[str]) -> float:
    """Milliseconds of a word, each timed once: a second time it would be remembered."""
    spent = []
    for word in asked:
        start = time.perf_counter()
        work(word)
        spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent)


def measures(replica: CatalogueReplica, asked: list[str]) -> dict[str, float]:
    rng = random.Random(3)  # noqa: S311
    green = frozenset({Colour.GREEN})

    def page(selection: Selection) -> object:
        return replica.page(selection, None, PAGE)

    start = time.perf_counter()
    replica.spelling("zzzz")
    figures = {"the words, read once": 1000 * (time.perf_counter() - start)}
    figures |= {
        "a whole word": median(lambda w: page(Selection(words=w)), asked),
        "three letters": median(
            lambda w: page(Selection(words=w[:3])), list({w[:3] for w in asked})
        ),
        "five letters": median(lambda w: page(Selection(words=w[:5])), asked),
        "two letters swapped": median(
            lambda w: page(Selection(words=w)), [mistyped(w, rng) for w in asked]
        ),
        "two words": median(lambda w: page(Selection(words=f"{w} {asked[0]}")), asked[1:]),
        "a word, filtered": median(
            lambda w: page(Selection(words=w, colours=green, price=PriceBand(0, 9000))), asked
        ),
    }
    again = ["x"] * 5
    figures |= {
        "a page, the shop's order": median(lambda _: page(EVERYTHING), again),
        "a page, filtered": median(
            lambda _: page(Selection(colours=green, price=PriceBand(0, 3000))), again
        ),
        "a page, by price": median(lambda _: page(Selection(sort=Sort.DEAREST)), again),
        "all choices with their numbers": median(lambda _: replica.facets(EVERYTHING), again),
        "choices of a shelf": median(lambda _: replica.facets(Selection("c7")), again),
    }
    return figures


def main() -> None:
    counts = [int(a) for a in sys.argv[1:]] or [1_000, 10_000, 100_000]
    columns = []
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            replica, asked = fill(Path(folder), count)
            took = time.perf_counter() - start
            size = replica._db.path.stat().st_size / 1e6
            print(f"{count} pieces: filled in {took:.0f} s, {size:.0f} MB", file=sys.stderr)
            columns.append(measures(replica, asked))
            replica.close()
    print(f"{'milliseconds (ratio)':34s}" + "".join(f"{count:>18,}" for count in counts))
    for name, first in columns[0].items():
        cells = (f"{c[name]:9.2f} ({c[name] / first:5.1f})" for c in columns)
        print(f"{name:34s}" + "".join(f"{cell:>18s}" for cell in cells))


if __name__ == "__main__":
    main()
