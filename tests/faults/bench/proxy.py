"""A network between window and back office that loses, delays, cuts, repeats and reorders.

It understands as much HTTP as it takes to tell one request from the next; whatever has no length
(the event stream) is passed through as it comes. Everything that it does to a message is counted:
the proof that a fault fired.
"""

import asyncio
import contextlib
import random
import socket
import struct
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

ORDERS = b"POST /api/v1/orders "
LONGEST_HEAD = 64 * 1024
# What can be done to a request for an order or to its answer.
DEEDS = (
    "reset",  # before anything of it is passed on
    "drop_reply",  # the order arrives, its answer does not
    "truncate",  # half of the answer
    "twice",  # the same request two times, the second answer is given
    "replay",  # once more a while later, when nobody waits for it
    "hold",  # until another request has passed it: reordered
    "tarry",  # the answer takes long, and comes in time
    "late",  # the answer comes after its asker has given up
    "garble",  # an answer that is no JSON
    "steal",  # kept here and never passed on
)


@dataclass
class Weather:
    """What happens on the wire. Shares are of a hundred requests for an order."""

    cut: bool = False
    blackhole: bool = False
    latency_s: float = 0.0
    bytes_a_second: int = 0
    shares: dict[str, int] = field(default_factory=dict)
    # For all other questions and answers, too: those that only read.
    reads: bool = False


@dataclass
class _Message:
    head: bytes
    body: bytes

    @property
    def whole(self) -> bytes:
        return self.head + self.body


class Proxy:
    """Listens on a loopback port until the block ends; `weather` may be changed at any time."""

    def __init__(self, port: int, seed: int = 0) -> None:
        self.upstream = port
        self.weather = Weather()
        self.did: Counter[str] = Counter()
        self.stolen: list[tuple[bytes, bytes]] = []
        self._chance = random.Random(seed)
        self._flows: set[asyncio.StreamWriter] = set()
        self._passed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = int(self._socket.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    # ---- the weather ---------------------------------------------------------------------------

    def set(self, weather: Weather) -> None:
        """Another weather from now on; a cut also ends what is open."""
        before, self.weather = self.weather, weather
        if weather.cut or before.blackhole != weather.blackhole:
            self._soon(self._cut())
        if weather.cut:
            self.did["cut"] += 1
        if weather.blackhole:
            self.did["blackhole"] += 1

    def mend(self) -> None:
        self.set(Weather())

    async def _cut(self) -> None:
        for flow in list(self._flows):
            _reset(flow)

    def _soon(self, deed: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(deed, self._loop)

    # ---- the loop ------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, sock=self._socket, limit=4 * 1024 * 1024)
        )
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        self._flows.add(back)
        try:
            if self.weather.cut:
                _reset(back)
                return
            await _Flow(self, near, back).run()
        except asyncio.CancelledError:
            pass  # the block has ended
        except (OSError, EOFError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            self._flows.discard(back)
            back.close()

    def deed(self, request: bytes) -> str:
        """What shall happen to this request, "" for nothing."""
        if not (request.startswith(ORDERS) or self.weather.reads):
            return ""
        dice = self._chance.randrange(100)
        for name, share in self.weather.shares.items():
            if dice < share:
                return name
            dice -= share
        return ""

    async def held(self) -> None:
        """Wait until another request for an order has passed, but not for ever."""
        self._passed = asyncio.Event()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._passed.wait(), 1.0)
            self.did["reordered"] += 1

    def passed(self) -> None:
        self._passed.set()

    def replay(self, request: bytes, after_s: float) -> None:
        async def again() -> None:
            await asyncio.sleep(after_s)
            with contextlib.suppress(OSError, EOFError, asyncio.IncompleteReadError):
                far, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
                writer.write(request)
                await _message(far)
                writer.close()
                self.did["replayed"] += 1

        task = self._loop.create_task(again())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class _Flow:
    """One connection of a window."""

    def __init__(
        self, proxy: Proxy, near: asyncio.StreamReader, back: asyncio.StreamWriter
    ) -> None:
        self._proxy, self._near, self._back = proxy, near, back
        self._far: asyncio.StreamReader | None = None
        self._out: asyncio.StreamWriter | None = None

    async def run(self) -> None:
        try:
            while True:
                request = await _message(self._near)
                await self._blackholed()
                deed = self._proxy.deed(request.head)
                if deed:
                    self._proxy.did[deed] += 1
                if not await self._pass_on(request, deed):
                    return
        finally:
            if self._out is not None:
                self._out.close()
                self._proxy._flows.discard(self._out)

    async def _blackholed(self) -> None:
        while self._proxy.weather.blackhole:
            await asyncio.sleep(0.05)

    async def _pass_on(self, request: _Message, deed: str) -> bool:
        """Whether the connection goes on."""
        if deed == "steal":
            self._proxy.stolen.append((request.head, request.body))
        if deed in ("reset", "steal"):
            _reset(self._back)
            return False
        if deed == "hold":
            await self._proxy.held()
        if self._proxy.weather.latency_s:
            self._proxy.did["latency"] += 1
            await asyncio.sleep(self._proxy.weather.latency_s)
        reply = await self._asked(request)
        if reply is None:  # no length: whatever comes is passed through
            return await self._through()
        if request.head.startswith(ORDERS) and deed != "hold":
            self._proxy.passed()
        return await _DEEDS.get(deed, _give)(self, request, reply)

    async def _asked(self, request: _Message) -> _Message | None:
        if self._out is None:
            port = self._proxy.upstream
            self._far, self._out = await asyncio.open_connection("127.0.0.1", port)
            self._proxy._flows.add(self._out)
        assert self._far is not None
        self._out.write(request.whole)
        await self._out.drain()
        head = await self._far.readuntil(b"\r\n\r\n")
        length = _length(head)
        if length is None:
            self._back.write(head)
            return None
        return _Message(head, await self._far.readexactly(length))

    async def _through(self) -> bool:
        assert self._far is not None
        while data := await self._far.read(65536):
            await self._blackholed()
            self._back.write(data)
            await self._back.drain()
        return False

    async def give(self, data: bytes) -> bool:
        pace = self._proxy.weather.bytes_a_second
        if not pace:
            self._back.write(data)
            await self._back.drain()
            return True
        self._proxy.did["slow"] += 1
        step = max(1, pace // 20)
        for at in range(0, len(data), step):
            self._back.write(data[at : at + step])
            await self._back.drain()
            await asyncio.sleep(step / pace)
        return True

    async def ask_again(self, request: _Message) -> _Message | None:
        return await self._asked(request)

    def replay(self, request: _Message) -> None:
        self._proxy.replay(request.whole, self._proxy._chance.uniform(0.05, 2.0))

    def end(self) -> bool:
        _reset(self._back)
        return False


async def _give(flow: _Flow, request: _Message, reply: _Message) -> bool:
    return await flow.give(reply.whole)


async def _drop(flow: _Flow, request: _Message, reply: _Message) -> bool:
    return flow.end()


async def _truncate(flow: _Flow, request: _Message, reply: _Message) -> bool:
    await flow.give(reply.whole[: len(reply.head) + len(reply.body) // 2])
    return False


async def _twice(flow: _Flow, request: _Message, reply: _Message) -> bool:
    second = await flow.ask_again(request)
    return await flow.give((second or reply).whole)


async def _replay(flow: _Flow, request: _Message, reply: _Message) -> bool:
    flow.replay(request)
    return await flow.give(reply.whole)


async def _late(flow: _Flow, request: _Message, reply: _Message) -> bool:
    await asyncio.sleep(3.0)
    return await flow.give(reply.whole)


async def _tarry(flow: _Flow, request: _Message, reply: _Message) -> bool:
    await asyncio.sleep(1.7)
    return await flow.give(reply.whole)


async def _garble(flow: _Flow, request: _Message, reply: _Message) -> bool:
    return await flow.give(reply.head + b"<" * len(reply.body))


_Deed = Callable[[_Flow, _Message, _Message], Awaitable[bool]]
_DEEDS: dict[str, _Deed] = {
    "drop_reply": _drop,
    "truncate": _truncate,
    "twice": _twice,
    "replay": _replay,
    "late": _late,
    "tarry": _tarry,
    "garble": _garble,
}


async def _message(reader: asyncio.StreamReader) -> _Message:
    head = await reader.readuntil(b"\r\n\r\n")
    return _Message(head, await reader.readexactly(_length(head) or 0))


def _length(head: bytes) -> int | None:
    """The body's length, 0 where there can be none, None where it is not said."""
    lines = head.split(b"\r\n")
    if lines[0].startswith(b"HTTP/") and lines[0].split()[1] in (b"204", b"304"):
        return 0
    for line in lines[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return None


def _reset(flow: asyncio.StreamWriter) -> None:
    """End a connection as a broken line does, not as a farewell."""
    raw = flow.get_extra_info("socket")
    if raw is not None:
        with contextlib.suppress(OSError):
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport = flow.transport
    transport.abort()
