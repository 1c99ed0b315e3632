"""shop.toml: the shop itself, checked before anything of it is used."""

import tomllib
from collections.abc import Sequence
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationError, field_validator, model_validator

from kiosk.backoffice.importing.model import CatalogueError
from kiosk.backoffice.importing.planfile import DarkHoursTable, WindowTable
from kiosk.backoffice.importing.tomltables import WEEKDAYS, Language, TomlTable, Words
from kiosk.shop.hours import Interval
from kiosk.shop.links import checked_website
from kiosk.shop.lookbook import MAX_LOOKBOOK, MAX_LOOKBOOK_PIECES

FILE_NAME = "shop.toml"
MAX_BYTES = 1 << 20

Minor = Annotated[int, Field(ge=0, le=10**9)]
Minutes = Annotated[int, Field(ge=0, le=24 * 60)]


class AddressTable(TomlTable):
    line1: Annotated[str, Field(min_length=1, max_length=120)]
    postcode: Annotated[str, Field(max_length=12)]
    city: Annotated[str, Field(max_length=80)]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = ""
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]


class ContactTable(TomlTable):
    phone: Annotated[str, Field(max_length=30)] = ""
    email: Annotated[str, Field(max_length=254)] = ""
    website: Annotated[str, AfterValidator(checked_website)] = ""


class ShopTable(TomlTable):
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
    name: Annotated[str, Field(min_length=1, max_length=80)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    timezone: str
    default_language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    languages: Annotated[list[str], Field(min_length=1, max_length=8)]
    window_languages: Annotated[list[Language], Field(max_length=16)] = Field(default_factory=list)
    tagline: Words = Field(default_factory=dict)
    address: AddressTable
    contact: ContactTable = ContactTable()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValueError("no such time zone: write one like Europe/Paris") from None
        return name

    @model_validator(mode="after")
    def _speaks_default(self) -> "ShopTable":
        if self.default_language not in self.languages:
            raise ValueError("default_language must be one of languages")
        return self


Day = Annotated[list[str], Field(max_length=8)]


def _check_day(day: list[str]) -> list[str]:
    intervals = [Interval.parse(text) for text in day]
    for before, after in pairwise(intervals):
        if before.closes == time(0) or before.closes > after.opens:
            raise ValueError(f"{before.closes:%H:%M} and {after.opens:%H:%M} overlap: put in order")
    return day


class CalendarTable(TomlTable):
    holidays: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = ""
    closed_on_holidays: bool = True


class SpecialTable(TomlTable):
    date: date
    intervals: Day = Field(default_factory=list)
    reason: Words = Field(default_factory=dict)

    @field_validator("intervals")
    @classmethod
    def _in_order(cls, day: list[str]) -> list[str]:
        return _check_day(day)


class HoursTable(TomlTable):
    monday: Day = Field(default_factory=list)
    tuesday: Day = Field(default_factory=list)
    wednesday: Day = Field(default_factory=list)
    thursday: Day = Field(default_factory=list)
    friday: Day = Field(default_factory=list)
    saturday: Day = Field(default_factory=list)
    sunday: Day = Field(default_factory=list)
    calendar: CalendarTable = CalendarTable()
    special: list[SpecialTable] = Field(default_factory=list)

    @field_validator(*WEEKDAYS)
    @classmethod
    def _in_order(cls, day: list[str]) -> list[str]:
        return _check_day(day)

    @property
    def weekly(self) -> list[list[str]]:
        """Seven lists of "10:00-13:00", Monday first."""
        return [list(getattr(self, name)) for name in WEEKDAYS]


class CollectTable(TomlTable):
    enabled: bool = True
    prepare_minutes: Minutes = 30


class CourierTable(TomlTable):
    enabled: bool = True
    prepare_minutes: Minutes = 30
    ride_minutes: Minutes = 25
    fee_minor: Minor | None = None
    free_from_minor: Minor | None = None
    radius_m: Annotated[int, Field(gt=0, le=1_000_000)] | None = None
    postcodes: list[str] = Field(default_factory=list)


class FulfilmentTable(TomlTable):
    collect: CollectTable = CollectTable()
    courier: CourierTable = CourierTable()


class OrdersTable(TomlTable):
    when_closed: bool = True


class HeroTable(TomlTable):
    """`picture` is relative to shop.toml, `product` a handle.

    One that is `planned_only` is shown by the [[windows]] that name its picture, and never else.
    """

    picture: Annotated[str, Field(max_length=2000)]
    when: Literal["day", "night", "any"] = "any"
    product: str = ""
    line: Words = Field(default_factory=dict)
    planned_only: bool = False


_Sentences = dict[Language, Annotated[str, Field(max_length=MAX_LOOKBOOK)]]


class LookbookTable(TomlTable):
    """`picture` is relative to shop.toml, `products` are handles in their order."""

    picture: Annotated[str, Field(max_length=2000)]
    title: Words
    text: _Sentences = Field(default_factory=dict)
    products: Annotated[list[str], Field(min_length=1, max_length=MAX_LOOKBOOK_PIECES)]


class ShopFile(TomlTable):
    """A whole shop.toml. `categories` maps a product's Type to its names in other languages.

    `quick` are the handles of the pieces for people in a hurry, best first.
    """

    contract: Literal[1]
    shop: ShopTable
    hours: HoursTable
    fulfilment: FulfilmentTable = FulfilmentTable()
    orders: OrdersTable = OrdersTable()
    categories: dict[str, Words] = Field(default_factory=dict)
    heroes: list[HeroTable] = Field(default_factory=list)
    lookbooks: Annotated[list[LookbookTable], Field(max_length=24)] = Field(default_factory=list)
    quick: Annotated[list[str], Field(max_length=6)] = Field(default_factory=list)
    windows: Annotated[list[WindowTable], Field(max_length=200)] = Field(default_factory=list)
    dark_hours: DarkHoursTable = DarkHoursTable()

    @model_validator(mode="after")
    def _plan_fits(self) -> "ShopFile":
        names = [window.id for window in self.windows]
        if len(names) != len(set(names)):
            raise ValueError("windows: each needs an id of its own")
        known = {hero.picture for hero in self.heroes}
        for window in self.windows:
            for picture in window.posters:
                if picture not in known:
                    raise ValueError(f"windows: {window.id} names {picture}, which no hero has")
        return self


def read_shop(path: Path) -> ShopFile:
    """The shop of a shop.toml. Raises CatalogueError with all that is wrong, in one line."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CatalogueError(f"{path.name} is larger than 1 MiB: it is no shop's profile")
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(f"cannot read {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CatalogueError(f"{path.name} is not valid TOML: {error}") from None
    try:
        return ShopFile.model_validate(tables)
    except ValidationError as error:
        raise CatalogueError(f"{path.name}: {_in_words(error)}") from None


def _in_words(error: ValidationError) -> str:
    return "; ".join(f"{_place(item['loc'])}: {item['msg']}" for item in error.errors()[:8])


def _place(loc: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in loc) or "the file"
