"""What was looked for and found: the words, the filters with their numbers, the ways on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.shop import formats
from kiosk.shop.colour import Colour
from kiosk.shop.money import Money
from kiosk.shop.promise import Fulfilment
from kiosk.shop.selection import EVERYTHING, Facets, PriceBand, Selection, Sort
from kiosk.shop.text import pick
from kiosk.window.visit import actions as a
from kiosk.window.visit.finding import MAX_WORDS, Answer, Filter, Kind, Mode
from kiosk.window.visit.state import Visit
from kiosk.window.visit.views.common import Chrome, chrome, notice
from kiosk.window.visit.words import N_, words
from kiosk.window.visit.world import World

# Fewer makers than this are no choice.
_CHOICE = 2
_COLOURS = {
    Colour.WHITE: (N_("White"), "#F7F4EE"),
    Colour.BEIGE: (N_("Beige"), "#DCCFB8"),
    Colour.YELLOW: (N_("Yellow"), "#E3B23C"),
    Colour.ORANGE: (N_("Orange"), "#D9722B"),
    Colour.RED: (N_("Red"), "#A5301F"),
    Colour.PINK: (N_("Pink"), "#E2A0AC"),
    Colour.PURPLE: (N_("Purple"), "#6E4A82"),
    Colour.BLUE: (N_("Blue"), "#24487A"),
    Colour.GREEN: (N_("Green"), "#3F6B54"),
    Colour.BROWN: (N_("Brown"), "#7A4A2B"),
    Colour.GREY: (N_("Grey"), "#8A8F94"),
    Colour.BLACK: (N_("Black"), "#1A1A1C"),
}
_ORDERS = {
    Sort.SHOP: N_("The shop’s order"),
    Sort.CHEAPEST: N_("Price, low to high"),
    Sort.DEAREST: N_("Price, high to low"),
    Sort.NAME: N_("Name, A to Z"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; a touch on it sends `action`. `swatch` is "#rrggbb" or "".

    One that is not `possible` would lead to nothing just now.
    """

    handle: str
    label: str
    action: a.Action
    selected: bool = False
    swatch: str = ""
    possible: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FindView:
    """`selection` and `count` are what the wall shows: what the box answered last.

    `words` is what stands in the field. `active` are the filters that are on, each taken off by
    a touch; `groups` are all of them, while they are shown; `ways` lead on from where nothing was
    found.
    """

    chrome: Chrome
    mode: Mode
    title: str = field(repr=False)
    words: str = field(repr=False)
    max_length: int
    placeholder: str
    selection: Selection = field(repr=False)
    count: int
    counted: str
    remark: str = field(repr=False)
    active: tuple[Option, ...]
    groups: tuple[Group, ...]
    empty: str = field(repr=False)
    ways: tuple[Option, ...] = field(repr=False)
    search: str
    filters: str
    clear: str
    show: str
    erase: str
    done: str
    notice: str


def find(visit: Visit, world: World) -> FindView:
    w, finding = words(visit.language), visit.finding
    answer = finding.answer
    facets = answer.facets if answer else Facets(0)
    offered = answer.offered if answer else Facets(0)
    typed = finding.words.strip()
    counted = w.count("{n} piece", "{n} pieces", facets.count) if facets.count else ""
    nothing = answer is not None and not facets.count
    active = tuple(_active(visit, world))
    groups: tuple[Group, ...] = ()
    if finding.mode is Mode.FILTERS:  # a letter does not wait for what nobody sees
        groups = tuple(_groups(visit, world, offered, set(_choices(facets))))
    return FindView(
        chrome=chrome(visit, world),
        mode=finding.mode,
        title=w("“{words}”", words=typed) if typed else _place(visit, world),
        words=finding.words,
        max_length=MAX_WORDS,
        placeholder=w("A piece, a colour, a maker…"),
        selection=answer.selection if answer else EVERYTHING,
        count=facets.count,
        counted=counted,
        remark=_remark(answer, visit.language) if answer else "",
        active=active,
        groups=groups,
        empty=_empty(visit, active) if nothing else "",
        ways=tuple(_ways(visit, answer, active)) if answer and nothing else (),
        search=w("Search"),
        filters=_filters(visit),
        clear=w("Clear filters") if any(f.kind is not Kind.SHELF for f in finding.chosen) else "",
        show=w.count("Show {n} piece", "Show {n} pieces", facets.count),
        erase=w("Erase"),
        done=w("Done"),
        notice=notice(visit, world),
    )


def today(world: World) -> bool:
    """Whether what is in stock can still be collected or delivered on this day."""
    return any(
        promised is not None and _day(promised.done_by, world) == _day(world.now, world)
        for promised in (world.promise(way) for way in Fulfilment if world.offers(way))
    )


def _day(at: datetime, world: World) -> object:
    return world.shop.hours.local(at).date()


def _place(visit: Visit, world: World) -> str:
    """Where somebody looks who has typed nothing yet."""
    w = words(visit.language)
    if visit.finding.mode is Mode.TYPING:
        return w("What are you looking for?")
    shelf = visit.finding.selection.category_id
    return _shelf(shelf, visit, world) if shelf else w("Everything")


def _shelf(category_id: str, visit: Visit, world: World) -> str:
    titles = (c.title for c in world.shop.categories if c.id == category_id)
    return pick(next(titles, {}), visit.language, world.shop.default_language)


def _filters(visit: Visit) -> str:
    w = words(visit.language)
    number = sum(f.kind is not Kind.SHELF for f in visit.finding.chosen)
    return w("Filters ({n})", n=number) if number else w("Filters")


def _remark(answer: Answer, language: str) -> str:
    """How what is shown differs from what was asked for; "" where it does not."""
    w = words(language)
    if not answer.facets.count:
        return ""
    if answer.meant:
        typed, meant = (" ".join(part) for part in zip(*answer.meant, strict=True))
        return w("Nothing is called “{typed}”. Here is “{meant}”.", typed=typed, meant=meant)
    if not answer.whole:
        return w("No piece has all of these words. These come close.")
    if answer.whole < answer.facets.count:
        return w.count(
            "{n} piece has all of these words; the others come close.",
            "{n} pieces have all of these words; the others come close.",
            answer.whole,
        )
    return w("These are the closest. One more word tells them apart.") if answer.more else ""


# ---- filters -----------------------------------------------------------------------------------


def _label(choice: Filter, visit: Visit, world: World) -> str:
    w = words(visit.language)
    match choice:
        case Filter(Kind.SHELF, str(category_id)):
            return _shelf(category_id, visit, world)
        case Filter(Kind.PRICE, PriceBand() as band):
            return _band(band, world.shop.currency, visit.language)
        case Filter(Kind.COLOUR, Colour() as colour):
            return w(_COLOURS[colour][0])
        case Filter(Kind.MAKER, str(maker)):
            return maker
    return w("Available today") if today(world) else w("In stock")


def _band(band: PriceBand, currency: str, language: str) -> str:
    w = words(language)
    least = formats.money(Money(band.least, currency), language)
    if band.below is None:
        return w("{price} and more", price=least)
    below = formats.money(Money(band.below, currency), language)
    if not band.least:
        return w("Under {price}", price=below)
    return w("{least} to {most}", least=least, most=below)


def _active(visit: Visit, world: World) -> Iterator[Option]:
    for choice in visit.finding.chosen:
        label = _label(choice, visit, world)
        yield Option(f"find.off.{_name(choice)}", label, a.ToggleFilter(choice), selected=True)


def _choices(facets: Facets) -> Iterator[Filter]:
    if facets.available:
        yield Filter(Kind.AVAILABLE)
    yield from (Filter(Kind.PRICE, band) for band, _ in facets.bands)
    yield from (Filter(Kind.COLOUR, colour) for colour, _ in facets.colours)
    yield from (Filter(Kind.MAKER, maker) for maker, _ in facets.makers)


def _groups(visit: Visit, world: World, offered: Facets, possible: set[Filter]) -> Iterator[Group]:
    """The kinds of filters in which there is a choice, or one was made."""
    w, finding = words(visit.language), visit.finding
    titles = {
        Kind.AVAILABLE: w("Availability"),
        Kind.PRICE: w("Price"),
        Kind.COLOUR: w("Colour"),
        Kind.MAKER: w("Maker"),
    }
    for kind, title in titles.items():
        choices = [f for f in _choices(offered) if f.kind is kind]
        chosen = [f for f in finding.chosen if f.kind is kind]
        if len(choices) < (1 if kind is Kind.AVAILABLE else _CHOICE) and not chosen:
            continue
        choices += [f for f in chosen if f not in choices]
        options = (_option(f, visit, world, possible=f in possible) for f in choices)
        yield Group(title, tuple(options))
    orders = tuple(
        Option(f"find.sort.{sort.value}", _order(sort, visit), a.SortBy(sort), sort is finding.sort)
        for sort in Sort
    )
    yield Group(w("Sort by"), orders)


def _option(choice: Filter, visit: Visit, world: World, *, possible: bool) -> Option:
    selected = choice in visit.finding.chosen
    swatch = _COLOURS[choice.value][1] if isinstance(choice.value, Colour) else ""
    return Option(
        handle=f"find.on.{_name(choice)}",
        label=_label(choice, visit, world),
        action=a.ToggleFilter(choice),
        selected=selected,
        swatch=swatch,
        possible=possible or selected,
    )


def _order(sort: Sort, visit: Visit) -> str:
    w = words(visit.language)
    if sort is Sort.SHOP and visit.finding.words.strip():
        return w("Best match")
    return w(_ORDERS[sort])


def _name(choice: Filter) -> str:
    if isinstance(choice.value, PriceBand):
        return f"price.{choice.value.least}"
    return f"{choice.kind.value}.{choice.value or 'yes'}"


# ---- nothing found -----------------------------------------------------------------------------


def _empty(visit: Visit, active: tuple[Option, ...]) -> str:
    """What was looked for and is not there, in one sentence."""
    w, typed = words(visit.language), visit.finding.words.strip()
    filters = ", ".join(option.label for option in active)
    if typed and filters:
        return w("Nothing is called “{words}” in: {filters}.", words=typed, filters=filters)
    if typed:
        return w("Nothing here is called “{words}”.", words=typed)
    return w("Nothing here is: {filters}.", filters=filters)


def _ways(visit: Visit, answer: Answer, active: tuple[Option, ...]) -> Iterator[Option]:
    """What leads on: the nearest spelling, one filter less, all shelves."""
    w = words(visit.language)
    if answer.spelling:
        label = w("Did you mean “{words}”?", words=answer.spelling)
        yield Option("find.spelling", label, a.SearchFor(answer.spelling))
    if active:
        last = active[-1]
        label = w("Without “{filter}”", filter=last.label)
        yield Option("find.without", label, last.action)
    yield Option("find.all", w("See all shelves"), a.OpenCategory(None))
