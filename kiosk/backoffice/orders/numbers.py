"""Names of an order: the number that people say, the code at the counter, the secret token."""

import secrets

# No letter or digit that is taken for another one (0 O Q, 1 I L, 2 Z, 5 S, 8 B, U V).
ALPHABET = "34679ACDEFGHJKMNPRTWXY"


def order_number(shop_name: str, length: int = 4) -> str:
    """ "L-7F3K": the shop's initial and `length` clear characters."""
    initial = next((c for c in shop_name.upper() if c.isascii() and c.isalpha()), "K")
    return f"{initial}-" + "".join(secrets.choice(ALPHABET) for _ in range(length))


def as_number(typed: str) -> str:
    """An order's number as it is written, from how somebody types it: "l7f3k", "L 7F3K"."""
    clear = "".join(c for c in typed.upper() if c.isascii() and c.isalnum())
    return f"{clear[:1]}-{clear[1:]}"


def pickup_code() -> str:
    """Four digits."""
    return f"{secrets.randbelow(10_000):04}"
