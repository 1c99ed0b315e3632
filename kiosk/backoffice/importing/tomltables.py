"""What every table of a shop.toml has in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Words = dict[Language, Annotated[str, Field(max_length=200)]]


class TomlTable(BaseModel):
    """Unknown keys are refused: a misspelt one must not be dropped in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)
