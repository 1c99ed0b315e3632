"""Where is my order? What an order is found by, and why it was not found."""

from dataclasses import dataclass

from kiosk.window.visit.lookingup import LIMITS
from kiosk.window.visit.lookup import LookupProblem
from kiosk.window.visit.state import Visit
from kiosk.window.visit.views.checkout import Field, Keyboard
from kiosk.window.visit.views.common import Chrome, chrome
from kiosk.window.visit.words import N_, Words, words
from kiosk.window.visit.world import World


@dataclass(frozen=True, slots=True)
class LookupView:
    """`problem` says why there is no order to show, "" where nothing is wrong. `busy` while the
    answer is on its way. `phone` is the shop's, for who has neither number nor code at hand.
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


_PROBLEMS = {
    LookupProblem.UNKNOWN: N_("No order has this number and this code. Please check both."),
    LookupProblem.LATER: N_("Too many tries. Please wait ten minutes, or look on your phone."),
    LookupProblem.AWAY: N_("The shop is out of reach for a moment. Please try again."),
    LookupProblem.OVER: N_("The page has closed. Enter both again to go on."),
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
