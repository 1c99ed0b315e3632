"""Reads the kernel's touch events: the multi-touch protocol's slots (type B). No Kivy.

https://docs.kernel.org/input/multi-touch-protocol.html and linux/input-event-codes.h
"""

import errno
import fcntl
import os
import select
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

EV_SYN, EV_ABS = 0x00, 0x03
SYN_REPORT, SYN_DROPPED = 0x00, 0x03
ABS_MT_SLOT, ABS_MT_TOUCH_MAJOR = 0x2F, 0x30
ABS_MT_POSITION_X, ABS_MT_POSITION_Y, ABS_MT_TRACKING_ID = 0x35, 0x36, 0x39

EVENT = struct.Struct("llHHi")  # struct input_event: seconds, microseconds, type, code, value
ABSINFO = struct.Struct("6i")  # struct input_absinfo: value, minimum, maximum, …
BUFFER = EVENT.size * 256
# What a device that has been unplugged answers.
GONE = frozenset({errno.ENODEV, errno.EIO, errno.EBADF, errno.ENXIO})


class DeviceGone(OSError):
    """The device was unplugged, or its driver let it fall."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The least and greatest x and y that a device reports, and the slot it speaks of now."""

    x: tuple[int, int]
    y: tuple[int, int]
    slot: int = 0


class Device(Protocol):
    """An open input device: what is asked of it."""

    def facts(self) -> Facts:
        """Raises DeviceGone."""

    def read(self, wait_s: float) -> bytes:
        """Whole events, b"" where none came in time. Raises DeviceGone."""

    def close(self) -> None: ...


class EventDevice:
    """`/dev/input/event*`. Raises OSError where it cannot be opened."""

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)

    def facts(self) -> Facts:
        x, y = (self._axis(axis)[1:3] for axis in (ABS_MT_POSITION_X, ABS_MT_POSITION_Y))
        return Facts((x[0], x[1]), (y[0], y[1]), self._axis(ABS_MT_SLOT)[0])

    def _axis(self, axis: int) -> tuple[int, ...]:
        answer = bytearray(ABSINFO.size)
        # EVIOCGABS(axis): _IOR('E', 0x40 + axis, struct input_absinfo)
        request = (2 << 30) | (ABSINFO.size << 16) | (ord("E") << 8) | (0x40 + axis)
        try:
            fcntl.ioctl(self._fd, request, answer)
        except OSError as error:
            raise _gone(error) from error
        return ABSINFO.unpack(answer)

    def read(self, wait_s: float) -> bytes:
        return read_events(self._fd, wait_s)

    def close(self) -> None:
        os.close(self._fd)


def read_events(fd: int, wait_s: float) -> bytes:
    """Wait for events on an open file. Raises DeviceGone."""
    waiting = select.poll()
    waiting.register(fd, select.POLLIN)
    told = waiting.poll(wait_s * 1000)
    if not told:
        return b""
    try:
        read = os.read(fd, BUFFER)
    except BlockingIOError:
        read = b""
    except OSError as error:
        raise _gone(error) from error
    if not read and told[0][1] & (select.POLLHUP | select.POLLERR | select.POLLNVAL):
        raise DeviceGone(errno.ENODEV, "hung up")
    return read


def _gone(error: OSError) -> OSError:
    return DeviceGone(error.errno, "gone") if error.errno in GONE else error


@dataclass(frozen=True, slots=True)
class Finger:
    """A contact as the device tells it: `x` and `y` are shares of the glass from its lower left
    corner, `wide` is a share of its width (0 where it is not told), `at` the kernel's seconds.
    """

    phase: str
    tracking: int
    x: float
    y: float
    wide: float
    at: float


@dataclass(slots=True)
class _Slot:
    tracking: int = -1
    x: int = 0
    y: int = 0
    major: int = 0
    begun: bool = False
    changed: bool = False
    ended: list[int] = field(default_factory=list)


class Slots:
    """Turns a device's bytes into fingers.

    After SYN_DROPPED events are missing: all fingers end, and those still down are passed over
    until they are put down again.
    """

    def __init__(self, facts: Facts) -> None:
        self._x, self._y = facts.x, facts.y
        self._slots: dict[int, _Slot] = {}
        self._slot = facts.slot
        self._dropped = False
        self._told: dict[int, Finger] = {}

    def feed(self, data: bytes) -> Iterator[Finger]:
        for seconds, micro, kind, code, value in EVENT.iter_unpack(data):
            if kind == EV_ABS and not self._dropped:
                self._position(code, value)
            elif kind == EV_SYN and code == SYN_DROPPED:
                self._dropped = True
                yield from self.lift(seconds + micro / 1e6)
            elif kind == EV_SYN and code == SYN_REPORT:
                if not self._dropped:
                    yield from self._report(seconds + micro / 1e6)
                self._dropped = False

    def lift(self, at: float) -> Iterator[Finger]:
        """All fingers end now: the device is gone, or has lost count."""
        self._slots.clear()
        for tracking in list(self._told):
            yield replace(self._told.pop(tracking), phase="end", at=at)

    def _position(self, code: int, value: int) -> None:
        if code == ABS_MT_SLOT:
            self._slot = value
            return
        slot = self._slots.setdefault(self._slot, _Slot())
        if code == ABS_MT_TRACKING_ID:
            if slot.tracking != -1 and value != slot.tracking:
                slot.ended.append(slot.tracking)
            slot.tracking, slot.begun = value, False
        elif code == ABS_MT_POSITION_X:
            slot.x = value
        elif code == ABS_MT_POSITION_Y:
            slot.y = value
        elif code == ABS_MT_TOUCH_MAJOR:
            slot.major = value
        slot.changed = True

    def _report(self, at: float) -> Iterator[Finger]:
        for slot in self._slots.values():
            for tracking in slot.ended:
                if tracking in self._told:
                    yield replace(self._told.pop(tracking), phase="end", at=at)
            slot.ended.clear()
            if slot.changed and slot.tracking != -1:
                phase = "update" if slot.begun else "begin"
                slot.begun = True
                finger = self._finger(phase, slot, at)
                self._told[slot.tracking] = finger
                yield finger
            slot.changed = False

    def _finger(self, phase: str, slot: _Slot, at: float) -> Finger:
        (left, right), (top, bottom) = self._x, self._y
        across, down = max(1, right - left), max(1, bottom - top)
        return Finger(
            phase,
            slot.tracking,
            (slot.x - left) / across,
            1 - (slot.y - top) / down,
            slot.major / across,
            at,
        )
