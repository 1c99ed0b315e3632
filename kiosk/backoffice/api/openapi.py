"""The API's description (OpenAPI 3.1), with what the framework cannot know of by itself."""

import json
from copy import deepcopy
from typing import Any

from ninja import NinjaAPI
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from kiosk.backoffice.api import PREFIX
from kiosk.backoffice.api.outcomes import HEADERS, complete
from kiosk.contract import (
    CodeShown,
    Event,
    EventBatch,
    LookupAsked,
    OrderRequest,
    Problem,
    QuoteRequest,
    WindowHere,
)
from kiosk.contract.courier import FixBatch

_ASKED = (OrderRequest, QuoteRequest, WindowHere, LookupAsked, CodeShown, FixBatch)
_WALL_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?$"
_REF = "#/components/schemas/{model}"


def ask(model: type[BaseModel], header: str = "", optional: str = "") -> dict[str, Any]:
    """openapi_extra of an operation that reads its own body, and perhaps headers."""
    extra: dict[str, Any] = {
        "requestBody": {"required": True, "content": _json(model)},
    }
    if header:
        extra["parameters"] = [_header(header, required=True)]
    if optional:
        extra.setdefault("parameters", []).append(_header(optional))
    return extra


def describe(api: NinjaAPI) -> str:
    """The whole description as JSON."""
    schema: dict[str, Any] = json.loads(
        json.dumps(api.get_openapi_schema(path_prefix=f"{PREFIX}/"), default=str)
    )
    _, known = models_json_schema(
        [(m, "validation") for m in _ASKED]
        + [(m, "serialization") for m in (Event, EventBatch, Problem)],
        ref_template=_REF,
    )
    schemas = schema["components"].setdefault("schemas", {})
    _local_times(schemas)
    for name, definition in known["$defs"].items():
        schemas.setdefault(name, definition)
    schema["paths"] |= _events()
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            complete(path, operation)
    return json.dumps(schema)


def _local_times(found: Any) -> None:
    """JSON Schema's "time" has an offset, a shop's hours have none."""
    if isinstance(found, dict):
        if found.get("format") == "time":
            del found["format"]
            found["pattern"] = _WALL_CLOCK
        found = list(found.values())
    if isinstance(found, list):
        for part in found:
            _local_times(part)


def _events() -> dict[str, Any]:
    data = {
        "type": "string", "contentMediaType": "application/json", "contentSchema": _ref(Event)
    }  # fmt: skip
    event = {
        "type": "object",
        "properties": {"id": {"type": "string"}, "data": data},
        "required": ["id", "data"],
    }
    stream = {
        "description": "Server-sent events; each `data` is an Event",
        "content": {"text/event-stream": {"schema": event}},
    }
    bearer: list[dict[str, list[str]]] = [{"DeviceAuth": []}]
    token = {"name": "token", "in": "path", "required": True, "schema": {"type": "string"}}
    listen = {"parameters": [_header("Last-Event-ID")], "responses": {"200": stream}}
    poll = {
        "parameters": [
            _query("after", {"type": "string"}),
            _query("wait", {"type": "number", "minimum": 0, "default": 0}),
        ],
        "responses": {"200": {"description": "OK", "content": _json(EventBatch)}},
    }
    doors = (
        ("/events", "events", "Hints of every change, from Last-Event-ID on", listen),
        ("/events/poll", "events_poll", "The same hints by long poll", poll),
        ("/orders/{token}/events", "order_events", "Hints of one order's changes", listen),
        ("/orders/{token}/events/poll", "order_events_poll", "The same by long poll", poll),
    )
    described: dict[str, Any] = {}
    for path, name, summary, how in doors:
        operation: dict[str, Any] = {"operationId": name, "summary": summary, **deepcopy(how)}
        if "{token}" in path:
            operation["parameters"].insert(0, token)
            operation["responses"]["204"] = {
                "description": "The order has ended: nothing more will come"
            }
        else:
            operation["security"] = bearer
        described[PREFIX + path] = {"get": operation}
    return described


def _json(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": _ref(model)}}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REF.format(model=model.__name__)}


def _header(name: str, required: bool = False) -> dict[str, Any]:
    schema = HEADERS.get(name, {"type": "string"})
    return {"name": name, "in": "header", "required": required, "schema": schema}


def _query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}
