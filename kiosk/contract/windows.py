"""How a window is: what it tells its back office about itself."""

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from kiosk.contract.messages import Answer, Request
from kiosk.contract.orders import MAX_NUMBER
from kiosk.contract.strict import Moment, Name

MAX_PARKED = 20
MAX_PARKED_BODY = 32 * 1024

Count = Annotated[StrictInt, Field(ge=0, le=MAX_NUMBER)]


class ParkedOrder(Request):
    """An order that the back office does not take, for staff to look at.

    `code` and `status` are of the problem that it answered; `order` is what was sent, sealed
    as it is.
    """

    intent_id: Name
    kept_at: Moment
    status: Annotated[StrictInt, Field(ge=0, le=599)]
    code: Annotated[str, Field(max_length=40, pattern=r"^[a-z_]*$")]
    attempts: Count
    order: Annotated[str, Field(repr=False, max_length=MAX_PARKED_BODY)]


class WindowHere(Request):
    """One box's word about itself, every minute and after each change.

    `instance_id` names a box's memory: a copied or older one takes a new name. `last_number`
    counts the orders kept in it. `free_bytes` is the disk's room. `parked` are the oldest of
    `parked_count`. `reads_codes`: it has a camera that a phone's code may be held up to.
    """

    instance_id: Name
    last_number: Count
    waiting: Count
    oldest_waiting: Moment | None = None
    parked_count: Count = 0
    parked: Annotated[list[ParkedOrder], Field(max_length=MAX_PARKED)] = Field(default_factory=list)
    free_bytes: Count
    takes_orders: StrictBool
    software: Annotated[str, Field(max_length=60)] = ""
    reads_codes: StrictBool = False


class WindowKnown(Answer):
    """What the back office knows of the instance: the highest number of its orders, 0 for none.

    A higher one than the window's own means that the window's memory went back in time.
    """

    last_number: int
