"""Fetches pictures: what a visitor waits for first, then what they will see first, then all."""

import json
import logging
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kiosk.shop.selection import Selection
from kiosk.window.link.client import BackOfficeClient
from kiosk.window.link.errors import Away, LinkError
from kiosk.window.link.news import PictureReady, Post, SyncProgress
from kiosk.window.link.presence import Presence
from kiosk.window.link.worker import Crew, Worker
from kiosk.window.replica import CatalogueReplica, NoRoom, PictureRefused, PictureStore

log = logging.getLogger(__name__)

PARALLEL = 4
QUEUED_AHEAD = 16
FRONT_CARDS = 24
ROWS_AT_ONCE = 50
TRIES_IN_A_ROW = 5
AGAIN_AFTER_S = 600.0
PROGRESS_EVERY_S = 0.25
# While a catalogue comes page by page, its front is looked at no more often than this.
CUT_SHORT_S = 1.0
PICTURES_OF = "pictures_of"
ON_THE_GLASS, FRONT, REST = range(3)


class PictureFetcher(Worker):
    """`want` fetches one picture for the glass; when woken it goes through the catalogue.

    Heroes and every shelf's first cards come first and are pinned in the store. The rest
    follows while the store has room. A picture that is missing or wrong is asked for a few
    times more, then every ten minutes.
    """

    def __init__(
        self,
        client: BackOfficeClient,
        replica: CatalogueReplica,
        store: PictureStore,
        presence: Presence,
        post: Post,
    ) -> None:
        super().__init__("pictures")
        self._client = client
        self._replica = replica
        self._store = store
        self._presence = presence
        self._post = post
        self._crew = Crew("picture", PARALLEL)
        self._changed = threading.Condition()
        self._pending: dict[str, int] = {}
        self._wrong: dict[str, tuple[int, float]] = {}
        self._away = False
        self._failures = 0
        self._told_at = float("-inf")
        self._through: int | None = None
        self._again_at = float("-inf")

    def start(self) -> None:
        self._crew.start()
        super().start()

    def stop(self) -> None:
        self._crew.stop()
        super().stop()
        with self._changed:
            self._changed.notify_all()

    def join(self, timeout: float) -> bool:
        until = time.monotonic() + timeout
        ended = super().join(timeout)
        return self._crew.join(max(0.0, until - time.monotonic())) and ended

    def want(self, sha256: str) -> Path | None:
        """The picture's file if it is here; else PictureReady is posted once it is."""
        path = self._store.path(sha256)
        if path is None:
            self._queue(sha256, ON_THE_GLASS)
        return path

    def work(self) -> float:
        # The version first: what changes while we read it makes us come back.
        version, now = self._replica.version, time.monotonic()
        if version == self._through and now < self._again_at:
            return min(self._again_at - now, AGAIN_AFTER_S)
        self._away = False
        catalogue = f"{self._replica.epoch} {self._replica.cursor}"
        done = self._front()
        whole = self._kept(catalogue) or self._rest(done, version)
        if self._away:
            self._failures += 1
            return self._client.pace.backoff(self._failures)
        self._failures = 0
        if not whole:
            return CUT_SHORT_S
        with self._changed:
            self._again_at = min((t for _, t in self._wrong.values()), default=float("inf"))
            complete = not self._wrong
        if complete:
            self._keep(catalogue)
        self._through = version
        return min(max(0.0, self._again_at - time.monotonic()), AGAIN_AFTER_S)

    def _kept(self, catalogue: str) -> bool:
        """Whether all pictures of that catalogue came in an earlier run, and are still here."""
        return self._replica.note(PICTURES_OF) == f"{catalogue} {len(self._store)}"

    def _keep(self, catalogue: str) -> None:
        mark = f"{catalogue} {len(self._store)}"
        if self._replica.note(PICTURES_OF) != mark:
            self._replica.set_note(PICTURES_OF, mark)

    def _front(self) -> int:
        front = list(dict.fromkeys(self._front_pictures()))
        self._store.pin(front)
        total = max(self._replica.picture_count(), len(front))
        for sha256 in front:
            self._queue(sha256, FRONT)
        waiting = len(front)
        while waiting and not self.stopping and not self._away:
            with self._changed:
                self._changed.wait(PROGRESS_EVERY_S)
                waiting = sum(s in self._pending for s in front)
            self._progress(len(front) - waiting, total)
        return len(front)

    def _front_pictures(self) -> Iterator[str]:
        profile = self._replica.profile()
        for hero in (*profile.heroes, *profile.window_heroes) if profile else ():
            yield from (r.sha256 for r in hero.picture.renditions)
        for category in (None, *(shelf.id for shelf in self._replica.categories())):
            for card in self._replica.page(Selection(category), None, FRONT_CARDS).rows:
                yield from (r.sha256 for r in (card.picture.renditions if card.picture else ()))

    def _rest(self, done: int, version: int) -> bool:
        """Go through the whole catalogue; False where that was cut short."""
        total = self._replica.picture_count()
        for passed, (sha256, size) in enumerate(self._all_pictures()):
            if self._cut_short(version):
                return False
            if sha256 not in self._store:
                if self._store.room_bytes < size:
                    log.info("the picture store is full; the rest is fetched when asked for")
                    return True
                self._queue(sha256, REST)
                self._wait_for_turn(QUEUED_AHEAD)
            self._progress(max(done, passed - len(self._pending)), total)
        self._wait_for_turn(0)
        if self._cut_short(version):
            return False
        self._told_at = float("-inf")
        self._progress(total, total)
        return True

    def _all_pictures(self) -> Iterator[tuple[str, int]]:
        after = 0
        while rows := self._replica.picture_lists(after, ROWS_AT_ONCE):
            for _, text in rows:
                yield from json.loads(text)
            after = rows[-1][0]

    def _cut_short(self, version: int) -> bool:
        return self.stopping or self._away or self._replica.version != version

    def _wait_for_turn(self, ahead: int) -> None:
        with self._changed:
            while len(self._pending) > ahead and not self.stopping and not self._away:
                self._changed.wait(1.0)

    def _queue(self, sha256: str, priority: int) -> None:
        with self._changed:
            if self._pending.get(sha256, REST + 1) <= priority or sha256 in self._store:
                return
            if self._wrong.get(sha256, (0, 0.0))[1] > time.monotonic():
                return
            self._pending[sha256] = priority
        self._crew.do(partial(self._fetch, sha256), priority)

    def _fetch(self, sha256: str) -> None:
        try:
            if sha256 in self._pending and sha256 not in self._store:
                self._store.put(sha256, self._client.picture(sha256))
                self._wrong.pop(sha256, None)
                self._presence.answered()
                self._post(PictureReady(sha256))
        except Away as error:
            self._away = True
            self._presence.failed(error)
        except (LinkError, PictureRefused, NoRoom) as error:
            self._put_off(sha256)
            log.warning("picture %s… is not kept: %s", sha256[:12], error)
        finally:
            with self._changed:
                self._pending.pop(sha256, None)
                self._changed.notify_all()

    def _put_off(self, sha256: str) -> None:
        with self._changed:
            tries = self._wrong.get(sha256, (0, 0.0))[0] + 1
            wait = AGAIN_AFTER_S if tries > TRIES_IN_A_ROW else self._client.pace.backoff(tries)
            self._wrong[sha256] = tries, time.monotonic() + wait

    def _progress(self, done: int, total: int) -> None:
        now = time.monotonic()
        if total and now - self._told_at >= PROGRESS_EVERY_S:
            self._told_at = now
            self._post(SyncProgress(min(done, total), total))
