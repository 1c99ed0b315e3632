"""One connection over which a phone asks again and again."""

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit


class RefusedError(Exception):
    """Another answer than 200. `status` is its code."""

    def __init__(self, head: bytes) -> None:
        self.status = int(head.split(maxsplit=2)[1])
        super().__init__(f"refused: {head[:80]!r}")


class Connection:
    """To the back office at `url`; `headers` go with each question."""

    def __init__(self, url: str, **headers: str) -> None:
        where = urlsplit(url)
        self._host, self._port = where.hostname or "", where.port or 80
        self._headers = "".join(
            f"{name.replace('_', '-')}: {value}\r\n"
            for name, value in {"Host": self._host, **headers}.items()
        )
        self._writer: asyncio.StreamWriter
        self.reader: asyncio.StreamReader

    async def connect(self) -> None:
        self.reader, self._writer = await asyncio.open_connection(self._host, self._port)

    def ask(self, path: str, body: bytes | None = None) -> None:
        deed = "GET" if body is None else "POST"
        size = "" if body is None else f"Content-Length: {len(body)}\r\n"
        head = f"{deed} {path} HTTP/1.1\r\n{self._headers}{size}\r\n"
        self._writer.write(head.encode() + (body or b""))

    async def answer(self, path: str, body: bytes | None = None) -> Any:
        """What JSON comes back. Raises RefusedError, with the connection at the next answer."""
        self.ask(path, body)
        head = await self.reader.readuntil(b"\r\n\r\n")
        found = await self._body(head)
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise RefusedError(head)
        return json.loads(found)

    async def _body(self, head: bytes) -> bytes:
        fields = dict(
            line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:] if b":" in line
        )
        if b"content-length" in fields:
            return await self.reader.readexactly(int(fields[b"content-length"]))
        body = b""
        while size := int((await self.reader.readline()).strip(), 16):
            body += await self.reader.readexactly(size)
            await self.reader.readline()
        await self.reader.readline()
        return body
