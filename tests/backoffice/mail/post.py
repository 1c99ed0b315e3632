"""A real SMTP server on loopback, in a thread of its own, that can be told to misbehave."""

import asyncio
import email
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Answer = Callable[[], str]


@dataclass
class Post:
    """What came, and what is answered: "" to take it, "drop" to hang up, else a line of SMTP."""

    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    to_recipient: list[str] = field(default_factory=list)
    to_text: list[str] = field(default_factory=list)
    port: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        said = self._next(self.to_recipient)
        if said:
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        said = self._next(self.to_text)
        content = envelope.content
        assert isinstance(content, bytes)
        if said in ("", "drop"):
            with self._lock:
                parsed = email.message_from_bytes(content, policy=default)
                assert isinstance(parsed, EmailMessage)
                self.mails.append(parsed)
                self.recipients += envelope.rcpt_tos
        if said == "drop":
            assert server.transport
            server.transport.abort()
            await asyncio.sleep(0)
        return said if said not in ("", "drop") else "250 taken"

    def _next(self, answers: list[str]) -> str:
        with self._lock:
            if not answers:
                return ""
            # The last one stays.
            return answers.pop(0) if len(answers) > 1 else answers[0]

    def plain(self, number: int = -1) -> str:
        part = self.mails[number].get_body(("plain",))
        assert part is not None
        return str(part.get_content())


class Office(Controller):
    """On any free port."""

    def _trigger_server(self) -> None:
        assert self.server
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def opened(post: Post, **options: Any) -> Office:
    """Running until `stop`; `post.port` says where."""
    office = Office(post, hostname="127.0.0.1", port=0, **{"enable_SMTPUTF8": True, **options})
    office.start()
    post.port = office.port
    return office
