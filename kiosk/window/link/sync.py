"""Keeps the box's copy of the shop up to date: profile, catalogue, map."""

import logging
from datetime import UTC

from kiosk.contract import ShopProfile
from kiosk.window.link.client import BackOfficeClient
from kiosk.window.link.errors import Incompatible, LinkError
from kiosk.window.link.fetcher import PictureFetcher
from kiosk.window.link.news import CatalogueChanged, MapReady, Post, ProfileChanged
from kiosk.window.link.presence import Presence
from kiosk.window.link.readiness import SHED_BYTES
from kiosk.window.link.sender import SERVER_EPOCH, SERVER_TIME, OrderSender
from kiosk.window.link.worker import Worker
from kiosk.window.replica import (
    CatalogueRejected,
    CatalogueReplica,
    NoRoom,
    Outbox,
    PictureRefused,
    PictureStore,
)
from kiosk.window.replica.database import NO_DISK
from kiosk.window.replica.shedding import Shedder

log = logging.getLogger(__name__)

CHANGES_AT_ONCE = 200


class Syncer(Worker):
    """Runs at once when woken by a hint, else every minute, and after a failure sooner."""

    def __init__(
        self,
        client: BackOfficeClient,
        replica: CatalogueReplica,
        outbox: Outbox,
        store: PictureStore,
        shedder: Shedder,
        fetcher: PictureFetcher,
        sender: OrderSender,
        presence: Presence,
        post: Post,
    ) -> None:
        super().__init__("syncer")
        self._client = client
        self._replica = replica
        self._outbox = outbox
        self._store = store
        self._shedder = shedder
        self._fetcher = fetcher
        self._sender = sender
        self._presence = presence
        self._post = post
        self._failures = 0

    def work(self) -> float:
        pace = self._client.pace
        try:
            self._sync()
        except LinkError as error:
            self._presence.failed(error)
            log.info("the shop could not be fetched (%s)", error)
        except CatalogueRejected as error:
            log.error("the catalogue is asked for again as a whole: %s", error)
            self._replica.restage()
        except NO_DISK as error:
            log.error("no disk for the catalogue (%s)", error)
            self._shedder.shed(SHED_BYTES)
        else:
            self._failures = 0
            return pace.backoff(1) - pace.retry_first_s + pace.sync_every_s
        self._failures += 1
        return min(pace.backoff(self._failures), pace.sync_every_s)

    def _sync(self) -> None:
        hello = self._client.hello()
        self._replica.set_note(SERVER_TIME, hello.server_time.astimezone(UTC).isoformat())
        self._greeted(hello.epoch)
        self._profile()
        self._presence.answered()
        # The posters' photographs need not wait for the shelves.
        self._fetcher.wake()
        self._changes()
        self._fetcher.wake()
        self._map()
        self._replica.sweep()

    def _greeted(self, epoch: str) -> None:
        """Another epoch means that the back office's memory was replaced: it may lack orders.

        Asked at every greeting: an answer of the memory before may have come after the first one.
        """
        again = self._outbox.offer_again(epoch)
        if epoch != self._replica.note(SERVER_EPOCH):
            self._replica.set_note(SERVER_EPOCH, epoch)
        if again:
            log.warning("the back office's memory was replaced: %d orders are sent again", again)
            self._sender.wake()

    def _profile(self) -> None:
        known = self._replica.profile()
        answer = self._client.profile(self._replica.note("profile_etag") if known else "")
        if answer is None:
            return
        self._replica.set_profile(answer.profile, answer.etag)
        self._seal_older(answer.profile)
        if answer.profile != known:
            self._post(ProfileChanged(answer.profile.version))

    def _seal_older(self, profile: ShopProfile) -> None:
        if profile.sealing_key is None:
            return
        sealed = self._outbox.seal_older(profile.sealing_key)
        if sealed:
            log.info("%d orders of an earlier version are sealed now", sealed)

    def _changes(self) -> None:
        """Fetch all pages; told are the first, the second, the fourth and so on, and the last."""
        pages = told = 0
        try:
            while not self.stopping:
                cursor = self._replica.cursor
                page = self._client.changes(cursor, CHANGES_AT_ONCE)
                if page.more and page.cursor == cursor:
                    raise Incompatible("the change feed does not move on")
                self._greeted(page.epoch)
                pages += self._replica.apply(page)
                if not page.more:
                    break
                if pages > told and pages >= 2 * told:
                    told = pages
                    self._post(CatalogueChanged(self._replica.version))
        finally:
            if pages > told:
                self._post(CatalogueChanged(self._replica.version))

    def _map(self) -> None:
        profile = self._replica.profile()
        sha256 = profile.map_sha256 if profile else ""
        if not sha256 or self._store.map_path(sha256):
            return
        try:
            self._store.put_map(sha256, self._client.map(sha256))
        except (PictureRefused, NoRoom) as error:
            log.error("the map was not kept: %s", error)
        else:
            self._post(MapReady(sha256))
