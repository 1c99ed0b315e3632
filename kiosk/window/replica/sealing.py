"""Orders as they are written: sealed, numbered, signed."""

import hashlib
from typing import Any

from kiosk.contract import OrderRequest, Personal, Sealed, SealingKey
from kiosk.contract.sealing import seal, sign
from kiosk.window.replica.identity import Identity
from kiosk.window.replica.kept import Kept, summary_json

NOT_SEALED, SEALED = "none", "box"


def fingerprint(order: OrderRequest) -> str:
    """What was ordered, without who ordered: equal for two touches of the same button."""
    told = order.model_dump_json(include={"lines", "fulfilment", "seen_total"})
    return hashlib.sha256(told.encode()).hexdigest()


def sealed_buyer(order: OrderRequest, key: SealingKey) -> Sealed | None:
    """Who ordered, for the shop alone. Raises SealError."""
    if order.contact is None:
        return order.sealed
    personal = Personal(intent_id=order.intent_id, contact=order.contact, address=order.address)
    return seal(personal, key)


def signed(
    db: Any, order: OrderRequest, sealed: Sealed | None, identity: Identity
) -> tuple[bytes, str]:
    """The order's bytes as they are sent, with the memory's next number, and the word on them.

    `db` is a connection within a transaction.
    """
    ((number,),) = db.execute(
        "INSERT INTO instance(id, last_number) VALUES (?, 1) "
        "ON CONFLICT(id) DO UPDATE SET last_number = last_number + 1 RETURNING last_number",
        (str(identity.instance_id),),
    ).fetchall()
    told = {
        "contact": None,
        "address": None,
        "sealed": sealed,
        "instance_id": identity.instance_id,
        "number": number,
    }
    payload = order.model_copy(update=told).model_dump_json(exclude_none=True).encode()
    return payload, sign(payload, identity.signing_key)


def insert(db: Any, kept: Kept, ordered: str, payload: bytes, signature: str) -> None:
    """The order and its place in the queue, in the caller's transaction."""
    db.execute(
        "INSERT INTO kept_order(intent_id, key, kept_at, ordered, summary, sealing, payload, "
        "signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            str(kept.intent_id),
            kept.key,
            kept.kept_at.isoformat(),
            ordered,
            summary_json(kept.summary),
            SEALED,
            payload,
            signature,
        ),
    )
    db.execute("INSERT INTO outbox(key) VALUES (?)", (kept.key,))
