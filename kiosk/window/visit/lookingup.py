"""From "Where is my order?" to the ride screen of an order that this window may not have taken."""

from dataclasses import replace

from kiosk.contract import CodeShown, LookupAsked, LookupFound
from kiosk.contract.orders import MAX_TYPED_NUMBER
from kiosk.shop.contact import FieldProblem
from kiosk.window.visit import actions as a
from kiosk.window.visit import effects as e
from kiosk.window.visit.following import followed
from kiosk.window.visit.lookaround import awake, may_open
from kiosk.window.visit.lookup import (
    LookUp,
    Lookup,
    LookupAnswered,
    LookupProblem,
    OpenLookup,
    OrderGone,
)
from kiosk.window.visit.state import Placed, Screen, Visit
from kiosk.window.visit.world import World

Result = tuple[Visit, tuple[e.Effect, ...]]

CODE_DIGITS = 4
LIMITS = {"number": MAX_TYPED_NUMBER, "code": CODE_DIGITS}


def looked_up(
    visit: Visit, action: OpenLookup | LookUp | LookupAnswered | OrderGone, world: World
) -> Result:
    match action:
        case OpenLookup() if world.ready and may_open(visit):
            # With a camera there are two ways, and a keyboard would cover one of them.
            focus = "" if world.camera else "number"
            return replace(awake(visit).to(Screen.LOOKUP), focus=focus, lookup=Lookup()), ()
        case LookUp() if visit.screen is Screen.LOOKUP and not visit.lookup.asked:
            return _asked(visit)
        case LookupAnswered(asked, found, problem, heard_at) if _awaits(visit, asked):
            if found is not None:
                return _found(visit, found, heard_at)
            if problem is LookupProblem.UNKNOWN and visit.lookup.shown:
                problem = LookupProblem.STALE
            known = replace(visit.lookup, asked=False, shown=None, problem=problem)
            return replace(visit, lookup=known), ()
        case OrderGone(ticket) if visit.placed and visit.placed.ticket == ticket:
            shut = put_down(visit)
            lookup = Lookup(problem=LookupProblem.OVER)
            return replace(shut, screen=Screen.LOOKUP, lookup=lookup), ()
    return visit, ()


def lookup_typed(visit: Visit, action: a.FocusField | a.EditField) -> Visit:
    """The next state of the two fields; nothing changes while an answer is awaited."""
    if visit.lookup.asked:
        return visit
    match action:
        case a.FocusField(name) if name == "" or name in LIMITS:
            return replace(visit, focus=name)
        case a.EditField(name, text) if name in LIMITS:
            sign = str.isdigit if name == "code" else _is_of_a_number
            kept = "".join(c for c in text.upper() if c.isascii() and sign(c))
            problems = tuple(p for p in visit.problems if p.field != name)
            kept = kept[: LIMITS[name]]
            lookup = replace(visit.lookup, problem=None)
            lookup = replace(lookup, code=kept) if name == "code" else replace(lookup, number=kept)
            return replace(visit, lookup=lookup, problems=problems)
    return visit


def put_down(visit: Visit) -> Visit:
    """Nothing of an order that was looked up stays."""
    return replace(visit, placed=None, fix=None, fix_at=0.0)


def _is_of_a_number(sign: str) -> bool:
    return sign.isalnum() or sign in "- "


def _asked(visit: Visit) -> Result:
    number, code = visit.lookup.number.strip(), visit.lookup.code
    missing = [
        name
        for name, enough in (("number", len(number) > 1), ("code", len(code) == CODE_DIGITS))
        if not enough
    ]
    if missing:
        problems = tuple(FieldProblem(name, "missing") for name in missing)
        return replace(visit, problems=problems, focus=missing[0]), ()
    lookup = replace(visit.lookup, number=number, asked=True, problem=None)
    asked = LookupAsked(number=number, code=code)
    return replace(visit, lookup=lookup, focus="", problems=()), (e.LookUpOrder(asked),)


def _awaits(visit: Visit, asked: LookupAsked | CodeShown) -> bool:
    known = visit.lookup
    if isinstance(asked, CodeShown) or known.shown:
        same = known.shown == asked
    else:
        same = (known.number, known.code) == (asked.number, asked.code)
    return visit.screen is Screen.LOOKUP and known.asked and same


def _found(visit: Visit, found: LookupFound, heard_at: float) -> Result:
    order = found.order
    placed = Placed(None, order.fulfilment, order=order, ticket=found.ticket)
    shown = replace(visit, screen=Screen.TRACKING, lookup=Lookup(), placed=placed, fix=None)
    follow = () if order.status.final else (e.FollowTicket(found.ticket),)
    return followed(shown, order, heard_at), follow
