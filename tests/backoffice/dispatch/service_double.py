"""Delivery services at the outermost border, as their documentation describes them."""

import hashlib
import hmac
import json
import threading
import uuid
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from kiosk.backoffice.dispatch.accounts import Account

KEY = "signing-key-of-the-webhook"
SECRET = "secret-of-the-client"


@dataclass
class Booked:
    id: str
    key: str
    asked: dict[str, Any]
    status: str = "pending"


@dataclass
class Faults:
    """`lost`: so many bookings are made and not answered. `answers` (status, body) come first."""

    lost: int = 0
    answers: list[tuple[int, Any]] = field(default_factory=list)


class Service(ThreadingHTTPServer):
    """Both of them at one address. `booked` are all that were ever, by their id there."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.booked: dict[str, Booked] = {}
        self.cancelled: list[str] = []
        self.asked: Counter[str] = Counter()
        self.faults = Faults()
        self.tokens = {"first"}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def account(self) -> Account:
        return Account(self.url, self.url, "client", SECRET, KEY, "customer")

    def new(self, key: str, asked: dict[str, Any], status: str) -> Booked:
        booked = Booked(f"del_{uuid.uuid4().hex[:10]}", key, asked, status)
        self.booked[booked.id] = booked
        return booked


class _Answers(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        self._take({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "token" in self.path:
            return self._token(parse_qs(body.decode()))
        return self._take(json.loads(body) if body else {})

    def _token(self, form: dict[str, list[str]]) -> None:
        self.server.asked["token"] += 1
        if form["client_secret"] != [SECRET] or form["grant_type"] != ["client_credentials"]:
            return self._answer(401, {"error": "invalid_client"})
        return self._answer(200, {"access_token": min(self.server.tokens), "expires_in": 2592000})

    def _take(self, asked: dict[str, Any]) -> None:
        server, url = self.server, urlsplit(self.path)
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in server.tokens:
            return self._answer(401, {"code": "unauthorized"})
        what = url.path.replace("/v1/customers/customer", "").replace("/v2", "")
        server.asked[f"{self.command} {what.split('/')[1]}"] += 1
        if server.faults.answers:
            return self._answer(*server.faults.answers.pop(0))
        if what == "/delivery_quotes":
            return self._answer(200, {"id": "dqt_1", "fee": 640, "currency": "eur"})
        if what == "/jobs/pricing":
            return self._answer(200, {"amount": 7.5, "currency": "EUR"})
        if what.endswith("/cancel"):
            server.cancelled.append(what.split("/")[2])
            return self._answer(204, None)
        if what == "/deliveries":
            known = [b for b in server.booked.values() if b.key == asked["idempotency_key"]]
            return self._booked(known[0] if known else None, asked, asked["idempotency_key"])
        if what == "/jobs" and self.command == "POST":
            return self._booked(None, asked, asked["job"]["dropoffs"][0]["client_reference"])
        if what == "/jobs":
            wanted = parse_qs(url.query)["client_reference"][0]
            return self._answer(
                200, [self._shown(b) for b in server.booked.values() if b.key == wanted]
            )
        return self._answer(200, self._shown(server.booked[what.split("/")[2]]))

    def _booked(self, known: Booked | None, asked: dict[str, Any], key: str) -> None:
        server = self.server
        booked = known or server.new(key, asked, "pending")
        if server.faults.lost:
            server.faults.lost -= 1
            self.close_connection = True
            return None
        return self._answer(201, self._shown(booked))

    def _shown(self, booked: Booked) -> dict[str, Any]:
        if "job" not in booked.asked:
            return {
                "id": booked.id, "kind": "delivery", "status": booked.status,
                "external_id": booked.key, "tracking_url": "https://uber.example/track",
                "something_new": [1, {"two": 3}],
            }  # fmt: skip
        delivery = {"id": 7, "status": booked.status, "client_reference": booked.key}
        return {"id": booked.id, "status": "in_progress", "deliveries": [delivery], "driver": None}

    def _answer(self, status: int, body: Any) -> None:
        text = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: Any) -> None:
        pass


def signed(body: bytes, key: str = KEY) -> str:
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


def uber_message(remote_id: str, status: str, at: str, event: str, **data: Any) -> bytes:
    """event.delivery_status with what the documentation shows, and more than we know of."""
    courier = {
        "name": "Cori Redmond", "phone_number": "+33155500000", "rating": "5.00",
        "vehicle_type": "bicycle", "location": {"lat": 48.861, "lng": 2.342},
        "public_phone_info": {"formatted_phone_number": "+33155501111,48023618"},
    }  # fmt: skip
    message = {
        "kind": "event.delivery_status", "id": event, "delivery_id": remote_id, "status": status,
        "created": at, "live_mode": False, "customer_id": "customer", "surprise": None,
        "data": {
            "id": remote_id, "status": status, "courier": courier, "courier_imminent": False,
            "dropoff": {"name": "Inès Canari"}, "batch_id": "bat_1", **data,
        },
    }  # fmt: skip
    return json.dumps(message).encode()


def stuart_message(job: str, status: str, key: str, **driver: Any) -> bytes:
    """A job's update in version 2's camel case."""
    message = {
        "event": "job", "type": "update",
        "data": {
            "id": job, "status": "in_progress", "transportType": {"code": "bike"},
            "currentDelivery": {
                "id": 7, "status": status, "clientReference": key,
                "trackingUrl": "https://stuart.example/track",
                "etaToDestination": None,
                "driver": {
                    "status": "busy", "firstname": "Alexis", "lastname": "Marvin",
                    "phone": "+33903330923", "latitude": 48.861, "longitude": 2.342,
                    "transportType": {"code": "motorbike"}, **driver,
                },
            },
        },
    }  # fmt: skip
    return json.dumps(message).encode()
