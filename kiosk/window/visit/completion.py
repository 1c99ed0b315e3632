"""Typing into the fields, and streets offered for the beginning of an address.

What is typed leaves the visit only as a question to the box's own index; the answer counts
while the question still stands. Nothing is remembered from one visitor to the next.
"""

from dataclasses import replace

from kiosk.shop.address import address_line, number_first
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit import actions as a
from kiosk.window.visit import effects as e
from kiosk.window.visit.state import LIMITS, Completion, Screen, Visit
from kiosk.window.visit.world import World

Result = tuple[Visit, tuple[e.Effect, ...]]
Typing = a.FocusField | a.EditField | a.ChooseAddress | a.ChooseNumber | a.AddressesFound

_REQUIRED = ("name", "phone", "line1", "postcode", "city")
_AT_HOME = frozenset({"line1", "postcode", "city"})  # what only a courier needs


def typed(visit: Visit, action: Typing, world: World) -> Result:
    """The next state of the fields. Nothing changes elsewhere, or while an order is kept."""
    if visit.screen is not Screen.DETAILS or visit.busy:
        return visit, ()
    match action:
        case a.FocusField(name) if name == "" or name in LIMITS:
            return _focused(visit, name), ()
        case a.EditField(name, text) if name in LIMITS:
            return _edited(visit, name, text[: LIMITS[name]], world)
        case a.AddressesFound(text, found) if _asks(visit, text):
            return replace(visit, completion=replace(visit.completion, found=found)), ()
        case a.ChooseAddress(index) if visit.focus == "line1":
            return _chosen(visit, index, world), ()
        case a.ChooseNumber(number) if visit.focus == "line1":
            return _numbered(visit, number, world), ()
    return visit, ()


def number_typed(visit: Visit) -> str:
    """What stands beside the chosen street: the number, as far as it has been typed."""
    street = visit.completion.street
    return visit.draft.line1.replace(street.street, "", 1).strip() if street else ""


def numbers_offered(visit: Visit) -> tuple[str, ...]:
    """The chosen street's numbers that begin with what has been typed of one."""
    street = visit.completion.street
    if street is None:
        return ()
    begun = number_typed(visit).replace(" ", "").lower()
    return tuple(n for n in street.numbers if n.replace(" ", "").startswith(begun))


def _focused(visit: Visit, name: str) -> Visit:
    if name == visit.focus:
        return visit
    draft = replace(visit.draft, line1=visit.draft.line1.strip())
    return replace(visit, focus=name, draft=draft, completion=Completion())


def _edited(visit: Visit, name: str, text: str, world: World) -> Result:
    visit = _with(visit, **{name: text})
    if name != "line1" or visit.focus != "line1":
        return visit, ()
    street = visit.completion.street
    if street is not None and street.street in text:
        return visit, ()
    # Streets in plain words would tell what the dots hide.
    if len(text.strip()) < 2 or visit.comfort.masked:
        return replace(visit, completion=Completion()), ()
    # What was found for the letters before stays until the answer comes: rows do not flicker.
    completion = Completion(asked=text, found=visit.completion.found)
    return replace(visit, completion=completion), (
        e.CompleteAddress(text, tuple(world.shop.postcodes)),
    )


def _asks(visit: Visit, text: str) -> bool:
    completion = visit.completion
    return visit.focus == "line1" and completion.street is None and completion.asked == text


def _chosen(visit: Visit, index: int, world: World) -> Visit:
    """Street, postcode and town at once; the number is asked for where it was not typed."""
    found = visit.completion.found
    if not 0 <= index < len(found):
        return visit
    street, country = found[index], world.shop.country
    line = address_line(street.street, street.number, country)
    if not street.number:
        line = f" {line}" if number_first(country) else f"{line} "
    visit = _with(visit, line1=line[: LIMITS["line1"]], postcode=street.postcode, city=street.city)
    if street.number:
        return _on(visit)
    return replace(visit, completion=Completion(street=street))


def _numbered(visit: Visit, number: str, world: World) -> Visit:
    street = visit.completion.street
    if street is None or number not in street.numbers:
        return visit
    line = address_line(street.street, number, world.shop.country)
    return _on(_with(visit, line1=line[: LIMITS["line1"]]))


def _with(visit: Visit, **texts: str) -> Visit:
    problems = tuple(p for p in visit.problems if p.field not in texts)
    return replace(visit, draft=replace(visit.draft, **texts), problems=problems)


def _on(visit: Visit) -> Visit:
    """On to the next field that is still missing; the keyboard leaves where none is."""
    courier = visit.fulfilment is Fulfilment.COURIER
    missing = (
        name
        for name in _REQUIRED
        if (courier or name not in _AT_HOME) and not getattr(visit.draft, name).strip()
    )
    return _focused(visit, next(missing, ""))
