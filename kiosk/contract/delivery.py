"""A delivery as the glass and the buyer's page follow it."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from kiosk.contract.messages import Answer
from kiosk.shop.camera import CameraState
from kiosk.shop.delivery import CancelReason, DeliveryStatus
from kiosk.shop.geo import Point


class PositionFix(Answer):
    """One position of a courier. Degrees, metres, metres per second.

    `seq` only rises while `rider` is the same; `rider` rises when another courier takes over.
    `age_s` is how old the fix was when this was sent, as the back office knows: whoever receives
    it counts on from there by a monotonic clock, and needs neither the phone's clock (`fix_time`)
    nor a right one of its own.
    """

    seq: int
    fix_time: datetime
    received_at: datetime
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    accuracy_m: float = Field(ge=0)
    speed_mps: float | None = Field(default=None, ge=0)
    heading_deg: float | None = Field(default=None, ge=0, le=360)
    rider: int = 0
    age_s: float = Field(default=0.0, ge=0)

    def told(self, now: datetime) -> "PositionFix":
        """The same, sent at `now` by the back office's clock."""
        waited = max((now - self.received_at).total_seconds(), 0.0)
        return self.model_copy(update={"age_s": round(self.age_s + waited, 3)})


class CourierCard(Answer):
    """`display_name` is a first name and an initial: "Inès D.".

    `photo_url` is a path on the back office that answers with a small square JPEG for as long as
    the courier may be seen; "" without a photo. Whoever knows it sees the courier. `relay_phone`
    (E.164) leads to the courier and is not their own; only the buyer is told, and only during the
    ride.
    """

    display_name: str
    photo_url: str = Field(default="", repr=False)
    vehicle: Literal["bike", "cargo_bike", "foot", "scooter", "car"] = "bike"
    relay_phone: str = Field(default="", repr=False)


class DeliveryStep(Answer):
    status: DeliveryStatus
    at: datetime


class CameraUrl(Answer):
    """`kind` is how it is played: rtmp, rtsp, hls; "simulated" is drawn by whoever shows it."""

    kind: str
    url: str = Field(repr=False)


class CameraView(Answer):
    """The courier's camera as this viewer may see it; `urls` let in until `expires_at`."""

    state: CameraState
    urls: list[CameraUrl] = Field(default_factory=list)
    expires_at: datetime | None = None


class ProofView(Answer):
    """How it was handed over: by the buyer's code, or left with a photograph."""

    kind: Literal["code", "photo"]
    at: datetime


class DeliveryView(Answer):
    """`route` is the polyline from pickup to dropoff with `route_s`, seconds from its start.

    `dropoff` is None while the address is not on any map that the shop has.
    `eta` is a clock time, already smoothed. `position` is there only while it may be shown.
    `rider` counts the couriers that took over. `simulated` is True for the demonstration's
    courier, and only then. `camera` is None for who may not see it, and where the shop has none.
    `proof` is there once it was handed over by one of the shop's own couriers. `cancel_reason` is
    why it was cancelled or comes back, None where nobody has said.
    """

    version: int
    status: DeliveryStatus
    status_at: datetime
    imminent: bool = False
    pickup: Point
    dropoff: Point | None = None
    route: list[Point] = Field(default_factory=list)
    route_s: list[float] = Field(default_factory=list)
    eta: datetime | None = None
    courier: CourierCard | None = None
    rider: int = 0
    position: PositionFix | None = None
    steps: list[DeliveryStep] = Field(default_factory=list)
    simulated: bool = False
    camera: CameraView | None = None
    proof: ProofView | None = None
    cancel_reason: CancelReason | None = None


class Passing(Answer):
    """A ride that passers-by may be told of: the middle of the square of some 150 m that the
    courier was in `age_s` seconds ago, by the back office's clock, and nothing else.
    """

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    age_s: float = Field(ge=0)
    simulated: bool = False


class PassingNow(Answer):
    rides: list[Passing] = Field(default_factory=list)
