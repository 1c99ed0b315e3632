"""Tells the media server to drop a stream, in the words of its own interface."""

import urllib.error
import urllib.request
from urllib.parse import quote, urlencode

from kiosk.backoffice.camera.server import CameraServer, Kind

_TIMEOUT_S = 1.0


def drop(server: CameraServer, channel: str, publisher: str) -> bool:
    """Drop what is sent in `channel` by `publisher`; whether the server has nothing of it now."""
    if not server.control:
        return False
    if server.kind is Kind.NGINX_RTMP:
        asked = urlencode({"app": "courier", "name": channel})
        return _ask(f"{server.control}/control/drop/publisher?{asked}", "GET")
    kicks = [
        _ask(f"{server.control}/v3/{kind}/kick/{quote(publisher, safe='')}", "POST")
        for kind in ("rtmpconns", "rtmpsconns")
    ]
    return any(kicks)


def _ask(url: str, method: str) -> bool:
    # The address comes from the settings, which take http and https alone.
    request = urllib.request.Request(url, method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S):  # noqa: S310
            return True
    except (urllib.error.URLError, TimeoutError, OSError):
        return False
