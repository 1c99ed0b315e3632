"""Which engine speaks on this box."""

import logging
import shutil

from kiosk.window.speech.espeak import EspeakEngine
from kiosk.window.speech.speechd import SpeechdEngine, socket_path
from kiosk.window.speech.voice import Voice

log = logging.getLogger(__name__)


def open_voice(wish: str) -> Voice | None:
    """The voice that was wished for (one of settings.SPEECH), None where this box has none.

    "auto" takes speech-dispatcher where its socket is there, since somebody has set it up, and
    espeak-ng otherwise. Why there is none is in the log.
    """
    if wish == "off":
        return None
    path = socket_path()
    if wish in ("auto", "speechd") and path.is_socket():
        return Voice(SpeechdEngine(path))
    program = shutil.which("espeak-ng")
    if wish in ("auto", "espeak-ng") and program:
        return Voice(EspeakEngine((program,)))
    missing = {
        "espeak-ng": "espeak-ng is not installed",
        "speechd": f"speech-dispatcher does not listen at {path}",
    }
    why = missing.get(wish, "neither speech-dispatcher nor espeak-ng is here")
    log.warning("the window cannot speak: %s", why)
    return None
