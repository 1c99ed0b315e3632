"""A lookbook: a few pieces that the shop shows together, and why."""

from dataclasses import dataclass, field

from kiosk.shop.catalogue import Picture
from kiosk.shop.text import Texts

MAX_LOOKBOOK = 400  # characters of its words: two or three sentences
MAX_LOOKBOOK_PIECES = 12


@dataclass(frozen=True, slots=True)
class Lookbook:
    """`picture` is its cover, `product_ids` its pieces in the shop's order."""

    id: str
    title: Texts
    picture: Picture
    text: Texts = field(default_factory=dict)
    product_ids: tuple[str, ...] = ()
