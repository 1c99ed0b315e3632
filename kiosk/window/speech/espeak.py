"""espeak-ng as a process for each utterance: the text goes in by its standard input alone."""

import re
import subprocess
import threading
from collections.abc import Sequence

from kiosk.window.speech.voice import LOUDEST, Utterance

# Names of espeak-ng's voices for the languages of the interface (`espeak-ng --voices`). It has
# one for Japanese, too, which calls every kanji "Chinese letter".
VOICES = {
    "fr": "fr-fr",
    "en": "en-gb",
    "de": "de",
    "es": "es",
    "it": "it",
    "nl": "nl",
    "ar": "ar",
}
WORDS_A_MINUTE = 155  # a little slower than espeak-ng's 175: a street is loud
_AMPLITUDE = 200  # its loudest
_LOOK_S = 0.02
# "[[" begins phonemes, and a control character ends the text or worse.
_NOT_WORDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]|\[(?=\[)")


class EspeakEngine:
    """`command` is the program with what it is always told."""

    name = "espeak-ng"

    def __init__(self, command: Sequence[str] = ("espeak-ng",)) -> None:
        self._command = tuple(command)

    def speaks(self, language: str) -> bool:
        return language in VOICES

    def speak(self, utterance: Utterance, volume: float, quiet: threading.Event) -> None:
        # bufsize: a text that the pipe takes whole must not wait for a buffer to be flushed.
        with subprocess.Popen(
            self._arguments(utterance.language, volume),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        ) as process:
            assert process.stdin is not None  # noqa: S101
            try:
                process.stdin.write(plain(utterance.text).encode())
                process.stdin.close()
                while process.poll() is None:
                    if quiet.wait(_LOOK_S):
                        process.kill()
                        return
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            raise OSError(f"espeak-ng ended with {process.returncode}")

    def close(self) -> None:
        """Nothing is left open between two utterances."""

    def _arguments(self, language: str, volume: float) -> list[str]:
        amplitude = round(_AMPLITUDE * min(max(volume, 0), LOUDEST) / LOUDEST)
        voice = VOICES.get(language, language)
        spoken = ["-v", voice, "-a", str(amplitude), "-s", str(WORDS_A_MINUTE)]
        return [*self._command, *spoken, "-b", "1", "--stdin"]


def plain(text: str) -> str:
    """`text` as words alone: nothing in it that espeak-ng would take for an instruction."""
    return _NOT_WORDS.sub(" ", text)
