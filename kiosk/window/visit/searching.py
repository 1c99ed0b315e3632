"""Looking for something: what opens the search, what narrows it, and the ways back."""

from dataclasses import replace

from kiosk.window.visit import actions as a
from kiosk.window.visit import effects as e
from kiosk.window.visit.finding import MAX_WORDS, Filter, Finding, Kind, Mode
from kiosk.window.visit.state import Screen, Visit

Result = tuple[Visit, tuple[e.Effect, ...]]
Search = (
    a.OpenSearch
    | a.OpenFilters
    | a.ShowFound
    | a.SearchFor
    | a.LookAhead
    | a.ToggleFilter
    | a.DropFilters
    | a.SortBy
    | a.Looked
)


def searched(visit: Visit, action: Search) -> Result:
    """The next state of what is looked for. Elsewhere than at the shelves nothing changes."""
    if visit.screen is Screen.BROWSE:
        return _opened(visit, action)
    if visit.screen is not Screen.FIND:
        return visit, ()
    finding = visit.finding
    match action:
        case a.OpenSearch():
            return _in(visit, Mode.TYPING), ()
        case a.OpenFilters():
            return _in(visit, Mode.FILTERS), ()
        case a.ShowFound():
            return _in(visit, Mode.RESULTS), ()
        case a.SearchFor(words):
            return _asked(visit, replace(finding, words=words[:MAX_WORDS]))
        case a.LookAhead(words):
            ahead = replace(finding, words=words[:MAX_WORDS]).selection
            return visit, (e.LookAhead(ahead),) if ahead != finding.selection else ()
        case a.ToggleFilter(choice):
            return _asked(visit, finding.toggled(choice))
        case a.DropFilters():
            shelf = tuple(f for f in finding.chosen if f.kind is Kind.SHELF)
            return _asked(visit, replace(finding, chosen=shelf))
        case a.SortBy(sort):
            return _asked(visit, replace(finding, sort=sort))
        case a.Looked(answer) if answer.selection == finding.selection:
            return replace(visit, finding=replace(finding, answer=answer)), ()
    return visit, ()


def stepped_back(visit: Visit) -> Visit | None:
    """One step back within what is looked for; None where the way leads out of it."""
    if visit.screen is not Screen.FIND or visit.finding.mode is Mode.RESULTS:
        return None
    return _in(visit, Mode.RESULTS) if visit.finding.narrowed else None


def put_away(visit: Visit) -> Visit:
    """On the way to a piece the keyboard and the filters go; what was found stays."""
    return _in(visit, Mode.RESULTS) if visit.finding.mode is not Mode.RESULTS else visit


def _opened(visit: Visit, action: Search) -> Result:
    """From the shelves: words are looked for in the whole shop, filters narrow the shelf."""
    match action:
        case a.OpenSearch():
            finding = Finding(mode=Mode.TYPING)
        case a.OpenFilters():
            shelf = visit.category_id
            chosen = (Filter(Kind.SHELF, shelf),) if shelf is not None else ()
            finding = Finding(mode=Mode.FILTERS, chosen=chosen)
        case _:
            return visit, ()
    opened = replace(visit.to(Screen.FIND), finding=finding)
    return opened, (e.LookFor(finding.selection),)


def _in(visit: Visit, mode: Mode) -> Visit:
    return replace(visit, finding=replace(visit.finding, mode=mode))


def _asked(visit: Visit, finding: Finding) -> Result:
    """Ask the box again where what is looked for has changed; an empty space changes nothing."""
    wanted = finding.selection
    effects = (e.LookFor(wanted),) if wanted != visit.finding.selection else ()
    return replace(visit, finding=finding), effects
