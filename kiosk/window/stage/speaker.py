"""Says aloud what the visit wants said, where the box has a voice."""

from collections.abc import Callable, Iterable

from kiosk.window.speech import Utterance, Voice
from kiosk.window.visit import Visit, effects
from kiosk.window.visit.comfort import loudness


class Speaker:
    """`volume` is the loudness that the shop has set, which a visitor moves from."""

    def __init__(self, voice: Voice | None, volume: int) -> None:
        self._voice, self._volume = voice, volume

    def languages(self, among: Iterable[str]) -> frozenset[str]:
        """Those of some languages that it can speak."""
        voice = self._voice
        return frozenset(code for code in among if voice.speaks(code)) if voice else frozenset()

    def speak(self, text: str, visit: Visit) -> None:
        """Say a text of the glass in the visitor's language, "" to be quiet."""
        if not text:
            self.hush()
        elif self._voice is not None:
            level = loudness(visit.comfort.volume, self._volume)
            self._voice.say([Utterance(text, visit.language)], level)

    def say(self, wanted: effects.Say, visit: Visit, ended: Callable[[], None]) -> bool:
        """Say each text in its language; `ended` is called on the voice's thread. False without
        a voice.
        """
        if self._voice is None:
            return False
        self._voice.say(
            (Utterance(x.text, x.language) for x in wanted.said),
            loudness(visit.comfort.volume, self._volume),
            ended=ended,
        )
        return True

    def hush(self) -> None:
        if self._voice is not None:
            self._voice.hush()
