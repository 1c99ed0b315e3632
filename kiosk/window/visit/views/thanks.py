"""After the order: thank you."""

from dataclasses import dataclass

from kiosk.shop.catalogue import Picture
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit.state import Visit
from kiosk.window.visit.views.common import (
    Chrome,
    chrome,
    code_to,
    notice,
)
from kiosk.window.visit.views.truth import Known, placed_in, reference, truth_of
from kiosk.window.visit.words import words
from kiosk.window.visit.world import World


@dataclass(frozen=True, slots=True)
class ThanksView:
    """`known` is what is known: kept here only, accepted by the shop, under review, or ended.

    `state` says it in a few words. `number` is the shop's order number, or while waiting a
    reference made on the box, with what it is good for as `number_hint`. `qr` is the buyer's
    page, "" until the shop has answered; `qr_host` is printed beside the code. `phone` is the
    shop's, where there may be something to ask.
    """

    chrome: Chrome
    known: Known
    state: str
    title: str
    pieces: tuple[Picture, ...]
    message: str
    number_label: str
    number: str
    number_hint: str
    code_label: str
    code: str
    qr: str
    qr_host: str
    qr_label: str
    phone_label: str
    phone: str
    follow: str
    done: str
    notice: str


def thanks(visit: Visit, world: World) -> ThanksView:
    w, placed = words(visit.language), placed_in(visit)
    receipt = placed.receipt
    qr, host = code_to(receipt.page_url if receipt else "", world)
    truth = truth_of(placed, world, visit.language)
    known = truth.known
    phone = "" if known == "accepted" else world.shop.phone
    collect = placed.fulfilment is Fulfilment.COLLECT
    return ThanksView(
        chrome=chrome(visit, world),
        known=known,
        state=truth.state,
        title=truth.title,
        pieces=placed.pieces,
        message=truth.message,
        number_label=w("Order number") if receipt else w("Your reference"),
        number=receipt.number if receipt else reference(placed),
        number_hint="" if receipt else w("Note it: the shop finds your order by it."),
        code_label=w("Code to collect") if collect else w("Code for the courier"),
        code=receipt.pickup_code if receipt else "",
        qr=qr,
        qr_host=host,
        qr_label=w("Take it with you: scan with your phone."),
        phone_label=w("Questions? Call the shop") if phone else "",
        phone=phone,
        follow=w("Follow my order") if receipt and known == "accepted" else "",
        done=w("Finish"),
        notice=notice(visit, world),
    )
