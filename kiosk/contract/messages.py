"""The two kinds of message, the contract's version, and how both sides say it.

A window ignores fields that it does not know, so that a newer back office can speak to it; a
back office refuses unknown fields in a request, so that nothing that was asked is dropped in
silence.
"""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

CONTRACT = 1
CONTRACT_HEADER = "Kiosk-Contract"
IDEMPOTENCY_HEADER = "Idempotency-Key"
# "VERIFY-KEY SIGNATURE", both base64: the box's Ed25519 key, and its word on the body's bytes.
SIGNATURE_HEADER = "Kiosk-Signature"


class Answer(BaseModel):
    """What the back office says. Unknown fields are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)


class Request(BaseModel):
    """What a window asks. Unknown fields are refused. An error of its validation may be logged, and
    so does not quote what was given.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, defer_build=True
    )


class Hello(Answer):
    """The first word: who answers, which contracts it speaks, and its epoch.

    The epoch changes when the back office's memory was replaced (a restored backup): a cursor
    or an event id of another epoch means nothing to it.
    """

    contracts: list[int]
    epoch: str
    server_time: datetime
    software: str


class ContractError(Exception):
    """The other side speaks no version that we know. The message says what to update."""


def check_contract(spoken: str | None, who: str) -> None:
    """Raises ContractError unless `spoken` (a header's value) is our contract."""
    if spoken != str(CONTRACT):
        said = f"contract {spoken}" if spoken else "no contract version"
        raise ContractError(
            f"the {who} speaks {said}, this side speaks contract {CONTRACT}: "
            f"update the older of the two"
        )
