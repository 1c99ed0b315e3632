"""Reading aloud: what is said of the piece on the screen, and when it falls silent."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.shop import formats
from kiosk.shop.text import Texts, pick
from kiosk.window.visit import actions as a
from kiosk.window.visit import effects as e
from kiosk.window.visit.world import World

if TYPE_CHECKING:
    from kiosk.window.visit.state import Visit


@dataclass(frozen=True, slots=True)
class Aloud:
    """`count` numbers the readings of a visit, so that a late end ends no later one."""

    count: int = 0
    reading: bool = False


def read_aloud(
    visit: "Visit", action: a.ReadAloud | a.SpeechOver, world: World
) -> tuple["Visit", tuple[e.Effect, ...]]:
    """Begin to read the piece on the screen; the same touch again makes it quiet."""
    aloud = visit.aloud
    if isinstance(action, a.SpeechOver):
        if action.count != aloud.count:
            return visit, ()
        return replace(visit, aloud=replace(aloud, reading=False)), ()
    if aloud.reading:
        return _quiet(visit), (e.Hush(),)
    said = tuple(_of_the_piece(visit, world))
    if not said or not world.speaks & {x.language for x in said}:
        return visit, ()
    begun = Aloud(aloud.count + 1, reading=True)
    return replace(visit, aloud=begun), (e.Say(said, begun.count),)


def interrupted(
    before: "Visit", after: "Visit", effects: tuple[e.Effect, ...]
) -> tuple["Visit", tuple[e.Effect, ...]]:
    """The state `after`, silent where what was being read is no longer on the screen."""
    same = (
        after.screen is before.screen
        and after.product_id == before.product_id
        and after.language == before.language
    )
    if same or not before.aloud.reading:
        return after, effects
    return _quiet(after), (*effects, e.Hush())


def _quiet(visit: "Visit") -> "Visit":
    return replace(visit, aloud=replace(visit.aloud, reading=False))


def _of_the_piece(visit: "Visit", world: World) -> Iterator[e.Saying]:
    """Name, price, pitch, story and meaning, each in the language in which it is written."""
    piece = world.products.get(visit.product_id or "")
    if piece is None or visit.screen != "product":
        return
    language, default = visit.language, world.shop.default_language
    variant = piece.variant(visit.variant_id or "") or piece.variants[0]

    def written(texts: Texts) -> Iterator[e.Saying]:
        text = pick(texts, language, default)
        if text:
            code = next(code for code in (language, default, *texts) if texts.get(code) == text)
            yield e.Saying(text, code)

    yield from written(piece.title)
    yield e.Saying(formats.money(variant.price, language), language)
    for texts in (piece.pitch, piece.story, piece.meaning):
        yield from written(texts)
