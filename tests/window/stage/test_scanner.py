"""The window's own camera: real motion JPEG, real files, and codes that are hard to read."""

import logging
import threading
import time
from queue import Empty, Queue

import numpy as np
import pytest
from before_camera import camera, code, film, moving, street
from slow_threads import slow_start

from kiosk.window.camera import check_camera
from kiosk.window.stage import scanner
from kiosk.window.stage.scanner import Scanner, frames
from kiosk.window.stage.scanner.reading import MAX_CODE, read
from kiosk.window.stage.starter import get_ready, start_thread
from kiosk.window.visit.scan import CodeRead, Saw, Sight

OURS = "VITRINE:ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HELD = code(OURS)


class Visitor:
    """Stands in for the UI thread: what is told comes here."""

    def __init__(self, address):
        self._queue, self.told = Queue(), []
        self.scanner = Scanner(address, self._queue.put, self.told.append)
        self.scanner.open()

    def until(self, wanted, seconds=10.0):
        end = time.monotonic() + seconds
        while wanted not in self.told:
            assert time.monotonic() < end, f"no {wanted}: {self.told}"
            self.look(0.1)
        return self.told

    def look(self, seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                self._queue.get(timeout=left)()
            except Empty:
                return


@pytest.fixture
def visitor():
    came = []

    def come(address):
        came.append(Visitor(address))
        return came[-1]

    yield come
    for each in came:
        each.scanner.close()
    gone()


def gone():
    """Wait until no thread looks any more."""
    end = time.monotonic() + 12
    while any(t.name == "scanner" for t in threading.enumerate()):
        assert time.monotonic() < end, "a thread still looks"
        time.sleep(0.02)


def test_a_phone_that_moves_is_read_and_the_camera_is_let_go(visitor):
    with camera(moving(HELD)) as eye:
        who = visitor(eye.address)
        who.until(CodeRead(OURS))
        assert eye.watched == 1
        began = time.monotonic()
        who.scanner.close()
        assert time.monotonic() - began < 0.05  # the UI thread waits for nothing
        told = list(who.told)
        gone()
        end = time.monotonic() + 5
        while eye.watched and time.monotonic() < end:
            time.sleep(0.02)
        assert not eye.watched
        who.look(0.2)
        assert who.told == told  # and hears nothing more
        assert who.told.count(CodeRead(OURS)) == 1  # a code that is held is told once


def test_whoever_opens_it_does_not_wait_for_a_thread_to_run(visitor, tmp_path, monkeypatch):
    path = film(tmp_path / "held.mkv", lambda n: street(HELD, seed=n), codec="mjpeg")
    get_ready()
    runs = slow_start(monkeypatch)
    who = visitor(str(path))
    assert not who.told
    runs.set()
    who.until(CodeRead(OURS))


def test_who_closed_it_before_it_ran_opens_no_camera(visitor, monkeypatch):
    opened = threading.Event()
    monkeypatch.setattr(frames.av, "open", lambda *_, **__: opened.set())
    runs, after = slow_start(monkeypatch), threading.Event()
    who = visitor("http://127.0.0.1:9/")
    who.scanner.close()
    runs.set()
    start_thread("after", after.set)
    assert after.wait(10)
    gone()
    who.look(0.1)
    assert not who.told and not opened.is_set()


@pytest.mark.parametrize("codec", ["mpeg4", "mjpeg", "libx264"])
def test_a_video_file_is_played_at_its_pace_and_again(visitor, tmp_path, codec):
    path = film(
        tmp_path / "trial.mkv", lambda n: street(HELD if n > 6 else None, seed=n), codec=codec
    )
    began = time.monotonic()
    who = visitor(str(path))
    who.until(CodeRead(OURS))
    assert time.monotonic() - began > 0.5
    assert who.told[0] == Saw(Sight.SEES)


@pytest.mark.parametrize(
    "how",
    [
        {"turned": 37},
        {"turned": 90, "blur": 1.5},
        {"turned": 180},
        {"blur": 2.5},
        {"light": 0.2},
        {"noise": 40},
        {"light": 0.35, "blur": 1, "turned": 12},
    ],
    ids=str,
)
def test_a_code_is_read_turned_blurred_and_in_the_dark(how):
    assert read(np.asarray(street(HELD, **how)))[0] == OURS


@pytest.mark.parametrize("module_px", [2, 3, 8])
def test_a_code_is_read_from_afar_and_from_near(module_px):
    assert read(np.asarray(street(code(OURS, module_px))))[0] == OURS
    inverted = code(OURS, module_px).point(lambda level: 255 - level)
    assert read(np.asarray(street(inverted)))[0] == OURS


def test_what_cannot_be_read_is_told_from_nothing_and_from_the_dark():
    torn = HELD.copy()
    torn.paste(128, (70, 70, 110, 110))
    torn.paste(0, (60, 110, 100, 130))
    assert read(np.asarray(street(torn))) == (None, True, False)
    assert read(np.asarray(street())) == (None, False, False)
    for covered in (0, 30, 250):
        assert read(np.full((480, 640), covered, np.uint8)) == (None, False, True)


def test_what_is_none_of_ours_is_a_code_all_the_same():
    page = "https://shop.example/o/some-token"
    assert read(np.asarray(street(code(page, 4))))[0] == page
    huge = code("7" * 2000, 3)
    assert read(np.asarray(street(huge, size=(huge.width + 40, huge.height + 40))))[0] == ""
    assert read(np.asarray(street(code(b"\xff\xfe\x00VITRINE", 5))))[0] == ""
    assert read(np.asarray(street(code("VITRINE:ÉÉ", 5))))[0] == ""
    assert len(OURS) < MAX_CODE


def test_of_several_codes_ours_wins():
    wall = street(size=(960, 540))
    for at in ((20, 20), (700, 20), (20, 300)):
        wall.paste(code("https://elsewhere.example", 4), at)
    wall.paste(code(OURS, 4), (700, 300))
    assert read(np.asarray(wall))[0] == OURS


def test_a_flood_of_codes_is_told_one_by_one_and_no_faster_than_it_looks(visitor):
    with camera(lambda n: street(code(f"code {n}"), seed=n)) as eye:
        who = visitor(eye.address)
        who.look(4)
        read_out = [told for told in who.told if isinstance(told, CodeRead)]
        assert 3 <= len(read_out) <= 4 / frames.EVERY_S


def test_a_covered_lens_is_said_and_taken_back(visitor):
    covered = threading.Event()
    covered.set()
    with camera(lambda n: street(seed=n, light=0.1 if covered.is_set() else 1.0)) as eye:
        who = visitor(eye.address)
        who.until(Saw(Sight.DARK))
        covered.clear()
        before = len(who.told)
        end = time.monotonic() + 5
        while Saw(Sight.SEES) not in who.told[before:]:
            assert time.monotonic() < end
            who.look(0.1)


def test_a_code_that_cannot_be_read_is_said(visitor):
    torn = HELD.copy()
    torn.paste(128, (70, 70, 110, 110))
    torn.paste(0, (60, 110, 100, 130))
    with camera(lambda n: street(torn, seed=n)) as eye:
        who = visitor(eye.address)
        who.until(Saw(Sight.NEARLY))
        assert not [told for told in who.told if isinstance(told, CodeRead)]


def test_a_camera_that_is_not_there_is_said(visitor, caplog):
    caplog.set_level(logging.INFO)
    with camera(moving(HELD)) as eye:
        address = eye.address.replace("http://", "http://porter:hidden-word@")
    who = visitor(address)
    who.until(Saw(Sight.AWAY))
    assert who.told == [Saw(Sight.AWAY)]
    gone()
    told = caplog.text
    assert "the window's camera" in told and "hidden-word" not in told and "127.0.0.1" not in told


def test_a_camera_that_dies_or_falls_silent_is_said(visitor, monkeypatch):
    monkeypatch.setattr(frames, "SILENT_S", 1.0)
    for ends in ({"frames": 8}, {"silent_after": 8}):
        with camera(lambda n: street(seed=n)) as eye:
            eye.frames, eye.silent_after = ends.get("frames"), ends.get("silent_after")
            who = visitor(eye.address)
            who.until(Saw(Sight.AWAY))
            assert who.told == [Saw(Sight.SEES), Saw(Sight.AWAY)]
            gone()


def test_what_is_no_video_is_a_camera_that_is_away(visitor, tmp_path):
    (tmp_path / "notes.txt").write_text("no video at all")
    (tmp_path / "list.m3u8").write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n")
    (tmp_path / "list.ffconcat").write_text("ffconcat version 1.0\nfile /etc/hostname\n")
    for path in tmp_path.iterdir():
        assert visitor(str(path)).until(Saw(Sight.AWAY)) == [Saw(Sight.AWAY)]


def test_it_looks_no_longer_than_is_promised(visitor, monkeypatch):
    monkeypatch.setattr(scanner, "LONGEST_S", 0.6)
    with camera(lambda n: street(seed=n)) as eye:
        who = visitor(eye.address)
        who.until(Saw(Sight.TIME))
        gone()
        assert who.told[-1] == Saw(Sight.TIME)


def test_pictures_are_small_grey_and_few(tmp_path):
    stop = threading.Event()
    with camera(lambda n: street(HELD, seed=n, size=(1600, 900))) as eye:
        seen, began = [], time.monotonic()
        for picture in frames.pictures(eye.address, stop):
            seen.append(picture.shape)
            if len(seen) == 5:
                stop.set()
        assert seen == [(540, 960)] * 5
        assert time.monotonic() - began > 4 * frames.EVERY_S


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8080/stream",
        "http://localhost:8080/?action=stream",
        "rtsp://user:word@192.168.1.20/live",
        "rtsp://[fd00::20]:554/live",
        __file__,
    ],
)
def test_a_camera_beside_the_window_may_be_named(address):
    check_camera(address)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("rtsp://user:word@camera.example/live", "IP address"),
        ("http://8.8.8.8/stream", "IP address"),
        ("http://0.0.0.0/stream", "IP address"),
        ("https://127.0.0.1/stream", "rtsp://"),
        ("file:///etc/passwd", "rtsp://"),
        ("rtsp:///live", "rtsp://"),
        ("http://127.0.0.1:99999/", "rtsp://"),
        ("/dev/video0", "ustreamer"),
        ("concat:a|b", "neither"),
        ("/nowhere/trial.mp4", "neither"),
    ],
)
def test_any_other_address_is_refused_with_what_to_do(address, says):
    with pytest.raises(ValueError, match=says) as refused:
        check_camera(address)
    assert "word" not in str(refused.value) and address not in str(refused.value)
