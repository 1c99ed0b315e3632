"""The policy: what is kept of people, what for, and for how many days.

The defaults are this project's own judgement of what a small shop needs; the owner changes them
within their bounds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from kiosk.backoffice.access.reads import READS_KEPT_DAYS
from kiosk.backoffice.privacy.models import KeepRule


@dataclass(frozen=True, slots=True)
class Purpose:
    """`days` unless the owner chooses others, from `least` to `most`."""

    key: str
    title: "str | LazyText"
    reason: "str | LazyText"
    days: int
    least: int
    most: int


POLICY = (
    Purpose(
        "buyers",
        _("Name, phone, e-mail, address and notes, after the order ended"),
        _("To answer for what was sold: questions, returns, a missing piece."),
        days=90,
        least=14,
        most=1100,
    ),
    Purpose(
        "trails",
        _("The courier's way and last position, after the order ended"),
        _("To find out the same evening why something did not arrive."),
        days=1,
        least=1,
        most=30,
    ),
    Purpose(
        "proofs",
        _("The photograph of a handover; that there was one stays"),
        _("To show where something was left, when a buyer says that it is not there."),
        days=30,
        least=7,
        most=400,
    ),
    Purpose(
        "parked",
        _("What a window told of an order that it could not hand in, once that is settled"),
        _("To call the buyer of an order that got stuck on its way."),
        days=30,
        least=1,
        most=90,
    ),
    Purpose(
        "messages",
        _("Which messages were sent to a buyer and when, without address and text"),
        _("To find out what a buyer was told, when somebody says that nothing came."),
        days=30,
        least=1,
        most=400,
    ),
    Purpose(
        "reads",
        _("Who of the staff read which order"),
        _("To find out who has seen what, when somebody asks or complains."),
        days=READS_KEPT_DAYS,
        least=90,
        most=1100,
    ),
    Purpose(
        "events",
        _("The notices by which windows and buyers' pages stay up to date"),
        _("So that a window that was off for a while catches up without fetching everything."),
        days=30,
        least=2,
        most=90,
    ),
    Purpose(
        "signin",
        _("Sign-ins that have ended"),
        _("To stop whoever guesses passwords."),
        days=7,
        least=1,
        most=90,
    ),
    Purpose(
        "uploads",
        _("Pictures and maps that nothing uses any more"),
        _("So that a picture taken off by mistake can be put back."),
        days=30,
        least=1,
        most=400,
    ),
    Purpose(
        "replaced",
        _("The database that a restored backup replaced"),
        _("To look up what the backup did not know yet."),
        days=30,
        least=1,
        most=90,
    ),
)
_BY_KEY = {purpose.key: purpose for purpose in POLICY}


def kept_days() -> dict[str, int]:
    """The days of every purpose, by its key."""
    chosen = dict(KeepRule.objects.values_list("purpose", "days"))
    return {p.key: _within(p, chosen.get(p.key, p.days)) for p in POLICY}


def choose_days(key: str, days: int, user_id: int | None = None) -> None:
    """Keep a purpose for so many days. Raises ValueError out of its bounds, KeyError for none."""
    purpose = _BY_KEY[key]
    if _within(purpose, days) != days:
        raise ValueError(f"{key} is kept for {purpose.least} to {purpose.most} days")
    if days == purpose.days:
        KeepRule.objects.filter(purpose=key).delete()
        return
    KeepRule.objects.update_or_create(
        purpose=key, defaults={"days": days, "changed_by_id": user_id}
    )


def cutoffs(now: datetime) -> dict[str, datetime]:
    """What is older than this goes, by purpose."""
    return {key: now - timedelta(days=days) for key, days in kept_days().items()}


def _within(purpose: Purpose, days: int) -> int:
    return min(max(days, purpose.least), purpose.most)
