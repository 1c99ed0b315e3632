"""Where is my order? What an order is found by, and why it was not found."""

from dataclasses import dataclass

from kiosk.window.visit.lookingup import LIMITS
from kiosk.window.visit.lookup import LookupProblem
from kiosk.window.visit.scan import Hint, Scan
from kiosk.window.visit.state import Visit
from kiosk.window.visit.views.checkout import Field, Keyboard
from kiosk.window.visit.views.common import Chrome, chrome
from kiosk.window.visit.words import N_, Words, words
from kiosk.window.visit.world import World


@dataclass(frozen=True, slots=True)
class ScanView:
    """The window's camera, and that it is `on`: then `sign` says so, and `promise` what becomes of
    its pictures. `hint` is what to do otherwise, "" where all is well. `press` opens or closes it.
    """

    on: bool
    title: str
    lead: str
    sign: str
    promise: str
    hint: str
    press: str


@dataclass(frozen=True, slots=True)
class LookupView:
    """`problem` says why there is no order to show, "" where nothing is wrong. `busy` while the
    answer is on its way. `phone` is the shop's, for who has neither number nor code at hand. `scan`
    is the way by the window's camera; None where it has none.
    """

    chrome: Chrome
    title: str
    lead: str
    fields: tuple[Field, ...]
    problem: str
    phone_label: str
    phone: str
    show: str
    busy: bool
    next_field: str
    done_typing: str
    scan: ScanView | None = None


_PROBLEMS = {
    LookupProblem.UNKNOWN: N_("No order has this number and this code. Please check both."),
    LookupProblem.LATER: N_("Too many tries. Please wait ten minutes, or look on your phone."),
    LookupProblem.AWAY: N_("The shop is out of reach for a moment. Please try again."),
    LookupProblem.STALE: N_("That code is over. Show a new one on your phone."),
    LookupProblem.OVER: N_("The page has closed. Enter both again to go on."),
}
_HINTS = {
    Hint.NEARLY: N_("Almost. Hold it still, a little nearer or further away."),
    Hint.DARK: N_("The camera sees nothing. Is something in front of it?"),
    Hint.OTHER: N_(
        "That is another code. Yours is behind “Show at the window” on your order’s page."
    ),
    Hint.PAGE: N_("That code opens a page on your phone. Choose “Show at the window” there."),
    Hint.AWAY: N_("The camera does not answer. Number and code lead there as well."),
    Hint.TIME: N_("The camera has turned itself off."),
}


def lookup(visit: Visit, world: World) -> LookupView:
    w, known = words(visit.language), visit.lookup
    return LookupView(
        chrome=chrome(visit, world),
        title=w("Where is my order?"),
        lead=w("Its number and its code are on your phone, on the page of your order."),
        fields=(
            _field("number", w("Order number"), "number", "L-7F3K", visit, w),
            _field("code", w("Code"), "code", w("4 digits"), visit, w),
        ),
        problem=w(_PROBLEMS[known.problem]) if known.problem else "",
        phone_label=w("Questions? Call the shop") if world.shop.phone else "",
        phone=world.shop.phone,
        show=w("Show my order"),
        busy=known.asked,
        next_field=w("Next"),
        done_typing=w("Show"),
        scan=_scan(known.scan, w) if world.camera else None,
    )


def _scan(scan: Scan, w: Words) -> ScanView:
    hint = w(_HINTS[scan.hint]) if scan.hint else ""
    if scan.on:
        return ScanView(
            on=True,
            title=w("Hold your phone’s code up to the camera"),
            lead=w("A hand’s width away, with a bright screen."),
            sign=w("The camera is on") if scan.sees else w("The camera is starting"),
            promise=w("No picture is kept, and it turns itself off."),
            hint=hint,
            press=w("Turn off the camera"),
        )
    return ScanView(
        on=False,
        title=w("Or with a code on your phone"),
        lead=w("Open the page of your order there and choose “Show at the window”."),
        sign="",
        promise=w("The camera looks only while this page says so. No picture is kept."),
        hint=hint,
        press=w("Turn on the camera"),
    )


def _field(name: str, label: str, keyboard: Keyboard, hint: str, visit: Visit, w: Words) -> Field:
    wrong = any(problem.field == name for problem in visit.problems)
    mend = w("Please enter the number.") if name == "number" else w("Please enter all 4 digits.")
    return Field(
        name=name,
        label=label,
        value=getattr(visit.lookup, name),
        hint=hint,
        keyboard=keyboard,
        problem=mend if wrong else "",
        optional="",
        focused=visit.focus == name,
        max_length=LIMITS[name],
        masked=visit.comfort.masked,
        clear=w("Clear"),
    )
