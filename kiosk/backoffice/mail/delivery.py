"""Taking messages that are due and having them sent: each once, whoever else does the same.

A process takes a message by an UPDATE that only one can win, and holds it by a lease: `next_try`
moves on before anything is sent. One whose process died is tried again when the lease is over.
"""

import logging
import random
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from kiosk.backoffice.mail.models import Kind, Message, State
from kiosk.backoffice.mail.outgoing import still_true
from kiosk.backoffice.mail.sending import Failure, send
from kiosk.backoffice.mail.server import MailServer
from kiosk.backoffice.mail.writing import NoAddressError, write_mail
from kiosk.backoffice.platform.epoch import epoch
from kiosk.backoffice.platform.models import Setting, Shop
from kiosk.backoffice.platform.writing import in_turn, writing

log = logging.getLogger("kiosk.mail")

ATTEMPTS = 12  # over about a day
LEASE = timedelta(minutes=10)  # longer than a server can take with every one of its answers
FIRST_WAIT_S, LONGEST_WAIT_S = 30.0, 4 * 3600.0
# A wait that is longer was written by a clock that has gone back since.
_NO_WAIT_IS_LONGER = timedelta(seconds=2 * LONGEST_WAIT_S)
_AT_ONCE = 50
_EPOCH_KEY = "mail-epoch"
RESTORED = "restored from a backup"
NO_ADDRESS = "no address"


def park_older_news() -> int:
    """Park what waits in a database that a backup was put back into; how many messages that were.

    Which of them were sent since the backup was made, nobody knows: buyers must not get old news
    again. To be called before anything is sent or new orders come.
    """
    with writing():
        now = epoch()
        known = Setting.objects.filter(key=_EPOCH_KEY).values_list("value", flat=True).first()
        if known == now:
            return 0
        Setting.objects.update_or_create(key=_EPOCH_KEY, defaults={"value": now})
        waiting = Message.objects.filter(state=State.WAITING)
        if known is None:
            return 0
        return waiting.update(state=State.PARKED, ended_at=timezone.now(), last_error=RESTORED)


def deliver_due(server: MailServer) -> bool:
    """Send what is due; False where the server seems to be in no state to take the rest."""
    now = timezone.now()
    due = list(_due(now).order_by("next_try", "pk").values_list("pk", flat=True)[:_AT_ONCE])
    return all(_deliver(pk, server) for pk in due)


def wait_after(attempts: int) -> timedelta:
    """Until the next try after so many: ever longer, and never for all of them alike."""
    longest = min(FIRST_WAIT_S * 2 ** max(attempts - 1, 0), LONGEST_WAIT_S)
    return timedelta(seconds=longest * random.uniform(0.75, 1.25))  # noqa: S311


def _due(now: datetime) -> QuerySet[Message]:
    when = Q(next_try__lte=now) | Q(next_try__gt=now + _NO_WAIT_IS_LONGER)
    return Message.objects.filter(when, state=State.WAITING)


def _deliver(pk: int, server: MailServer) -> bool:
    message = _taken(pk)
    if message is None:
        return True
    shop = Shop.objects.first()
    order = message.order
    if shop is None or shop.demo or order.demo or not order.email:
        return _end(message, State.SKIPPED)
    if not still_true(order, Kind(message.kind)):
        return _end(message, State.SKIPPED)
    try:
        failure = send(write_mail(message, order, shop, server), server)
    except NoAddressError:
        failure = Failure(NO_ADDRESS, final=True)
    if failure is None:
        return _end(message, State.SENT)
    return _failed(message, failure)


def _taken(pk: int) -> Message | None:
    """The message, held for LEASE; None where another process was faster."""
    seen = Message.objects.filter(pk=pk).first()
    if seen is None:
        return None
    now = timezone.now()
    with in_turn():
        won = (
            _due(now)
            .filter(pk=pk, attempts=seen.attempts, next_try=seen.next_try)
            .update(attempts=seen.attempts + 1, next_try=now + LEASE)
        )
    # Read anew, with its order: what it says must be true now.
    return Message.objects.select_related("order").get(pk=pk) if won else None


def _failed(message: Message, failure: Failure) -> bool:
    parked = failure.final or message.attempts >= ATTEMPTS
    log.warning(
        "message %s (%s): %s; %s",
        message.pk,
        message.kind,
        failure.why,
        "given up, see the board" if parked else "it is tried again",
    )
    if parked:
        _end(message, State.PARKED, failure.why)
    else:
        again = timezone.now() + wait_after(message.attempts)
        _update(message, next_try=again, last_error=failure.why)
    return not failure.general


def _end(message: Message, state: State, why: str = "") -> bool:
    now = timezone.now()
    _update(
        message,
        state=state,
        ended_at=now,
        sent_at=now if state is State.SENT else None,
        last_error=why,
    )
    return True


def _update(message: Message, **changes: object) -> None:
    # Only while it is still ours: a process that slept through its lease changes nothing.
    ours = Message.objects.filter(
        pk=message.pk, state=State.WAITING, attempts=message.attempts, next_try=message.next_try
    )
    with in_turn():
        ours.update(**changes)


def mail_server() -> MailServer | None:
    """The one that the settings name."""
    server: MailServer | None = settings.MAIL_SERVER
    return server
