"""What is said aloud: real espeak-ng sound, and the line protocol of speech-dispatcher."""

import logging
import shutil
import struct
import subprocess
import threading
import wave
from itertools import pairwise

import pytest
from speechd_double import SpeechdDouble

from kiosk.window.speech import Utterance, Voice, open_voice
from kiosk.window.speech.espeak import VOICES, EspeakEngine, plain
from kiosk.window.speech.speechd import SpeechdEngine

LONG = "Un vase à la fois, et le suivant après. " * 40
GREETINGS = {
    "fr": "Touchez la vitrine",
    "en": "Touch the window",
    "de": "Berühren Sie das Fenster",
    "es": "Toque el escaparate",
    "it": "Tocchi la vetrina",
    "nl": "Raak het raam aan",
    "ar": "المس النافذة",
}


def recording(folder):
    """An espeak-ng that writes its sound to a file: this machine needs no loudspeaker."""
    return EspeakEngine((shutil.which("espeak-ng"), "-w", str(folder / "said.wav")))


def loudness(path):
    """The root of the mean square of a recording's samples, of 32767."""
    with wave.open(str(path)) as sound:
        count = sound.getnframes()
        samples = struct.unpack(f"<{count}h", sound.readframes(count))
    return (sum(s * s for s in samples) / max(1, count)) ** 0.5


@pytest.mark.parametrize("language", sorted(VOICES))
def test_every_language_of_the_interface_sounds(tmp_path, language):
    said = Utterance(GREETINGS[language], language)
    recording(tmp_path).speak(said, 5, threading.Event())
    assert loudness(tmp_path / "said.wav") > 300


def test_a_language_that_it_cannot_read_is_not_offered():
    assert not EspeakEngine().speaks("ja")
    assert all(map(EspeakEngine().speaks, GREETINGS))


def test_louder_is_louder_and_nought_is_silent(tmp_path):
    heard = []
    for volume in (0, 2, 5, 10):
        recording(tmp_path).speak(Utterance("Bonsoir", "fr"), volume, threading.Event())
        heard.append(loudness(tmp_path / "said.wav"))
    assert heard[0] == 0
    assert all(more > 1.3 * less for less, more in pairwise(heard))


def test_a_text_is_no_instruction():
    assert "[[" not in plain("[[[b'o~ZuR]]] \x00 \ud800 x")
    assert plain("l’été [1]") == "l’été [1]"


def test_a_text_is_in_no_list_of_processes(tmp_path):
    """It goes in by standard input: arguments can be read by everybody on the box."""
    spy = tmp_path / "espeak-ng"
    spy.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments; cat > {tmp_path}/text\n')
    spy.chmod(0o700)
    EspeakEngine((str(spy),)).speak(Utterance("Ada Lovelace", "fr"), 5, threading.Event())
    assert (tmp_path / "text").read_text() == "Ada Lovelace"
    assert "Ada" not in (tmp_path / "arguments").read_text()


class Slow:
    """An engine whose every word lasts until it is made quiet, and that tells what it does."""

    name = "slow"

    def __init__(self):
        self.begun, self.log = threading.Semaphore(0), []

    def speaks(self, language):
        return True

    def speak(self, utterance, volume, quiet):
        self.log.append(utterance.text)
        self.begun.release()
        quiet.wait(30)

    def close(self):
        self.log.append("closed")
        self.begun.release()


def test_what_is_said_last_interrupts_at_once():
    engine, ended = Slow(), threading.Semaphore(0)
    voice = Voice(engine)
    voice.say([Utterance("one", "en"), Utterance("never", "en")], 5, ended.release)
    assert engine.begun.acquire(timeout=10)
    voice.say([Utterance("two", "en")], 5, ended.release)
    assert ended.acquire(timeout=10) and engine.begun.acquire(timeout=10)
    voice.hush()
    assert ended.acquire(timeout=10)
    voice.close()
    assert engine.begun.acquire(timeout=10)
    assert engine.log == ["one", "two", "closed"]


def test_a_long_text_can_be_stopped_in_the_middle(tmp_path):
    slow = tmp_path / "espeak-ng"
    slow.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\ncat > /dev/null\nexec sleep 60\n")
    slow.chmod(0o700)
    quiet = threading.Event()
    talking = threading.Thread(
        target=EspeakEngine((str(slow),)).speak, args=(Utterance(LONG, "fr"), 5, quiet)
    )
    talking.start()
    quiet.set()
    talking.join(timeout=10)
    assert not talking.is_alive()


def test_a_voice_that_fails_says_so_once_and_without_the_words(tmp_path, caplog):
    ended = threading.Semaphore(0)
    voice = Voice(EspeakEngine((str(tmp_path / "nothing"),)))
    with caplog.at_level(logging.DEBUG):
        for _ in range(3):
            voice.say([Utterance("Ada Lovelace", "fr")], 5, ended.release)
            assert ended.acquire(timeout=10)
    voice.close()
    assert len(caplog.records) == 1
    assert "Ada" not in caplog.text
    assert "Ada" not in repr(Utterance("Ada Lovelace", "fr"))


# ---- speech-dispatcher -------------------------------------------------------------------------


@pytest.fixture
def server(tmp_path):
    with SpeechdDouble(tmp_path / "speechd.sock") as double:
        yield double


def test_what_parts_the_phrases_of_a_line_is_not_read(server):
    said = threading.Event()
    voice = Voice(SpeechdEngine(server.path))
    voice.say([Utterance("お店に\u200b届きます。", "ja")], 5, said.set)
    assert said.wait(10)
    voice.close()
    assert [s.text for s in server.said] == ["お店に届きます。"]


def test_speech_dispatcher_is_told_language_volume_and_text(server):
    engine = SpeechdEngine(server.path)
    engine.speak(Utterance("Bonsoir.\n.fin", "fr"), 10, threading.Event())
    engine.speak(Utterance("Good night", "en"), 0, threading.Event())
    engine.close()
    assert [(s.language, s.volume, s.text) for s in server.said] == [
        ("fr", 100, "Bonsoir.\n.fin"),
        ("en", -100, "Good night"),
    ]


def test_speech_dispatcher_is_made_quiet(server):
    server.endless = True
    quiet = threading.Event()
    quiet.set()
    engine = SpeechdEngine(server.path)
    engine.speak(Utterance(LONG, "fr"), 5, quiet)
    engine.close()
    assert server.cancelled == 1


def test_a_restarted_speech_dispatcher_is_found_again(server):
    engine = SpeechdEngine(server.path)
    engine.speak(Utterance("un", "fr"), 5, threading.Event())
    server.drop()
    engine.speak(Utterance("deux", "fr"), 5, threading.Event())
    engine.close()
    assert [s.text for s in server.said] == ["un", "deux"]


# ---- which one ---------------------------------------------------------------------------------


def test_the_socket_that_is_there_goes_before_the_program(server, monkeypatch):
    monkeypatch.setenv("SPEECHD_ADDRESS", f"unix_socket:{server.path}")
    voice = open_voice("auto")
    assert voice is not None and voice.name == "speech-dispatcher"
    voice.close()
    voice = open_voice("espeak-ng")
    assert voice is not None and voice.name == "espeak-ng"
    voice.close()


def test_a_box_without_a_voice_says_why(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("SPEECHD_ADDRESS", f"unix_socket:{tmp_path}/none.sock")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert open_voice("auto") is None
    assert "neither speech-dispatcher nor espeak-ng is here" in caplog.text
    assert open_voice("speechd") is None
    assert f"does not listen at {tmp_path}/none.sock" in caplog.text
    caplog.clear()
    assert open_voice("off") is None
    assert not caplog.text


def test_the_voices_are_ones_that_espeak_ng_has():
    listed = subprocess.run(["espeak-ng", "--voices"], capture_output=True, text=True, check=True)
    names = {row.split()[1] for row in listed.stdout.splitlines()[1:]}
    assert set(VOICES.values()) <= names
