"""A touch screen that is unplugged and comes back is read again, under whatever number.

No uinput can be had where these tests run, so a real FIFO stands at the device file's place:
opening, waiting, reading, hanging up and vanishing are the kernel's, as is all code above them;
only the axes' ranges, which a FIFO has no ioctl for, are given. `sys` is a folder laid out as
sysfs is.
"""

import errno
import logging
import os
import shutil
import time
from types import SimpleNamespace

import pytest

from kiosk.window.stage.touch import evdev
from kiosk.window.stage.touch.device import TouchScreen, TouchScreens
from kiosk.window.stage.touch.evdev import DeviceGone, EventDevice, Facts, Slots, read_events

MOST = 4095
FACTS = Facts((0, MOST), (0, MOST))
NAME = "ILITEK ILITEK-TP"
# Bits of ABS_X, ABS_Y and the ABS_MT_* axes, and INPUT_PROP_DIRECT: what such a screen shows.
SCREEN = {"name": NAME, "capabilities/abs": "660800000000003"}
TOUCHPAD = {"name": "SynPS/2 Synaptics TouchPad", "capabilities/abs": "660800011000003"}


class Box:
    """A machine's /sys/class/input and /dev/input, into which a screen is plugged."""

    def __init__(self, folder):
        self.sys, self.dev = folder / "sys", folder / "dev"
        self.sys.mkdir()
        self.dev.mkdir()
        self.screens = TouchScreens(self.sys, self.dev)

    def plug(self, number, shown=SCREEN, properties="2"):
        device = self.sys / f"event{number}" / "device"
        (device / "capabilities").mkdir(parents=True)
        for name, text in (shown | {"properties": properties}).items():
            (device / name).write_text(text + "\n")
        os.mkfifo(self.dev / f"event{number}")

    def open(self, number):
        """The kernel's end of the device, once somebody reads the other."""
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                return os.open(self.dev / f"event{number}", os.O_WRONLY | os.O_NONBLOCK)
            except OSError as error:
                assert error.errno == errno.ENXIO
                time.sleep(0.01)
        raise AssertionError("nobody reads the device")

    def unplug(self, number, end):
        shutil.rmtree(self.sys / f"event{number}")
        (self.dev / f"event{number}").unlink()
        os.close(end)


class Fifo:
    """An input device whose file is a FIFO."""

    def __init__(self, path):
        self._fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def facts(self):
        return FACTS

    def read(self, wait_s):
        return read_events(self._fd, min(wait_s, 0.05))

    def close(self):
        os.close(self._fd)


def events(*told, at=1000.0):
    codes = {
        "slot": evdev.ABS_MT_SLOT,
        "id": evdev.ABS_MT_TRACKING_ID,
        "x": evdev.ABS_MT_POSITION_X,
        "y": evdev.ABS_MT_POSITION_Y,
        "wide": evdev.ABS_MT_TOUCH_MAJOR,
    }
    seconds, micro = int(at), round(at % 1 * 1e6)
    data = b""
    for name, value in told:
        kind, code = (evdev.EV_ABS, codes[name]) if name in codes else (evdev.EV_SYN, value)
        data += evdev.EVENT.pack(seconds, micro, kind, code, value if name in codes else 0)
    return data


REPORT = ("syn", evdev.SYN_REPORT)
DOWN = (("slot", 0), ("id", 7), ("x", 1024), ("y", 1024), ("wide", 200), REPORT)


@pytest.fixture
def box(tmp_path):
    return Box(tmp_path)


@pytest.fixture
def screen(box):
    screen = TouchScreen(box.screens, Fifo, again_s=0.02)
    screen.start()
    yield screen
    screen.stop()
    screen._thread.join(5)


def wait(happened):
    until = time.monotonic() + 10
    while not (found := happened()):
        assert time.monotonic() < until
        time.sleep(0.01)
    return found


# ---- what the bytes mean ------------------------------------------------------------------------


def test_two_fingers_in_their_slots():
    slots = Slots(FACTS)
    (down,) = slots.feed(events(*DOWN))
    assert (down.phase, down.tracking) == ("begin", 7)
    assert (down.x, down.y) == (1024 / MOST, 1 - 1024 / MOST)
    assert down.wide == 200 / MOST
    told = list(slots.feed(events(("slot", 1), ("id", 8), ("x", 10), ("y", 20), REPORT)))
    assert [(f.phase, f.tracking) for f in told] == [("begin", 8)]
    told = list(slots.feed(events(("slot", 0), ("x", 1100), ("slot", 1), ("id", -1), REPORT)))
    assert [(f.phase, f.tracking) for f in told] == [("update", 7), ("end", 8)]
    told = list(slots.feed(events(("slot", 0), ("id", 9), ("x", 5), REPORT)))
    assert [(f.phase, f.tracking) for f in told] == [("end", 7), ("begin", 9)]


def test_what_was_lost_lifts_every_finger():
    slots = Slots(FACTS)
    list(slots.feed(events(*DOWN)))
    told = list(slots.feed(events(("x", 1), ("syn", evdev.SYN_DROPPED), ("x", 2), REPORT)))
    assert [(f.phase, f.tracking) for f in told] == [("end", 7)]
    assert list(slots.feed(events(("x", 3), REPORT))) == [], "until it is put down again"
    told = list(slots.feed(events(("id", 8), ("x", 3), ("y", 3), REPORT)))
    assert [(f.phase, f.tracking) for f in told] == [("begin", 8)]


# ---- which device it is -------------------------------------------------------------------------


def test_a_touchpad_is_no_touch_screen(box):
    box.plug(2, TOUCHPAD, properties="5")
    box.plug(3, {"name": "Mouse", "capabilities/abs": "0"}, properties="0")
    assert box.screens.find() is None
    box.plug(11)
    assert box.screens.find() == (box.dev / "event11", NAME)
    box.plug(4, SCREEN | {"name": "Another"})
    assert box.screens.find()[1] == "Another"
    assert box.screens.find(NAME) == (box.dev / "event11", NAME)


def test_what_is_no_device_of_that_kind_cannot_be_read(tmp_path):
    (tmp_path / "event0").touch()
    device = EventDevice(tmp_path / "event0")
    with pytest.raises(OSError, match="ioctl"):
        device.facts()
    device.close()


def test_a_device_that_hangs_up_is_gone(tmp_path):
    os.mkfifo(tmp_path / "event0")
    device = Fifo(tmp_path / "event0")
    end = os.open(tmp_path / "event0", os.O_WRONLY)
    assert device.read(0.01) == b""
    os.close(end)
    with pytest.raises(DeviceGone):
        device.read(0.01)
    device.close()


# ---- unplugged, and back ------------------------------------------------------------------------


def test_it_comes_back_under_another_number(box, screen, caplog):
    caplog.set_level(logging.INFO, logger="kiosk.window.stage.touch.device")
    box.plug(3)
    end = box.open(3)
    os.write(end, events(*DOWN))
    (finger,) = wait(screen.taken)
    assert finger.phase == "begin"
    assert screen.present
    box.unplug(3, end)
    (finger,) = wait(screen.taken)
    assert finger.phase == "end", "no finger hangs in the air"
    wait(lambda: not screen.present)
    box.plug(7)
    end = box.open(7)
    wait(lambda: screen.present)
    os.write(end, events(*DOWN, at=2000.0))
    (finger,) = wait(screen.taken)
    assert (finger.phase, finger.at) == ("begin", 2000.0)
    told = [r.levelname for r in caplog.records]
    os.close(end)
    assert told[-3:] == ["INFO", "WARNING", "INFO"], "each change is told once"


def test_another_device_under_the_same_number_is_noticed(box, screen):
    box.plug(3)
    end = box.open(3)
    wait(lambda: screen.present)
    (box.dev / "event3").unlink()
    os.mkfifo(box.dev / "event3")
    new = box.open(3)
    os.write(new, events(*DOWN))
    assert wait(screen.taken)
    os.close(new)
    os.close(end)


# ---- on the glass -------------------------------------------------------------------------------


def test_its_fingers_touch_the_window_and_none_stays_when_it_goes(app, stage, box, send):
    from kivy.base import EventLoop

    from kiosk.window.stage.touch.provider import TouchProvider
    from kiosk.window.visit import Screen

    screen = TouchScreen(box.screens, Fifo, again_s=0.02)
    provider = TouchProvider(screen, app.settings.glass_mm[0])
    EventLoop.add_input_provider(provider)
    provider.start()
    seen = []
    note = SimpleNamespace(down=lambda _w, t: seen.append(t))
    stage.window.bind(on_touch_down=note.down)
    try:
        box.plug(3)
        end = box.open(3)
        os.write(end, events(*DOWN, at=time.time()))
        stage.wait_until(lambda: app.root.current_name is Screen.BROWSE, 5)
        assert seen[-1].exact
        assert seen[-1].wide_mm == pytest.approx(200 / MOST * app.settings.glass_mm[0])
        assert seen[-1] in EventLoop.touches
        box.unplug(3, end)
        stage.wait_until(lambda: seen[-1] not in EventLoop.touches, 5)
    finally:
        stage.window.unbind(on_touch_down=note.down)
        EventLoop.remove_input_provider(provider)
        provider.stop()
