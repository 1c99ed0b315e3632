"""What the window says aloud, by espeak-ng or by any voice of speech-dispatcher. No Kivy.

`open_voice` is the door. Nothing is logged of what is said, and nothing of it is kept.
"""

from kiosk.window.speech.find import open_voice
from kiosk.window.speech.voice import LOUDEST, Engine, Utterance, Voice

__all__ = ["LOUDEST", "Engine", "Utterance", "Voice", "open_voice"]
