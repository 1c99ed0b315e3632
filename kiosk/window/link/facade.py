"""The link as the window sees it: one object, started once, stopped once."""

import logging
import time
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.contract import (
    CodeShown,
    LookupAsked,
    LookupFound,
    OrderRequest,
    PositionFix,
    Quote,
    QuoteRequest,
    SealingKey,
)
from kiosk.window.link.client import BackOfficeClient
from kiosk.window.link.fetcher import PictureFetcher
from kiosk.window.link.herald import Herald
from kiosk.window.link.news import LinkEvent, Post, ProfileChanged, TakesOrders
from kiosk.window.link.pace import Pace
from kiosk.window.link.passing import PassingWatcher
from kiosk.window.link.presence import Presence
from kiosk.window.link.readiness import Readiness
from kiosk.window.link.sender import OrderSender
from kiosk.window.link.stream import EventStream
from kiosk.window.link.sync import Syncer
from kiosk.window.link.tracking import OrderFollower
from kiosk.window.replica import (
    CatalogueReplica,
    Kept,
    NoKey,
    OrderSummary,
    Outbox,
    PictureStore,
)
from kiosk.window.replica.shedding import Shedder, shed_files

log = logging.getLogger(__name__)

GIB = 1024**3


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """Where the back office is, where the box keeps its memory, whether it has a camera."""

    base_url: str
    token: str = field(repr=False)
    data: Path
    ca_file: Path | None = None
    picture_bytes: int = 4 * GIB
    reads_codes: bool = False
    pace: Pace = field(default_factory=Pace)


class Link:
    """The box's memory and the threads that keep it true.

    `catalogue`, `pictures` and `outbox` can be read from the first moment, also when there is
    no back office. `shedder` knows what may leave a disk that is nearly full. `post` is called
    from worker threads, never after `stop`. Raises DataInUse when another window has the
    same data directory.
    """

    def __init__(self, settings: LinkSettings, post: Post) -> None:
        self._receiver = post
        self._stopped = False
        self._client = BackOfficeClient(
            settings.base_url, settings.token, settings.pace, settings.ca_file
        )
        # The outbox first: it holds the lock on the whole directory.
        self.outbox = Outbox(settings.data / "outbox.db")
        self.catalogue = CatalogueReplica(settings.data / "catalogue.db")
        self.pictures = PictureStore(settings.data, settings.picture_bytes)
        self.shedder = Shedder()
        self.shedder.add("a damaged catalogue", shed_files(settings.data, "catalogue.db.damaged-*"))
        self.shedder.add("pictures that can be fetched again", self.pictures.shed)
        self._readiness = Readiness(
            self.outbox, self.shedder, self._keyless, settings.pace.room_every_s, self._post
        )
        presence = Presence(self._post, self._returned)
        self._presence = presence
        client, catalogue = self._client, self.catalogue
        self._follower = OrderFollower(client, presence, self._post)
        self._passing = PassingWatcher(client, presence, self._post)
        self._fetcher = PictureFetcher(client, catalogue, self.pictures, presence, self._post)
        self._herald = Herald(
            client, self.outbox, self.ready_for_orders, reads_codes=settings.reads_codes
        )
        self._sender = OrderSender(
            client, self.outbox, catalogue, presence, self._post, self._herald.wake
        )
        self._syncer = Syncer(
            client,
            catalogue,
            self.outbox,
            self.pictures,
            self.shedder,
            self._fetcher,
            self._sender,
            presence,
            self._post,
        )
        self._stream = EventStream(client, catalogue, presence, self)
        self._workers = (
            self._sender,
            self._syncer,
            self._stream,
            self._fetcher,
            self._follower,
            self._passing,
            self._herald,
            self._readiness,
        )

    @property
    def online(self) -> bool:
        return self._presence.online

    def start(self) -> None:
        for worker in self._workers:
            worker.start()

    def stop(self, timeout: float = 2.0) -> bool:
        """End all threads, whatever they wait for; True if all ended within `timeout` s."""
        if self._stopped:
            return True
        self._stopped = True
        until = time.monotonic() + timeout
        for worker in self._workers:
            worker.stop()
        self._client.close()
        ended = [worker.join(max(0.0, until - time.monotonic())) for worker in self._workers]
        if not all(ended):
            log.warning("some of the link's threads did not end in time")
        self.catalogue.close()
        self.outbox.close()
        return all(ended)

    def place(self, order: OrderRequest, summary: OrderSummary) -> Kept:
        """Keep an order durably, then send it in the background. Blocks for a disk sync.

        When this returns, the order will arrive; say "thank you". Raises RefusedDisk, NoKey or
        IntentTaken: say "not accepted".
        """
        key = self._shop_key()
        if key is None:
            raise NoKey("the shop's key has not come yet")
        kept = self._readiness.keep(lambda: self.outbox.commit(order, summary, key))
        self._sender.wake()
        return kept

    def ready_for_orders(self) -> bool:
        """Whether an order could be kept: ask before a visitor types anything. Blocks for a disk.

        Needs the shop's key, and room on the disk; what can be had again leaves first. TakesOrders
        is posted where the answer has changed.
        """
        return self._readiness.look() and self._shop_key() is not None

    def _keyless(self) -> bool:
        profile = self.catalogue.profile()
        return profile is not None and profile.sealing_key is None

    def _shop_key(self) -> SealingKey | None:
        profile = self.catalogue.profile()
        return profile.sealing_key if profile else None

    def quote(self, asked: QuoteRequest) -> Quote:
        """Ask for a price and a promise. Blocks; raises LinkError."""
        return self._client.quote(asked)

    def look_up(self, asked: LookupAsked | CodeShown) -> LookupFound:
        """Ask for an order by what its buyer knows, or shows. Blocks; raises LinkError."""
        return self._client.look_up(asked)

    def follow(self, token: str) -> None:
        """Post OrderChanged and PositionChanged of this order, and of no other."""
        self._follower.follow(token)

    def follow_ticket(self, ticket: str) -> None:
        """Post OrderChanged of the order that was looked up, and OrderGone once that is over."""
        self._follower.follow(ticket, looked_up=True)

    def unfollow(self) -> None:
        self._follower.unfollow()

    def courier_photo(self, path: str) -> bytes:
        """Ask for the photo of the followed order's courier. Blocks; raises LinkError. Not kept."""
        return self._client.courier_photo(path)

    def picture(self, sha256: str) -> Path | None:
        """The picture's file; None while it is not here: PictureReady follows. Never blocks."""
        return self._fetcher.want(sha256)

    def everything_changed(self) -> None:
        self._syncer.wake()
        self._follower.wake()
        self._passing.wake()

    def shop_changed(self) -> None:
        self._syncer.wake()

    def order_changed(self, token: str) -> None:
        self._follower.changed(token)

    def passing_changed(self) -> None:
        self._passing.wake()

    def courier_moved(self, token: str, fix: PositionFix) -> None:
        self._follower.moved(token, fix)

    def _returned(self) -> None:
        self._sender.hurry()
        self._herald.wake()
        self._fetcher.wake()
        self._stream.wake()
        self._follower.wake()
        self._passing.wake()

    def _post(self, event: LinkEvent) -> None:
        if self._stopped:
            return
        if isinstance(event, ProfileChanged):
            self._readiness.wake()
        elif isinstance(event, TakesOrders):
            self._herald.wake()
        try:
            self._receiver(event)
        except Exception:
            log.exception("%s could not be handed over", type(event).__name__)
