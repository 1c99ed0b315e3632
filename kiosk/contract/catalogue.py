"""The catalogue's change feed."""

from typing import Literal

from pydantic import Field

from kiosk.contract.messages import Answer
from kiosk.shop.catalogue import Picture, Product


class CatalogueChanges(Answer):
    """What changed after a cursor, in order: apply upserts and deletions, keep `cursor`.

    `more` asks for another call at once. `reset` says that the cursor is unknown (another
    epoch): the window stages a whole new catalogue from here and swaps when `more` is False.
    """

    epoch: str
    cursor: str
    reset: bool = False
    more: bool = False
    upserts: list[Product] = Field(default_factory=list)
    deletions: list[str] = Field(default_factory=list)


class HeroCard(Answer):
    """A poster of the attract loop. `when` is the time of day that it suits."""

    id: str
    picture: Picture
    when: Literal["day", "night", "any"] = "any"
    line: dict[str, str] = Field(default_factory=dict)
    product_id: str = ""
