"""One voice at a time: what is said last interrupts what is being said, at once."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from typing import Protocol

log = logging.getLogger(__name__)

LOUDEST = 10  # volumes run from 0, silent, to this
# Parts phrases where a line may break; a voice might rest there, or name it.
_PHRASE = "\u200b"


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text and its language (ISO 639-1). It may be personal: not in a repr, not in a log."""

    text: str = field(repr=False)
    language: str


class Engine(Protocol):
    """What turns an utterance into sound. Called on one thread only, the voice's own."""

    name: str

    def speaks(self, language: str) -> bool: ...

    def speak(self, utterance: Utterance, volume: float, quiet: threading.Event) -> None:
        """Return once it has been said, or as soon as `quiet` is set. Raises OSError."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    said: tuple[Utterance, ...]
    volume: float
    ended: Callable[[], None] | None
    quiet: threading.Event = field(default_factory=threading.Event)


class Voice:
    """Says things in their order of arrival without ever holding up who asks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turns: SimpleQueue[_Turn | None] = SimpleQueue()
        self._latest: _Turn | None = None
        self._failing = False
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
        self._thread.start()

    @property
    def name(self) -> str:
        return self._engine.name

    def speaks(self, language: str) -> bool:
        return self._engine.speaks(language)

    def say(
        self,
        said: Iterable[Utterance],
        volume: float,
        ended: Callable[[], None] | None = None,
    ) -> None:
        """Say these one after the other, instead of whatever is being said.

        `volume` is 0 to LOUDEST. `ended()` is called on the voice's thread once all has been
        said, or as soon as something interrupts.
        """
        self.hush()
        words = (replace(u, text=u.text.replace(_PHRASE, "")) for u in said)
        turn = _Turn(tuple(u for u in words if u.text.strip()), volume, ended)
        self._latest = turn
        self._turns.put(turn)

    def hush(self) -> None:
        """Be quiet at once."""
        if self._latest is not None:
            self._latest.quiet.set()
            self._latest = None

    def close(self) -> None:
        self.hush()
        self._turns.put(None)

    def _run(self) -> None:
        while (turn := self._turns.get()) is not None:
            for utterance in turn.said:
                if not turn.quiet.is_set():
                    self._speak(utterance, turn)
            if turn.ended is not None:
                turn.ended()
        self._engine.close()

    def _speak(self, utterance: Utterance, turn: _Turn) -> None:
        try:
            self._engine.speak(utterance, turn.volume, turn.quiet)
        except OSError as error:
            if not self._failing:  # once, not with every word
                log.warning("%s cannot speak: %s", self.name, error)
            self._failing = True
        else:
            self._failing = False
