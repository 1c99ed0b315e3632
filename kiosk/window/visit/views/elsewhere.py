"""Where to order while this window cannot take one, or has not taken one."""

from dataclasses import dataclass

from kiosk.shop.catalogue import Picture
from kiosk.shop.links import host_of
from kiosk.window.visit.ordering import pieces
from kiosk.window.visit.state import Visit
from kiosk.window.visit.views.common import Chrome, chrome, notice, shop_place, status
from kiosk.window.visit.words import Words, words
from kiosk.window.visit.world import World


@dataclass(frozen=True, slots=True)
class ElsewhereView:
    """`refused`: an order was not accepted. `qr` is the shop's own site, "" where it has none.

    `qr_host` is printed beside the code. `again` is what the way back to an order says, "" while
    there is none.
    """

    chrome: Chrome
    refused: bool
    title: str
    lead: str
    pieces: tuple[Picture, ...]
    qr: str
    qr_host: str
    qr_label: str
    phone_label: str
    phone: str
    place_label: str
    place: str
    again: str
    notice: str


def elsewhere(visit: Visit, world: World) -> ElsewhereView:
    w, shop = words(visit.language), world.shop
    host = host_of(shop.website)
    return ElsewhereView(
        chrome=chrome(visit, world),
        refused=visit.refused,
        title=_title(visit, world, w),
        lead=_lead(visit, world, w, by_site=bool(host)),
        pieces=pieces(visit, world),
        qr=shop.website if host else "",
        qr_host=host,
        qr_label=w("The shop’s own site: scan with your phone.") if host else "",
        phone_label=w("Call the shop") if shop.phone else "",
        phone=shop.phone,
        place_label="" if host or shop.phone else status(world, visit.language),
        place="" if host or shop.phone else shop_place(world),
        again=_again(visit, world, w),
        notice=notice(visit, world),
    )


def _title(visit: Visit, world: World, w: Words) -> str:
    if visit.refused:
        return w("Your order was not accepted.")
    if world.takes_orders:
        return w("This window takes orders again.")
    return w("This window cannot take orders right now.")


def _lead(visit: Visit, world: World, w: Words, *, by_site: bool) -> str:
    nothing = w("The window could not keep it: nothing is ordered, nothing is charged.")
    if world.takes_orders:
        return nothing if visit.refused else w("Your basket is as you left it.")
    if by_site:
        way = w("You can order on the shop’s own site.")
    elif world.shop.phone:
        way = w("You can order by phone.")
    else:
        way = w("You can order in the shop.")
    if visit.refused:
        return f"{nothing} {way}"
    return way + " " + w("Your basket stays here meanwhile.")


def _again(visit: Visit, world: World, w: Words) -> str:
    if not world.takes_orders:
        return ""
    return w("Try again") if visit.refused else w("Order")
