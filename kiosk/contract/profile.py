"""The shop as a window knows it."""

from pydantic import Field

from kiosk.contract.catalogue import HeroCard
from kiosk.contract.messages import Answer
from kiosk.shop.catalogue import Category
from kiosk.shop.geo import Point
from kiosk.shop.hours import OpeningHours
from kiosk.shop.lookbook import Lookbook
from kiosk.shop.promise import CollectRules, CourierRules
from kiosk.shop.schedule import DarkHours, PlannedWindow


class ShopAddress(Answer):
    line1: str
    postcode: str
    city: str
    country: str  # ISO 3166-1 alpha-2
    location: Point


class SealingKey(Answer):
    """The shop's public key (X25519, base64) that buyers' details are sealed to, and its id."""

    id: str
    public: str


class ShopProfile(Answer):
    """`hours.special` already holds the public holidays of the coming year.

    `version` rises with every change. `demo` marks a demonstration, where the courier is
    simulated: whatever shows a courier must say so. `postcodes` limits the courier's area
    (empty: no limit). `map_sha256` addresses the quarter's map under /api/v1/maps/; empty where
    there is none. `map_invented` marks a map of a place that does not exist: say so beside it.
    `languages` are those of the shop's texts; `window_languages` those that the glass offers, in
    order (empty: all that it speaks, the shop's own first).
    `website` is the shop's own site, https; "" where it has none.
    `quick` are the pieces for people in a hurry, best first. `public_url` is where phones reach
    the back office, "" where it cannot tell. `sealing_key` is None before a back office has
    keys: no order can be kept until then.
    `windows` is the brand's plan in its order; its heroes are ids of `heroes` and, for posters
    that only the plan shows, of `window_heroes`.
    """

    version: int
    shop_id: str
    name: str
    tagline: dict[str, str] = Field(default_factory=dict)
    currency: str
    country: str
    languages: list[str]
    default_language: str
    window_languages: list[str] = Field(default_factory=list)
    address: ShopAddress
    phone: str = ""
    email: str = ""
    website: str = ""
    hours: OpeningHours
    collect: CollectRules
    courier: CourierRules
    postcodes: list[str] = Field(default_factory=list)
    orders_when_closed: bool = True
    categories: list[Category] = Field(default_factory=list)
    heroes: list[HeroCard] = Field(default_factory=list)
    lookbooks: list[Lookbook] = Field(default_factory=list)
    quick: list[str] = Field(default_factory=list)
    public_url: str = ""
    sealing_key: SealingKey | None = None
    windows: list[PlannedWindow] = Field(default_factory=list)
    window_heroes: list[HeroCard] = Field(default_factory=list)
    dark_hours: DarkHours = DarkHours()
    map_sha256: str = ""
    map_invented: bool = False
    demo: bool = False
