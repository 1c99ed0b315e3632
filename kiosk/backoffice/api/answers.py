"""Answers with their bytes ready: JSON with an ETag, files for ever."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from pydantic import BaseModel

from kiosk.backoffice.api.problems import ProblemError
from kiosk.backoffice.catalogue.media import is_sha256, media_path

_FOR_EVER = "public, max-age=31536000, immutable"


def answer(model: BaseModel, status: int = 200) -> HttpResponse:
    return HttpResponse(model.model_dump_json(), "application/json", status)


def body_etag(model: BaseModel) -> str:
    return f'"{hashlib.sha256(model.model_dump_json().encode()).hexdigest()[:32]}"'


def unchanged(request: HttpRequest, etag: str) -> HttpResponse | None:
    """304 if the asker has `etag` already."""
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return with_etag(HttpResponse(status=304), etag)
    return None


def with_etag(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def file_answer(request: HttpRequest, sha256: str, content_type: str) -> HttpResponse:
    """The file of that hash, cacheable for ever. Raises ProblemError(404)."""
    if not is_sha256(sha256) or not media_path(sha256).is_file():
        raise ProblemError(404, "no such file")
    etag = f'"{sha256}"'
    cached = unchanged(request, etag)
    # Whole, so that no thread waits for a slow reader.
    response = cached or HttpResponse(media_path(sha256).read_bytes(), content_type)
    response["ETag"] = etag
    response["Cache-Control"] = _FOR_EVER
    return response
