"""Windows that listen: many event streams, held by a process of their own.

    python -m benchmarks.orders.streams URL < TOKENS

Reads one token a line until an empty one, says "ready" when every stream has had its first event,
listens until standard input ends, and prints what came as a JSON list with one list of
[monotonic seconds, kind, ref] for each stream.
"""

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

from benchmarks.orders.office import BenchError, Office

_AT_ONCE = 20  # connections being made

Arrival = tuple[float, str, str]


class Streams:
    """The open streams. `heard` is filled when they have ended."""

    def __init__(self) -> None:
        self.heard: list[list[Arrival]] = []


@contextlib.contextmanager
def listening(office: Office, windows: int) -> Iterator[Streams]:
    """That many of the office's windows listen until the block ends. Raises BenchError."""
    found = Streams()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.orders.streams", office.url],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin and process.stdout  # noqa: S101 (opened as pipes above)
    try:
        process.stdin.write("\n".join(office.tokens[:windows]) + "\n\n")
        process.stdin.flush()
        if process.stdout.readline().strip() != "ready":
            raise BenchError(f"not all of {windows} streams could be opened")
        yield found
        told, _ = process.communicate(timeout=60)
        found.heard = [[(at, kind, ref) for at, kind, ref in one] for one in json.loads(told)]
    finally:
        process.kill()
        process.wait()


async def _listen(url: str, tokens: list[str]) -> list[list[Arrival]]:
    loop = asyncio.get_running_loop()
    where = urlsplit(url)
    heard: list[list[Arrival]] = [[] for _ in tokens]
    gate = asyncio.Semaphore(_AT_ONCE)

    async def follow(number: int, first: "asyncio.Future[None]") -> None:
        async with gate:
            reader, writer = await asyncio.open_connection(where.hostname, where.port)
            writer.write(
                f"GET /api/v1/events HTTP/1.1\r\nHost: {where.netloc}\r\n"
                f"Authorization: Bearer {tokens[number]}\r\nKiosk-Contract: 1\r\n\r\n".encode()
            )
            status = await reader.readline()
            if b" 200 " not in status:
                raise BenchError(f"a stream was refused: {status!r}")
            while not (line := await reader.readline()).startswith(b"data: "):
                if not line:
                    raise BenchError("a stream ended")
            first.set_result(None)
        while line := await reader.readline():
            if line.startswith(b"data: "):
                event = json.loads(line[6:])
                heard[number].append((loop.time(), event["kind"], event["ref"]))

    first = [loop.create_future() for _ in tokens]
    tasks = [asyncio.create_task(follow(n, told)) for n, told in enumerate(first)]
    done, _ = await asyncio.wait(
        [asyncio.gather(*first), *tasks], return_when=asyncio.FIRST_COMPLETED
    )
    for one in done:
        one.result()
    print("ready", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    for task in tasks:
        task.cancel()
    return heard


if __name__ == "__main__":
    given = []
    while token := sys.stdin.readline().strip():
        given.append(token)
    json.dump(asyncio.run(_listen(sys.argv[1], given)), sys.stdout)
