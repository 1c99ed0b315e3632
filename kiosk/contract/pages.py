"""Addresses of the public pages that a window's codes lead to and a back office serves."""

from collections.abc import Sequence
from urllib.parse import urlencode

ORDERS = "o"  # the path below which an order's token leads to its page
PIECES = "p"  # the page's path, with the language below it: /p/fr?p=vase&p=lamp
PIECE_FIELD = "p"
VARIANT_FIELD = "v"
MAX_PIECES = 12


def pieces_url(base: str, language: str, handles: Sequence[str], variant_id: str = "") -> str:
    """Where a phone sees these pieces; `variant_id` is the one chosen of a single piece."""
    fields = [(PIECE_FIELD, handle) for handle in handles[:MAX_PIECES]]
    if variant_id:
        fields.append((VARIANT_FIELD, variant_id))
    return f"{base.rstrip('/')}/{PIECES}/{language}?{urlencode(fields)}"
