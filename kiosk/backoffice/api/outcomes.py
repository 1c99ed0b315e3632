"""How an operation can end besides well: what the API's description says of each of them."""

from typing import Any

from kiosk.contract import (
    CONTRACT,
    CONTRACT_HEADER,
    IDEMPOTENCY_HEADER,
    SIGNATURE_HEADER,
    Problem,
)

MAX_KEY = 128

# What a request's headers must look like. A signature that is none is not refused: nobody vouches
# for that order then.
HEADERS: dict[str, dict[str, Any]] = {
    CONTRACT_HEADER: {"type": "string", "const": str(CONTRACT)},
    IDEMPOTENCY_HEADER: {
        "type": "string",
        "minLength": 8,
        "maxLength": MAX_KEY,
        "pattern": r"^[!-~]([ -~]*[!-~])?$",
    },
    SIGNATURE_HEADER: {"type": "string", "pattern": "^[ -~]*$"},
}

_PROBLEM = {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}
_TEXT: dict[str, Any] = {"type": "string"}
# Operations whose answer is kept by who asked, and asked for again by its ETag.
_CACHED = {
    "profile": "",
    "catalogue_changes": "",
    "picture": "image/jpeg",
    "map": "application/octet-stream",
}
# And one that is shown once more for as long as it may be.
_SHOWN = {"courier_photo": "image/jpeg"}
_WORDS = {
    400: "The request cannot be read, or speaks another contract",
    401: "The device's token is missing, unknown or revoked",
    404: "There is no such thing",
    408: "The body came too slowly",
    409: "Another window goes by this name",
    413: "The body is too large",
    415: "The body is not application/json",
    422: "What was asked does not hold; `errors` says where",
    429: "This window sends too much: send the same again after Retry-After seconds",
    503: "Not now: send the same again after Retry-After seconds",
}
_MORE_HEADERS = {401: "WWW-Authenticate", 429: "Retry-After", 503: "Retry-After"}
_ONLY = {
    "place_order": (429,),
    "window_here": (409,),
    "look_up_order": (404, 429),
    "take_shown_code": (404, 429),
    "courier_positions": (409, 429),
    "owntracks": (429,),
    "traccar": (429,),
    "traccar_query": (422, 429),
}
_SAID = {
    ("look_up_order", 404): "No order has this number and this code",
    ("look_up_order", 429): "Too many wrong tries: wait Retry-After seconds",
    ("take_shown_code", 404): "No order has this code: it is over, was taken, or never was one",
    ("take_shown_code", 429): "Too many wrong tries: wait Retry-After seconds",
    ("courier_photo", 404): "There is no such photo, or it may not be seen any more",
    ("courier_positions", 401): "The courier's session is missing or over",
    ("courier_positions", 409): "Nobody asked for positions: before a start, after its end, paused",
    ("courier_positions", 429): "Too many batches: send them together after Retry-After seconds",
}


def complete(path: str, operation: dict[str, Any]) -> None:
    """Add to a described operation of `path` every other way in which it can end."""
    name = operation["operationId"]
    parameters = operation.setdefault("parameters", [])
    # Who asks which contracts there are has agreed on none.
    parameters.append(
        _asked(CONTRACT_HEADER, _TEXT if name == "hello" else HEADERS[CONTRACT_HEADER])
    )
    responses = operation["responses"]
    if name in _CACHED:
        parameters.append(_asked("If-None-Match", _TEXT))
        responses["304"] = {"description": "What the asker has is still right"}
        if _CACHED[name]:
            responses["200"]["content"] = {_CACHED[name]: {}}
    if name in _SHOWN:
        responses["200"]["content"] = {_SHOWN[name]: {}}
    for status in _statuses(path, operation):
        responses[str(status)] = {
            "description": _SAID.get((name, status), _WORDS[status]),
            "content": {"application/problem+json": _PROBLEM},
        }
    for status, response in responses.items():
        more = ["ETag"] if name in _CACHED and status in ("200", "304") else []
        more += [_MORE_HEADERS[int(status)]] if int(status) in _MORE_HEADERS else []
        response["headers"] = {
            told: {"required": True, "schema": _TEXT} for told in (CONTRACT_HEADER, *more)
        }


def _statuses(path: str, operation: dict[str, Any]) -> list[int]:
    """Those of the problems that this operation may answer."""
    found = {400, 503, *_ONLY.get(operation["operationId"], ())}
    if "security" in operation:
        found.add(401)
    if "{" in path:
        found.add(404)
    if "requestBody" in operation:
        found |= {408, 413, 415, 422}
    if any(p["in"] == "query" and p["schema"]["type"] != "string" for p in operation["parameters"]):
        found.add(422)
    return sorted(found)


def _asked(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": False, "schema": schema}
