"""What a courier's phone tells the back office."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from kiosk.contract.messages import Answer, Request
from kiosk.contract.strict import Moment

MAX_FIXES = 200  # in one batch: ten minutes of a tunnel at one every three seconds
MAX_ACCURACY_M = 100_000.0
MAX_SPEED_MPS = 60.0  # 216 km/h: nobody delivers that fast
MAX_SEQ = 2**53 - 1  # what a browser counts to without a gap


def _number(given: Any) -> Any:
    if isinstance(given, bool | str):
        raise ValueError("write a number")
    return given


Number = Annotated[float, BeforeValidator(_number)]
Count = Annotated[int, BeforeValidator(_number)]


class FixGiven(Request):
    """Where a phone was at `fix_time` by its own clock. Degrees, metres, m/s, percent."""

    seq: Count = Field(ge=0, le=MAX_SEQ)
    fix_time: Moment
    lat: Number = Field(ge=-90, le=90)
    lon: Number = Field(ge=-180, le=180)
    accuracy_m: Number = Field(ge=0, le=MAX_ACCURACY_M)
    speed_mps: Number | None = Field(default=None, ge=0, le=MAX_SPEED_MPS)
    heading_deg: Number | None = Field(default=None, ge=0, le=360)
    battery: Count | None = Field(default=None, ge=0, le=100)


class FixBatch(Request):
    """What the phone has kept since it was last heard. `sent_at` is by its own clock, now."""

    sent_at: Moment
    fixes: list[FixGiven] = Field(min_length=1, max_length=MAX_FIXES)


class FixesTaken(Answer):
    """`kept` are new; the others came before, or from before the start. `shown` to the buyer."""

    kept: int
    shown: bool
