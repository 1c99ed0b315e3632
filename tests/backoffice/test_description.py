"""The API is what its description says, over every operation, on a real server.

Schemathesis makes up requests that fit the description and ones that do not: none ends in an error
of ours, none that does not fit is taken, and every answer has a status, a content type, headers and
a shape that are described. The same requests at every run; KIOSK_TEST_API=N makes up N of each kind
and operation instead of a few, other ones at every run.
"""

import hashlib
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import schemathesis
from backoffice_data import Window, courier_body, make_product, make_shop, order_body, send_order
from conftest import DATA
from hypothesis import HealthCheck, assume, settings
from schemathesis import Case
from schemathesis.checks import load_all_checks
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi import checks

from kiosk.backoffice.api.openapi import describe
from kiosk.backoffice.api.routes import api
from kiosk.backoffice.catalogue.media import media_path

DEEPER = int(os.environ.get("KIOSK_TEST_API", "0"))
EXAMPLES = DEEPER or 25
FILE = b"of a picture, or a map"
FILE_SHA256 = hashlib.sha256(FILE).hexdigest()

SCHEMA = schemathesis.openapi.from_dict(json.loads(describe(api)))
SCHEMA.config.max_stream_events = 1
load_all_checks()
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}


@dataclass
class Office:
    """A real server with a shop that has orders. `token` is a window's, `known` fit in paths."""

    url: str
    token: str
    known: list[str]


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    from django.core.management import call_command

    call_command("flush", verbosity=0, interactive=False)
    make_shop(map_sha256=FILE_SHA256)
    make_product(stock=None)
    media_path(FILE_SHA256).parent.mkdir(parents=True, exist_ok=True)
    media_path(FILE_SHA256).write_bytes(FILE)
    token = Window().token
    command = [sys.executable, "-m", "kiosk", "backoffice", "run", "--with-parent"]
    process = subprocess.Popen(
        [*command, f"--data={DATA}", "--port=0"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        url = json.loads(process.stdout.readline())["url"]
        placed = [
            send_order(url, token, body, str(uuid.uuid4())).json()["token"]
            for body in (order_body(), courier_body())
        ]
        yield Office(url, token, [*placed, FILE_SHA256])
    finally:
        process.kill()
        process.wait()


def can_be_sent(case: Case) -> bool:
    """A header has octets: nobody can send other letters."""
    return all(ord(letter) < 256 for value in (case.headers or {}).values() for letter in value)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not DEEPER,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def answers_as_described(office: Office, case: Case) -> None:
    assume(can_be_sent(case))
    if "Authorization" in (case.headers or {}):
        case.headers["Authorization"] = f"Bearer {office.token}"
    answer = case.call(base_url=office.url)
    # That a request fits the description does not mean that there is such a thing.
    excluded = [checks.positive_data_acceptance]
    if answer.status_code == 413:  # refused, too, before anybody reads what else is wrong with it
        excluded.append(checks.negative_data_rejection)
    case.validate_response(answer, excluded_checks=excluded)


@pytest.mark.parametrize("label", OPERATIONS)
def test_it_answers_as_described(office: Office, label: str) -> None:
    # The requests are made up here: SCHEMA.parametrize() takes seconds to, in every worker of a
    # run, before any test has begun.
    run = build_operation_test(
        config=SCHEMA.config,
        operation=OPERATIONS[label],
        test_func=answers_as_described,
        given_kwargs={},
        feedback=FeedbackSources(),
    )
    run(office=office)


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("GET /api/v1/orders/{token}", 0),
        ("GET /api/v1/orders/{token}", 1),
        ("GET /api/v1/orders/{token}/events", 0),
        ("GET /api/v1/pictures/{sha256}", 2),
        ("GET /api/v1/maps/{sha256}", 2),
    ],
)
def test_what_there_is_comes_as_described(office: Office, label: str, place: int) -> None:
    operation = SCHEMA.find_operation_by_label(label)
    assert operation is not None
    [name] = [parameter.name for parameter in operation.path_parameters]
    headers = {"Authorization": f"Bearer {office.token}", "Kiosk-Contract": "1"}
    case = operation.Case(path_parameters={name: office.known[place]}, headers=headers)
    answer = case.call_and_validate(base_url=office.url)
    assert answer.status_code == 200
    etag = answer.headers.get("etag")
    if etag:
        case.headers["If-None-Match"] = etag[0]
        assert case.call_and_validate(base_url=office.url).status_code == 304
