"""Ends cameras that are over, and sees to it that the media server knows."""

import logging
import threading
from datetime import timedelta

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from kiosk.backoffice.camera.control import drop
from kiosk.backoffice.camera.models import StreamToDrop
from kiosk.backoffice.camera.server import CameraServer
from kiosk.backoffice.camera.services import end_what_is_over

log = logging.getLogger(__name__)

EVERY_S = 0.4
# A server that could not be told for so long has asked again itself, and was told then.
_GIVE_UP = timedelta(minutes=1)


class CameraWatch:
    """A thread; several back offices may each have one."""

    def __init__(self, server: CameraServer) -> None:
        self._server = server
        self._ended = threading.Event()
        self._complained: set[int] = set()
        self._thread = threading.Thread(target=self._run, name="camera watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 1.5) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def look(self) -> None:
        """End what is over now, and drop what must not be sent any more."""
        now = timezone.now()
        end_what_is_over(now)
        for stream in StreamToDrop.objects.all():
            told = drop(self._server, stream.channel, stream.publisher)
            pk = stream.pk
            if told or now - stream.since > _GIVE_UP:
                stream.delete()
            if not told and pk not in self._complained:
                self._complained.add(pk)
                log.warning("the media server could not be told to drop a stream")

    def _run(self) -> None:
        while not self._ended.wait(EVERY_S):
            try:
                self.look()
            except DatabaseError as error:
                log.warning("cameras wait for the database: %s", error)
                self._ended.wait(1.0)
            except Exception:
                log.exception("the watch over cameras stumbled")
                self._ended.wait(5.0)
            finally:
                close_old_connections()
