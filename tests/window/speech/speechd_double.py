"""A speech-dispatcher that has no sound card: it hears SSIP and answers as 0.11 does."""

import socket
import threading
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Said:
    language: str
    volume: int
    text: str


class SpeechdDouble:
    """`said` is what it was told to say; `endless` lets nothing come to its end by itself."""

    def __init__(self, path: Path) -> None:
        self.path, self.said, self.cancelled, self.endless = path, [], 0, False
        self._server = socket.socket(socket.AF_UNIX)
        self._clients: list[socket.socket] = []

    def __enter__(self) -> "SpeechdDouble":
        self._server.bind(str(self.path))
        self._server.listen()
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()
        self._server.close()

    def drop(self) -> None:
        """Close every connection, as a restart does."""
        for client in self._clients:
            client.shutdown(socket.SHUT_RDWR)
            client.close()
        self._clients.clear()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            self._clients.append(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        language, volume, number = "", 0, 20
        try:
            lines = client.makefile("r", encoding="utf-8", newline="\r\n")
            for line in lines:
                words = line.rstrip("\r\n").split(" ")
                match words:
                    case ["SET", "SELF", "LANGUAGE", language]:
                        client.sendall(b"201 OK LANGUAGE SET\r\n")
                    case ["SET", "SELF", "VOLUME", level]:
                        volume = int(level)
                        client.sendall(b"218 OK VOLUME SET\r\n")
                    case ["SPEAK"]:
                        client.sendall(b"230 OK RECEIVING DATA\r\n")
                        number += 1
                        self.said.append(Said(language, volume, self._text(lines)))
                        client.sendall(b"225-%d\r\n225 OK MESSAGE QUEUED\r\n" % number)
                        if not self.endless:
                            client.sendall(b"702-%d\r\n702-1\r\n702 END\r\n" % number)
                    case ["CANCEL", "SELF"]:
                        self.cancelled += 1
                        client.sendall(b"210 OK CANCELED\r\n703-%d\r\n703-1\r\n" % number)
                        client.sendall(b"703 CANCELED\r\n")
                    case ["SET", "SELF", ("CLIENT_NAME" | "NOTIFICATION"), *_]:
                        client.sendall(b"208 OK\r\n")
                    case _:
                        client.sendall(b"500 ERR INVALID COMMAND\r\n")
        except OSError:
            return

    @staticmethod
    def _text(lines) -> str:
        rows = []
        for line in lines:
            row = line.rstrip("\r\n")
            if row == ".":
                break
            rows.append(row[1:] if row.startswith(".") else row)
        return "\n".join(rows)
