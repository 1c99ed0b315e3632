"""Telling windows that a courier passes through the quarter, once buyer and courier agreed.

Passers-by read no name and no number, and of where not more than a square of some 150 m: of a fixed
grid, so that many looks tell no more than one. Before the door they are told nothing any more, nor
once a phone has been silent.
"""

from datetime import timedelta
from typing import Literal

from django.utils import timezone

from kiosk.backoffice.courier.looks import Kind, note_look
from kiosk.backoffice.courier.rounding import door_of, middle_of
from kiosk.backoffice.orders.models import Delivery
from kiosk.backoffice.passing.models import PassingConsent
from kiosk.backoffice.platform.events import emit
from kiosk.backoffice.platform.writing import writing
from kiosk.contract import EventKind, Passing, PositionFix
from kiosk.shop.geo import Point, distance_m

# So near to the buyer's door nobody is told of the ride: two squares, so that none holds the door.
NEAR_DOOR_M = 300.0
# A position that is older tells nothing of now: windows show no courier either.
SILENT = timedelta(seconds=60)
MOST = 20  # rides that are told of at once

Who = Literal["buyer", "courier"]


def may_be_asked(delivery: Delivery | None) -> bool:
    """Whether there is anything to agree to: a ride that may still reach its buyer."""
    return delivery is not None and not (delivery.state.final or delivery.state.stopped)


def agreed(delivery: Delivery, who: Who) -> bool:
    found = PassingConsent.objects.filter(delivery=delivery).first()
    return bool(found and (found.buyer_allows if who == "buyer" else _courier(found, delivery)))


def allow(delivery: Delivery, who: Who, allowed: bool) -> None:
    """Agree, or not any more: windows are told at once."""
    with writing():
        known = PassingConsent.objects.filter(delivery=delivery)
        if not allowed and not known.exists():
            return
        consent, _ = PassingConsent.objects.get_or_create(delivery=delivery)
        delivery = Delivery.objects.get(pk=delivery.pk)
        if who == "buyer":
            consent.buyer_allows = allowed
        else:
            consent.courier_allows, consent.rider = allowed, delivery.rider
        consent.save()
        delivery.passers_by = True
        delivery.save(update_fields=["passers_by"])
        follow_delivery(delivery)


def follow_delivery(delivery: Delivery) -> None:
    """Something of this delivery has changed: tell windows where that changes what they may say."""
    if not delivery.passers_by:
        return
    consent = PassingConsent.objects.get(delivery=delivery)
    cell = _cell(delivery, consent)
    if cell != consent.cell:
        consent.cell = cell
        consent.save(update_fields=["cell"])
        emit(EventKind.PASSING)


def passing_now() -> list[Passing]:
    """The rides that windows may tell of, the newest heard first."""
    told = PassingConsent.objects.exclude(cell=None).select_related("delivery")
    found = []
    for consent in told:
        cell, age_s = _cell(consent.delivery, consent), _age_s(consent.delivery)
        if cell is not None and age_s <= SILENT.total_seconds():
            note_look(consent.delivery, Kind.WINDOW)
            simulated = consent.delivery.simulated
            found.append(Passing(lat=cell[0], lon=cell[1], age_s=age_s, simulated=simulated))
    return sorted(found, key=lambda ride: ride.age_s)[:MOST]


def _cell(delivery: Delivery, consent: PassingConsent) -> list[float] | None:
    """What may be told of where the courier is; None for nothing."""
    if not (consent.buyer_allows and _courier(consent, delivery)):
        return None
    if not delivery.state.position_public:
        return None
    door = door_of(delivery)
    if door is None or not delivery.position:
        return None
    fix = PositionFix.model_validate(delivery.position)
    where = Point(fix.lat, fix.lon)
    return None if distance_m(where, door) < NEAR_DOOR_M else list(middle_of(where))


def _courier(consent: PassingConsent, delivery: Delivery) -> bool:
    """Whether who rides now agreed; the demonstration's courier is nobody."""
    return delivery.simulated or (consent.courier_allows and consent.rider == delivery.rider)


def _age_s(delivery: Delivery) -> float:
    return PositionFix.model_validate(delivery.position).told(timezone.now()).age_s
