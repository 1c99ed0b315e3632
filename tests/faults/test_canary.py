"""The search finds what it must: a canary planted where a leak would put it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from pydantic import ValidationError

from kiosk.contract import AddressGiven, ContactGiven, MoneyClaim, OrderLine, OrderRequest
from kiosk.shop.promise import Fulfilment
from kiosk.window.replica.outbox import Due
from kiosk.window.visit import actions
from kiosk.window.visit.effects import KeepOrder
from kiosk.window.visit.state import Draft
from kiosk.window.visit.views.checkout import Field
from tests.faults.canary import Canary, clipboard, in_files, in_memory, on_the_clipboard
from tests.journeys.evening import settings
from tests.journeys.own_process import in_own_process

SPELLINGS: dict[str, Callable[[str], bytes]] = {
    "plain": lambda text: f"name={text}\n".encode(),
    "a piece": lambda text: text[1:7].upper().encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-32": lambda text: text.encode("utf-32-be"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_file_that_tells_is_found(tmp_path: Path, spelling: str) -> None:
    canary = Canary()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.log").write_bytes(SPELLINGS[spelling](canary.typed("name")))
    (tmp_path / "b.log").write_bytes(b"nothing")
    assert in_files([Canary(), canary], tmp_path) == ["deep/a.log"]
    assert in_files([canary], tmp_path, but=["a.log"]) == []
    assert in_files([Canary()], tmp_path) == []


@pytest.mark.parametrize(
    "spell", ["%c3%a9", "%C3%A9", "\\u00e9", "&#233;", "\u00e9"], ids=lambda spell: ascii(spell)
)
def test_an_accent_is_found_however_it_is_written(tmp_path: Path, spell: str) -> None:
    canary = Canary()
    (tmp_path / "a.log").write_text(canary.typed("note").replace("é", spell)[1:-1])
    assert in_files([canary], tmp_path) == ["a.log"]


def test_a_files_name_is_found(tmp_path: Path) -> None:
    canary = Canary()
    (tmp_path / f"{canary.typed('city')}.png").touch()
    assert len(in_files([canary], tmp_path)) == 1


@contextmanager
def a_thread_that_knows(text: str) -> Iterator[None]:
    end, known = threading.Event(), threading.Event()

    def wait() -> None:
        held = text  # noqa: F841
        known.set()
        end.wait()

    thread = threading.Thread(target=wait)
    thread.start()
    known.wait()
    yield
    end.set()
    thread.join()


def play_planting(folder: Path) -> None:
    from kiosk.window.stage import environment

    told = settings(folder, "", "")
    environment.prepare(told)
    from kivy.cache import Cache
    from kivy.uix.label import Label

    from kiosk.window.stage.pilot import open_window

    with open_window(told) as (_app, pilot):
        plants: dict[str, Callable[[Callable[[str], str]], Any]] = {
            "a label off the tree": lambda say: Label(text=say("name")),
            "a closure": lambda say: (lambda text: lambda: text)(say("phone")),
            "an object's attribute": lambda say: SimpleNamespace(text=say("city")),
            "a tuple in a dictionary": lambda say: [{"x": ("y", say("email"))}],
            "bytes": lambda say: [say("note").encode()],
            "wide bytes": lambda say: [say("line1").encode("utf-16-le")],
            "one key after another": lambda say: list(say("city")),
            "a piece of a word": lambda say: [say("name")[2:].upper()],
            "Kivy's cache": lambda say: Cache.append("kv.image", "it", [say("name")]),
        }
        canaries = [Canary() for _ in range(len(plants) + 1)]
        with a_thread_that_knows(canaries[-1].typed("name")):
            held = [plant(c.typed) for plant, c in zip(plants.values(), canaries, strict=False)]
            for where, found in zip([*plants, "a thread"], in_memory(*canaries), strict=True):
                assert found, where
        del held
        Cache.remove("kv.image")
        pilot.frames(2)  # Kivy's clock holds a label until it is drawn
        assert in_memory(*canaries) == [set()] * len(canaries)
        assert not on_the_clipboard(canaries[0])
        clipboard()._set_text(canaries[0].typed("line1").encode())
        assert on_the_clipboard(canaries[0])


def test_whatever_holds_it_is_found(tmp_path: Path) -> None:
    in_own_process(play_planting, tmp_path)


def test_no_repr_and_no_error_tells_a_visitors_details() -> None:
    canary = Canary()
    given = {field: canary.typed(field) for field in canary.fields}
    looked_for = given.pop("search")
    claim = MoneyClaim(minor=1, currency="EUR")
    order = OrderRequest(
        intent_id=uuid4(),
        placed_at=datetime.now(UTC),
        language="fr",
        lines=[OrderLine(variant_id="a", quantity=1, seen_unit=claim)],
        fulfilment=Fulfilment.COURIER,
        contact=ContactGiven(name=given["name"], phone="+33612345678", email=given["email"]),
        address=AddressGiven(
            line1=given["line1"],
            line2=given["line2"],
            postcode=given["postcode"],
            city=given["city"],
            note=given["note"],
        ),
        seen_total=claim,
    )
    with pytest.raises(ValidationError) as refused:
        ContactGiven(name=given["name"], phone=given["phone"], email=given["email"])
    told = [
        repr(Draft(**given)),
        repr(actions.EditField("name", given["name"])),
        repr(actions.SearchFor(looked_for)),
        repr(KeepOrder(order)),
        repr(Due(uuid4(), "key", order.model_dump_json().encode(), "", 0, 0, False)),
        repr(Field("name", "Name", given["name"], "", "text", "", "", True, 80)),
        str(refused.value),
    ]
    for text in told:
        assert not any(piece in text.lower() for piece in canary.pieces()), text[:40]
