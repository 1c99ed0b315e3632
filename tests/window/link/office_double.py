"""A small back office of its own, over plain sockets, that can misbehave on demand.

It shares the contract's messages with the link and nothing else.
"""

import http.server
import json
import os
import socket
import struct
import threading
import time
import uuid
from collections import Counter, defaultdict
from urllib.parse import parse_qs, urlsplit

from kiosk.contract import (
    CONTRACT,
    CatalogueChanges,
    Event,
    OrderRequest,
    OrderView,
    PassingNow,
    WindowHere,
)

API = "/api/v1"


class Office:
    """`fault(path, kind, times)` bends the next answers of a path; kinds are in `Handler`."""

    def __init__(self):
        self.epoch = "e1"
        self.profile = None
        self.etag = "1"
        self.products = []
        self.deleted = []
        self.page = 100
        self.pictures = {}
        self.maps = {}
        self.photos = {}
        self.orders = {}
        self.effects = Counter()
        self.attempts = []
        self.views = {}
        self.rides = []  # what passers-by may be told of; None: an office that knows no such thing
        self.events = []
        self.heartbeat_s = 0.2
        self.hang_s = 5.0
        self.asked = Counter()
        self.last_ids = []
        self.streams = 0
        self.contract = str(CONTRACT)
        self.here = []
        self.poison = ""
        self.last_number = 0
        self.changed = threading.Condition()
        self._faults = defaultdict(list)
        self._server = None
        self._sockets = set()
        self.port = 0
        self.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self._server = Server(("127.0.0.1", self.port), self)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self):
        """Go away: nothing listens, every connection is reset."""
        server, self._server = self._server, None
        if server:
            server.shutdown()
            server.server_close()
            for sock in list(self._sockets):
                reset(sock)
            with self.changed:
                self.changed.notify_all()

    def fault(self, path, kind, times=1):
        self._faults[path] += [kind] * times

    def heal(self):
        self._faults.clear()

    def next_fault(self, path):
        for prefix, kinds in self._faults.items():
            if path.startswith(prefix) and kinds:
                return kinds.pop(0)
        return ""

    def emit(self, kind, seq=None, **more):
        with self.changed:
            seq = len(self.events) + 1 if seq is None else seq
            self.events.append(Event(id=f"{self.epoch}-{seq}", kind=kind, **more))
            self.changed.notify_all()

    def order_for(self, body, key):
        """One order for one key and one intent, counted by what it would cause."""
        asked = OrderRequest.model_validate_json(body)
        with self.changed:
            self.attempts.append(key)
            if key not in self.orders:
                self.effects[str(asked.intent_id)] += 1
                self.orders[key] = {
                    "intent_id": str(asked.intent_id),
                    "number": f"A-{len(self.orders) + 1}",
                    "status": "accepted",
                    "pickup_code": "7H3K",
                    "token": uuid.uuid4().hex,
                    "page_url": "https://shop.example/o/x",
                    "total": asked.seen_total.model_dump(),
                }
            return self.orders[key]

    def changes_after(self, cursor, limit):
        seq = cursor.rpartition("-")[2] if cursor.startswith(self.epoch + "-") else ""
        start = int(seq) if seq else 0
        limit = min(limit, self.page)
        part = self.products[start : start + limit]
        end = start + len(part)
        return CatalogueChanges(
            epoch=self.epoch,
            cursor=f"{self.epoch}-{end}",
            reset=not seq,
            more=end < len(self.products),
            upserts=part,
            deletions=self.deleted if end == len(self.products) else [],
        )


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address, office):
        self.office = office
        super().__init__(address, Handler)

    def handle_error(self, *_):
        pass


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.office = self.server.office
        self.office._sockets.add(self.connection)

    def finish(self):
        self.office._sockets.discard(self.connection)
        super().finish()

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.respond(b"")

    def do_POST(self):
        self.respond(self.rfile.read(int(self.headers["Content-Length"])))

    def respond(self, body):
        office, parts = self.office, urlsplit(self.path)
        path = parts.path.removeprefix(API)
        office.asked[path] += 1
        fault = office.next_fault(path)
        if fault == "hang":
            time.sleep(office.hang_s)
            self.close_connection = True
            return
        if fault.isdigit():
            self.problem(int(fault))
            return
        if fault == "reset before":
            self.reset()
            return
        if fault == "redirect":
            self.answer(302, b"", headers={"Location": "http://127.0.0.1:1/"})
            return
        if fault == "portal":
            self.answer(200, b"<html>Welcome to the Wi-Fi</html>", contract=None)
            return
        self.route(path, parse_qs(parts.query, keep_blank_values=True), body, fault)

    def route(self, path, query, body, fault):
        office = self.office
        match path.strip("/").split("/"):
            case ["hello"]:
                self.json(
                    {
                        "contracts": [1],
                        "epoch": office.epoch,
                        "server_time": "2026-01-01T00:00:00Z",
                        "software": "double",
                    },
                    fault,
                )
            case ["profile"]:
                tag = f'"{office.etag}"'
                if self.headers.get("If-None-Match") == tag:
                    self.answer(304, b"")
                elif office.profile is None:
                    self.problem(503)
                else:
                    self.json(office.profile.model_dump_json(), fault, {"ETag": tag})
            case ["catalogue", "changes"]:
                page = office.changes_after(query["cursor"][0], int(query["limit"][0]))
                self.json(page.model_dump_json(), fault)
            case ["pictures", sha] if sha in office.pictures:
                self.answer(200, office.pictures[sha], fault, kind="image/png")
            case ["courier-photos", signed] if signed in office.photos:
                self.answer(200, office.photos[signed], fault, kind="image/jpeg")
            case ["maps", sha] if sha in office.maps:
                self.answer(200, office.maps[sha], fault)
            case ["windows", "here"]:
                office.here.append(WindowHere.model_validate_json(body))
                self.json({"last_number": office.last_number}, fault)
            case ["orders"] if office.poison and office.poison.encode() in body:
                self.problem(500)
            case ["orders"]:
                receipt = office.order_for(body, self.headers["Idempotency-Key"])
                if fault == "drop":
                    self.reset()
                else:
                    self.json(receipt, fault)
            case ["orders", token] if token in office.views:
                self.json(office.views[token].model_dump_json(), fault)
            case ["passing"] if office.rides is not None:
                self.json(PassingNow(rides=office.rides).model_dump_json(), fault)
            case ["quotes"]:
                zero = {"minor": 0, "currency": "EUR"}
                self.json({"lines": [], "subtotal": zero, "fee": zero, "total": zero}, fault)
            case ["events"]:
                self.stream(fault)
            case ["events", "poll"]:
                self.poll(query)
            case _:
                self.problem(404)

    def json(self, answer, fault="", headers=None):
        text = answer if isinstance(answer, str) else json.dumps(answer)
        self.answer(200, text.encode(), fault, headers)

    def answer(self, status, body, fault="", headers=None, kind="application/json", contract=""):
        if fault == "truncate json":
            body = body[: len(body) // 2]
        if fault == "garble":
            body = b"x" * len(body)
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if contract is not None:
            self.send_header("Kiosk-Contract", contract or self.office.contract)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if fault in ("reset", "truncate"):
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            time.sleep(0.02)
            self.close_connection = True
            if fault == "reset":
                self.reset()
            return
        self.wfile.write(body)

    def problem(self, status):
        codes = {401: "unauthorized", 404: "not_found", 422: "invalid", 429: "too_many"}
        body = {"title": "no", "status": status, "code": codes.get(status, "internal")}
        self.answer(status, json.dumps(body).encode(), kind="application/problem+json")

    def reset(self):
        self.close_connection = True
        reset(self.connection)

    def stream(self, fault):
        office = self.office
        office.streams += 1
        last = self.headers.get("Last-Event-ID", "")
        office.last_ids.append(last)
        self.close_connection = True
        self.send_response(200)
        self.send_header("Kiosk-Contract", office.contract)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if fault == "silence":
            time.sleep(5)
            return
        if fault == "endless line":
            while True:
                self.wfile.write(b"x" * 65536)
        self.wfile.write(b"retry: 10\r\n\r\n")
        sent = self.after(last)
        if fault == "drip":
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.05)
            return
        while office._server is self.server:
            with office.changed:
                new, sent = office.events[sent:], len(office.events)
                if not new:
                    office.changed.wait(office.heartbeat_s)
            frames = [f"id: {e.id}\ndata: {e.model_dump_json()}\n\n" for e in new]
            self.wfile.write("".join(frames or [": \n\n"]).encode())
            if fault == "cut after one" and new:
                self.reset()
                return

    def poll(self, query):
        office = self.office
        sent = self.after(query["after"][0])
        with office.changed:
            if not office.events[sent:]:
                office.changed.wait(min(float(query["wait"][0]), 1.0))
            new = office.events[sent:]
        last = new[-1].id if new else query["after"][0]
        body = {"events": [e.model_dump(mode="json") for e in new], "last_id": last}
        self.json(body)

    def after(self, last_id):
        ids = [e.id for e in self.office.events]
        return ids.index(last_id) + 1 if last_id in ids else 0


def reset(sock):
    """Close with a TCP reset instead of a farewell."""
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.shutdown(socket.SHUT_RD)
        # Not sock.close(): that waits until its file objects are closed too.
        os.close(sock.detach())
    except OSError:
        pass


def view(**more):
    money = {"minor": 4501, "currency": "EUR"}
    return OrderView.model_validate(
        {
            "number": "A-1",
            "version": 1,
            "status": "accepted",
            "status_at": "2026-01-01T00:00:00Z",
            "fulfilment": "collect",
            "pickup_code": "7H3K",
            "page_url": "https://shop.example/o/x",
            "lines": [],
            "subtotal": money,
            "fee": money,
            "total": money,
            **more,
        }
    )
