"""The plan's tables of a shop.toml: [[windows]] and [dark_hours]."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from kiosk.backoffice.importing.tomltables import WEEKDAYS, TomlTable, Words
from kiosk.shop.schedule import Daypart

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Part = Annotated[str, AfterValidator(lambda text: str(Daypart.parse(text)))]
Parts = Annotated[list[Part], Field(max_length=8)]


class WindowTable(TomlTable):
    """One plan. `posters` names pictures of [[heroes]], `products` handles.

    `drop_at` without an offset is the shop's wall clock.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,64}$")]
    title: Words = Field(default_factory=dict)
    line: Words = Field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    weekdays: list[Weekday] = Field(default_factory=list)
    hours: Parts = Field(default_factory=list)
    posters: Annotated[list[str], Field(max_length=12)] = Field(default_factory=list)
    products: Annotated[list[str], Field(max_length=24)] = Field(default_factory=list)
    drop_at: datetime | None = None
    theme: Annotated[str, Field(pattern=r"^[a-z0-9-]{0,40}$")] = ""

    @model_validator(mode="after")
    def _shows_something(self) -> "WindowTable":
        if self.since and self.until and self.until < self.since:
            raise ValueError("until lies before since")
        if self.drop_at and not self.products:
            raise ValueError("a drop needs the products that it brings")
        if not (self.posters or self.products or self.theme):
            raise ValueError("a window needs posters, products or a theme")
        return self

    @property
    def weekday_numbers(self) -> list[int]:
        """0 for Monday."""
        return sorted({WEEKDAYS.index(name) for name in self.weekdays})


class DarkSpecialTable(TomlTable):
    date: date
    intervals: Parts = Field(default_factory=list)


class DarkHoursTable(TomlTable):
    monday: Parts = Field(default_factory=list)
    tuesday: Parts = Field(default_factory=list)
    wednesday: Parts = Field(default_factory=list)
    thursday: Parts = Field(default_factory=list)
    friday: Parts = Field(default_factory=list)
    saturday: Parts = Field(default_factory=list)
    sunday: Parts = Field(default_factory=list)
    around_opening_minutes: Annotated[int, Field(ge=0, le=24 * 60)] = 0
    special: list[DarkSpecialTable] = Field(default_factory=list)

    @property
    def weekly(self) -> list[list[str]]:
        """Seven lists of "01:00-07:00", Monday first."""
        return [list(getattr(self, name)) for name in WEEKDAYS]
