"""How many orders from one window and of one buyer are taken as they come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

# A window is one pair of hands: an order takes the quickest visitor about a minute.
WINDOW_SPAN = timedelta(minutes=10)
BUYER_SPAN = timedelta(hours=1)
# A box that was cut off sends a whole day's orders at once; this many times the limit may arrive.
CATCHING_UP = 10


class PolicyError(ValueError):
    """A limit that is none; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Policy:
    """0 is no limit.

    `per_window` orders placed at one window within ten minutes, by its clock, and `per_buyer` open
    ones of one phone or e-mail within an hour are taken as they come; what is over waits for
    staff. Of more than `flood` that arrive from one window within ten minutes each is asked to come
    again later: its box keeps it.
    """

    per_window: int = 30
    per_buyer: int = 5
    flood: int = 1000


def policy_from(environment: Mapping[str, str]) -> Policy:
    """As the settings say. Raises PolicyError."""
    default = Policy()
    return Policy(
        _number(environment, "KIOSK_ORDERS_PER_WINDOW", default.per_window),
        _number(environment, "KIOSK_ORDERS_PER_BUYER", default.per_buyer),
        _number(environment, "KIOSK_ORDERS_FLOOD", default.flood),
    )


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise PolicyError(f"{name} must be a whole number such as {default}; 0 is no limit")
    return int(text)
