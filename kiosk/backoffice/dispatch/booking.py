"""Handing orders over, and asking the services: never within a transaction, never on a request."""

import logging
import random
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.contrib.auth.models import User
from django.utils import timezone

from kiosk.backoffice.courier.errands import call_off
from kiosk.backoffice.dispatch.errand import errand_of
from kiosk.backoffice.dispatch.hearing import end, take
from kiosk.backoffice.dispatch.models import OPEN, Handover, State
from kiosk.backoffice.dispatch.service import DeliveryService, Heard, NoAnswer, Offer, Refused
from kiosk.backoffice.dispatch.services import services
from kiosk.backoffice.orders.deliveries import create_delivery
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.writing import in_turn, writing
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment

log = logging.getLogger("kiosk.dispatch")

ATTEMPTS = 10  # over about half an hour, well within what a service remembers a key for
LEASE = timedelta(minutes=3)  # longer than all questions of one attempt can take
FIRST_WAIT_S, LONGEST_WAIT_S = 5.0, 300.0
# A service that says nothing by itself is asked so often, seconds.
ASK_EVERY_S = 60.0
UNSURE = "unsure"
TOO_LATE = "too_late"
_AT_ONCE = 20
_ON = (State.ASKED, State.BOOKED)
_OVER = (OrderStatus.CANCELLED, OrderStatus.REFUSED)
MAY_GO = (OrderStatus.ACCEPTED, OrderStatus.PREPARING, OrderStatus.READY)


class Why(StrEnum):
    """Why an order is not handed over."""

    NO_SERVICE = "no_service"
    NOT_BY_COURIER = "not_by_courier"
    NOT_NOW = "not_now"
    ALREADY = "already"
    NO_ADDRESS = "no_address"


class NotHandedOver(Exception):
    """It stays where it is."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


def hand_over(order_id: int, service: str, user: User | None = None) -> Handover:
    """Have a service asked for a courier, by the worker; the shop's own, if any, is called off.

    Raises NotHandedOver.
    """
    if service not in services():
        raise NotHandedOver(Why.NO_SERVICE)
    with writing():
        order = Order.objects.select_for_update().get(pk=order_id)
        if order.fulfilment != Fulfilment.COURIER:
            raise NotHandedOver(Why.NOT_BY_COURIER)
        if order.state not in MAY_GO:
            raise NotHandedOver(Why.NOT_NOW)
        if not (order.name and order.phone and order.line1):
            raise NotHandedOver(Why.NO_ADDRESS)
        if Handover.objects.filter(order=order, state__in=OPEN).exists():
            raise NotHandedOver(Why.ALREADY)
        call_off(create_delivery(order))
        return Handover.objects.create(order=order, service=service, asked_by=user)


def take_back(handover_id: UUID) -> bool:
    """Have the service's courier sent home; False where there is nothing to take back."""
    with writing():
        handover = Handover.objects.select_for_update().filter(pk=handover_id).first()
        if handover is None or handover.state not in (State.ASKED, State.BOOKED):
            return False
        if handover.state == State.ASKED and handover.attempts == 0:
            end(handover, State.ENDED)
        else:
            handover.state, handover.next_try = State.LEAVING, timezone.now()
            handover.attempts = 0 if handover.remote_id else handover.attempts
        handover.save()
        return True


def ask_due() -> int:
    """Ask the services what is due; how many errands that was about.

    Of orders that were called off nobody has to tell them.
    """
    now = timezone.now()
    over = Handover.objects.filter(state__in=_ON, order__status__in=_OVER).exclude(problem=TOO_LATE)
    for pk in list(over.values_list("pk", flat=True)):
        take_back(pk)
    due = Handover.objects.filter(state__in=OPEN, next_try__lte=now).order_by("next_try", "pk")
    found = list(due.values_list("pk", "next_try")[:_AT_ONCE])
    return sum(_ask(pk, seen) for pk, seen in found)


def _ask(pk: UUID, seen: datetime) -> bool:
    """Take one by an UPDATE that only one process can win, and hold it by a lease."""
    lease = timezone.now() + LEASE
    with in_turn():
        mine = Handover.objects.filter(pk=pk, next_try=seen, state__in=OPEN).update(next_try=lease)
    if not mine:
        return False
    handover = Handover.objects.select_related("order").get(pk=pk)
    service = services().get(handover.service)
    if service is None:
        return False  # its account was taken out of the settings: it waits for it
    asked = handover.state
    try:
        heard, offer = _exchange(handover, service)
    except NoAnswer as error:
        log.warning("%s gave no answer (%s)", service.name, error)
        _later(handover, str(error))
    except Refused as error:
        log.warning("%s refused (%s)", service.name, error)
        _refused(handover, str(error))
    else:
        _answered(handover, asked, heard, offer)
    return True


def _exchange(handover: Handover, service: DeliveryService) -> tuple[Heard | None, Offer | None]:
    """Ask what its state asks for: outside of any transaction."""
    offer = None
    if not handover.remote_id:
        errand = errand_of(handover)
        again = handover.attempts > 0
        # Counted before it is asked: a process that dies meanwhile has asked.
        with in_turn():
            Handover.objects.filter(pk=handover.pk).update(attempts=handover.attempts + 1)
        handover.attempts += 1
        offer = None if again else service.quote(errand)
        heard = service.book(errand, offer)
        if handover.state != State.LEAVING:
            return heard, offer
        handover.remote_id = heard.remote_id
    if handover.state == State.LEAVING:
        service.cancel(handover.remote_id)
        return None, None
    return service.ask(handover.remote_id), None


def _answered(handover: Handover, asked: str, heard: Heard | None, offer: Offer | None) -> None:
    with writing():
        now = _locked(handover)
        if heard is None:
            if now.state == State.LEAVING:
                end(now, State.ENDED)
        else:
            now.problem, now.attempts = "", 0
            if offer:
                now.fee_minor, now.fee_currency = offer.fee.minor, offer.fee.currency
            # What staff asked for meanwhile is done next.
            wait = ASK_EVERY_S if now.state == asked or now.state == State.BOOKED else 0.0
            now.next_try = timezone.now() + timedelta(seconds=wait)
            take(now, heard)
        now.save()


def _later(handover: Handover, problem: str) -> None:
    with writing():
        now = _locked(handover)
        now.remote_id = now.remote_id or handover.remote_id
        if now.state == State.ASKED and now.attempts >= ATTEMPTS:
            end(now, State.FAILED, UNSURE)
        else:
            longest = min(FIRST_WAIT_S * 2.0 ** min(now.attempts, 10), LONGEST_WAIT_S)
            wait = longest * random.uniform(0.7, 1.0)  # noqa: S311 - spreads load
            now.next_try, now.problem = timezone.now() + timedelta(seconds=wait), problem[:80]
        now.save()


def _refused(handover: Handover, problem: str) -> None:
    with writing():
        now = _locked(handover)
        if now.state == State.ASKED:
            # An earlier question may have been heard, though its answer was not.
            end(now, State.FAILED, problem[:80] if now.attempts <= 1 else UNSURE)
        elif now.state == State.LEAVING and now.remote_id:
            # The courier is under way: it goes on as it was.
            now.state, now.problem, now.next_try = State.BOOKED, TOO_LATE, timezone.now()
        elif now.state == State.LEAVING:
            end(now, State.ENDED)
        else:
            now.problem = problem[:80]
            now.next_try = timezone.now() + timedelta(seconds=ASK_EVERY_S)
        now.save()


def _locked(handover: Handover) -> Handover:
    return Handover.objects.select_for_update().get(pk=handover.pk)
