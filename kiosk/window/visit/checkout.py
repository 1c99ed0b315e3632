"""From the basket to the order, or to where else it can be placed."""

from dataclasses import replace

from kiosk.shop.promise import Fulfilment
from kiosk.window.visit import actions as a
from kiosk.window.visit import effects as e
from kiosk.window.visit.ordering import (
    ask_quote,
    check_details,
    order_request,
    pieces,
    promised,
    take_quote,
)
from kiosk.window.visit.state import Draft, Notice, Placed, Screen, Visit
from kiosk.window.visit.world import World

Result = tuple[Visit, tuple[e.Effect, ...]]

_BEGINS = frozenset({Screen.BASKET, Screen.ELSEWHERE})


def choosing(
    visit: Visit,
    action: a.Checkout | a.ChooseFulfilment | a.GoToDetails | a.QuoteArrived | a.TakesOrders,
    world: World,
) -> Result:
    match action:
        case a.Checkout() if visit.screen in _BEGINS and visit.basket:
            return _begin(visit, world)
        case a.ChooseFulfilment(fulfilment) if visit.screen is Screen.FULFILMENT:
            if fulfilment is visit.fulfilment or not world.offers(fulfilment):
                return visit, ()
            chosen = replace(visit, fulfilment=fulfilment, quote=None)
            return chosen, ask_quote(chosen)
        case a.GoToDetails() if visit.screen is Screen.FULFILMENT and visit.fulfilment:
            if not world.takes_orders:
                return _turned_away(visit), ()
            return replace(visit.to(Screen.DETAILS), focus="", problems=()), (e.LookForRoom(),)
        case a.QuoteArrived():
            return take_quote(visit, action), ()
        case a.TakesOrders(able) if not able and visit.screen is Screen.DETAILS:
            # Who has typed already may still be lucky: the commit decides.
            typed = visit.busy or visit.draft != Draft()
            return (visit if typed else _turned_away(visit)), ()
    return visit, ()


def _begin(visit: Visit, world: World) -> Result:
    if not world.open_for_orders():
        return visit, ()
    if not world.takes_orders:
        return _turned_away(visit), (e.LookForRoom(),)
    if not all(map(world.can_supply, visit.basket.lines)):
        return visit, ()
    fulfilment = visit.fulfilment
    if fulfilment is None or not world.offers(fulfilment):
        fulfilment = next(way for way in Fulfilment if world.offers(way))
    visit = replace(visit, screen=Screen.BASKET, back=_without_elsewhere(visit))
    chosen = replace(visit.to(Screen.FULFILMENT), fulfilment=fulfilment, quote=None)
    return chosen, (*ask_quote(chosen), e.LookForRoom())


def _turned_away(visit: Visit) -> Visit:
    return replace(visit.to(Screen.ELSEWHERE), focus="", refused=False)


def _without_elsewhere(visit: Visit) -> tuple[Screen, ...]:
    return tuple(s for s in visit.back if s not in (Screen.ELSEWHERE, Screen.BASKET))


def placing(visit: Visit, world: World) -> Result:
    """Place the order once nothing is missing; the commit decides whether it is accepted."""
    if visit.screen is not Screen.DETAILS or visit.busy or not visit.basket:
        return visit, ()
    problems = check_details(visit, world)
    if problems:
        return replace(visit, problems=problems, focus=problems[0].field), ()
    if not world.open_for_orders():
        return visit.said(Notice.CLOSED), ()
    if world.intent_id is None or visit.fulfilment is None:
        return visit, ()
    promise = promised(visit, world, visit.fulfilment)
    placed = Placed(world.intent_id, visit.fulfilment, promise, pieces=pieces(visit, world))
    visit = replace(visit, busy="placing", focus="", notice=None, placed=placed)
    return visit, (e.KeepOrder(order_request(visit, placed, world.intent_id, world)),)


def not_kept(visit: Visit) -> Visit:
    """Nothing of the order is kept; what was typed stays, to be tried again."""
    away = replace(visit, busy="", placed=None, warned_at=None).to(Screen.ELSEWHERE)
    return replace(away, refused=True)
