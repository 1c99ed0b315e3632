"""What is offered beneath the address line: streets, then the chosen street's numbers."""

from dataclasses import dataclass, field

from kiosk.shop.address import StreetFound, address_line
from kiosk.window.visit.completion import numbers_offered
from kiosk.window.visit.state import Visit
from kiosk.window.visit.words import words
from kiosk.window.visit.world import World

MOST_NUMBERS = 24  # on the strip at once; a digit narrows them down


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`line` is the street as it will be written, `place` its postcode and town."""

    line: str = field(repr=False)
    place: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CompletionView:
    """Streets or numbers, never both. Personal: draw it, keep it nowhere else.

    `title` asks for the number and is "" otherwise; `caret` is where typing goes on once a
    street has been chosen, -1 while there is none.
    """

    streets: tuple[Suggestion, ...] = field(default=(), repr=False)
    numbers: tuple[str, ...] = field(default=(), repr=False)
    title: str = ""
    caret: int = -1


def completion(visit: Visit, world: World) -> CompletionView:
    state = visit.completion
    if visit.focus != "line1" or visit.busy or visit.comfort.masked:
        return CompletionView()
    if state.street is None:
        country = world.shop.country
        return CompletionView(streets=tuple(_suggestion(x, country) for x in state.found))
    w = words(visit.language)
    before, _, _ = visit.draft.line1.partition(state.street.street)
    at_front = not before.strip() and before != ""
    return CompletionView(
        numbers=numbers_offered(visit)[:MOST_NUMBERS],
        title=w("Which number?"),
        caret=0 if at_front else len(visit.draft.line1),
    )


def _suggestion(found: StreetFound, country: str) -> Suggestion:
    line = address_line(found.street, found.number, country)
    return Suggestion(line[:1].upper() + line[1:], f"{found.postcode} {found.city}".strip())
