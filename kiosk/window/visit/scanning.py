"""When the window's camera is open, and what comes of what it reads.

It is open from a touch of the visitor on, while "Where is my order?" asks and shows that it is; and
never else. The first code of ours closes it: a next try wants a next touch.
"""

from dataclasses import replace
from urllib.parse import urlsplit

from kiosk.contract import CodeShown
from kiosk.contract.pages import ORDERS
from kiosk.contract.showing import secret_of
from kiosk.shop.links import host_of
from kiosk.window.visit import effects as e
from kiosk.window.visit.scan import (
    CloseScan,
    CodeRead,
    Hint,
    OpenScan,
    Saw,
    Scan,
    ScanAction,
    Sight,
)
from kiosk.window.visit.state import Screen, Visit
from kiosk.window.visit.world import World

Result = tuple[Visit, tuple[e.Effect, ...]]

_TELLS = {Sight.NEARLY: Hint.NEARLY, Sight.DARK: Hint.DARK}
_ENDS = {Sight.AWAY: Hint.AWAY, Sight.TIME: Hint.TIME}


def scanned(visit: Visit, action: ScanAction, world: World) -> Result:
    lookup = visit.lookup
    match action:
        case OpenScan() if world.camera and visit.screen is Screen.LOOKUP and not lookup.asked:
            if lookup.scan.on:
                return visit, ()
            begun = replace(lookup, scan=Scan(on=True), problem=None)
            return replace(visit, lookup=begun, focus="", problems=()), (e.OpenCamera(),)
        case CloseScan() if lookup.scan.on:
            return _with(visit, Scan()), ()
        case Saw(sight) if lookup.scan.on and sight in _ENDS:
            return _with(visit, Scan(hint=_ENDS[sight])), ()
        case Saw(sight) if lookup.scan.on:
            # What was said of another code stays, to be read when the phone has been taken down.
            read = lookup.scan.hint in (Hint.OTHER, Hint.PAGE)
            kept = lookup.scan.hint if read else None
            return _with(visit, Scan(on=True, sees=True, hint=_TELLS.get(sight, kept))), ()
        case CodeRead(text) if lookup.scan.on:
            return _read(visit, text, world)
    return visit, ()


def watched(before: Visit, after: Visit, wanted: tuple[e.Effect, ...]) -> Result:
    """The state `after`, with the camera closed unless the page that shows it is on the glass."""
    scan = after.lookup.scan
    shown = after.screen is Screen.LOOKUP and not (
        after.focus or after.comfort.shown or after.warned_at or after.lookup.asked
    )
    if scan.on and not shown:
        after = _with(after, Scan())
    if before.lookup.scan.on and not after.lookup.scan.on:
        wanted = (*wanted, e.CloseCamera())
    return after, wanted


def _read(visit: Visit, text: str, world: World) -> Result:
    secret = secret_of(text)
    if secret is None:
        page = host_of(text) in world.hosts and urlsplit(text).path.startswith(f"/{ORDERS}/")
        hint = Hint.PAGE if page else Hint.OTHER
        return _with(visit, Scan(on=True, sees=True, hint=hint)), ()
    shown = CodeShown(secret=secret)
    asked = replace(visit.lookup, asked=True, shown=shown, problem=None, scan=Scan())
    return replace(visit, lookup=asked), (e.LookUpOrder(shown),)


def _with(visit: Visit, scan: Scan) -> Visit:
    return replace(visit, lookup=replace(visit.lookup, scan=scan))
