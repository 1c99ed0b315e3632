"""The thread that brings pictures in after their products are already for sale."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from kiosk.backoffice.catalogue.models import Lookbook, Picture, ProductPicture
from kiosk.backoffice.catalogue.pictures import PictureError, store_picture
from kiosk.backoffice.catalogue.services import record_changes
from kiosk.backoffice.importing.fetch import FetchError, fetch
from kiosk.backoffice.importing.sources import MAX_FILE, is_remote
from kiosk.backoffice.platform.models import Hero
from kiosk.backoffice.platform.shop import bump_profile
from kiosk.backoffice.platform.writing import writing

log = logging.getLogger("kiosk.pictures")

IDLE_S = 5.0  # another process may have imported something
HOST_FAILURES = 3
HOST_REST_S = 600.0
ATTEMPTS = 3  # then the placeholder stays until the next import

Fetch = Callable[[str], bytes]


class PictureWorker:
    """Processes pending pictures, posters first, then in the order of the products.

    Nothing waits for it, and nothing that it meets stops it: a picture that cannot be had stays
    a placeholder. A host that failed three times running is left alone for ten minutes.
    """

    def __init__(self, fetch: Fetch = fetch) -> None:
        self._fetch = fetch
        self._wake = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._failures: dict[str, int] = {}
        self._resting: dict[str, float] = {}
        self._attempts: dict[int, int] = {}
        self._not_before: dict[int, float] = {}

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="pictures", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Look for pictures now; called after an import in this process."""
        self._wake.set()

    def stop(self, timeout_s: float = 15.0) -> None:
        self._stopping = True
        self._wake.set()
        if self._thread:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                worked = self.work_once()
            except Exception:
                # Whatever is wrong with one round must not end the thread for all later ones.
                log.exception("pictures: a round failed")
                connection.close()  # the next round begins with a fresh one
                worked = False
            if not worked:
                self._wake.wait(IDLE_S)
        connection.close()

    def work_once(self) -> bool:
        """Process one picture; False when there is none to process now."""
        for picture in self._pending():
            host = urlsplit(picture.source).hostname or "" if is_remote(picture.source) else ""
            if self._rests(host) or self._not_before.get(picture.pk, 0.0) > time.monotonic():
                continue
            self._process(picture, host)
            return True
        return False

    def _pending(self) -> list[Picture]:
        """Pending pictures that something shows: posters, covers, products' first pictures."""
        pending = Picture.objects.filter(state=Picture.State.PENDING).exclude(source="")
        posters = pending.filter(pk__in=Hero.objects.values("picture"))
        covers = pending.filter(pk__in=Lookbook.objects.values("picture"))
        order = ("uses__position", "uses__product__position", "pk")
        rest = pending.filter(uses__isnull=False).order_by(*order)
        found = {p.pk: p for p in [*posters, *covers, *rest[:400]]}
        local = [p for p in found.values() if not is_remote(p.source)]
        return local or list(found.values())

    def _rests(self, host: str) -> bool:
        return bool(host) and self._resting.get(host, 0.0) > time.monotonic()

    def _process(self, picture: Picture, host: str) -> None:
        try:
            content = self._fetch(picture.source) if host else _read(Path(picture.source))
            self._failures.pop(host, None)
            _adopt(picture, store_picture(content, source=picture.source))
        except FetchError as error:
            if error.host_down:
                self._host_failed(host)
            self._failed(picture, str(error), final=not error.host_down)
        except (PictureError, OSError) as error:
            self._failed(picture, str(error), final=True)

    def _host_failed(self, host: str) -> None:
        self._failures[host] = self._failures.get(host, 0) + 1
        if self._failures[host] >= HOST_FAILURES:
            self._failures[host] = 0
            self._resting[host] = time.monotonic() + HOST_REST_S
            log.warning("pictures: %s does not answer, left alone for 10 minutes", host)

    def _failed(self, picture: Picture, problem: str, *, final: bool) -> None:
        count = self._attempts[picture.pk] = self._attempts.get(picture.pk, 0) + 1
        if final or count >= ATTEMPTS:
            # Nothing that a window shows changes, so no signal is needed.
            Picture.objects.filter(pk=picture.pk).update(
                state=Picture.State.FAILED, problem=problem[:300]
            )
            self._attempts.pop(picture.pk, None)
            log.warning("pictures: %s: %s", picture.source[-120:], problem)
        else:
            self._not_before[picture.pk] = time.monotonic() + 30.0 * count


def _read(path: Path) -> bytes:
    if path.stat().st_size > MAX_FILE:
        raise PictureError(f"larger than {MAX_FILE // 1_000_000} MB")
    return path.read_bytes()


def _adopt(pending: Picture, ready: Picture) -> None:
    """Where the bytes were known already, let everything use the picture that has them."""
    if ready.pk == pending.pk:
        return
    with writing():
        uses = ProductPicture.objects.filter(picture=pending)
        products = list(uses.values_list("product_id", flat=True))
        uses.update(picture=ready)
        posters = Hero.objects.filter(picture=pending).update(picture=ready)
        covers = Lookbook.objects.filter(picture=pending).update(picture=ready)
        pending.delete()
        record_changes(products)
        if posters or covers:
            bump_profile()
