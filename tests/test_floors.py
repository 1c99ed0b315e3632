"""What a floor may know, checked by importing it alone."""

import subprocess
import sys

import pytest

PURE = ["kiosk.shop.promise", "kiosk.contract", "kiosk.window.visit"]


@pytest.mark.parametrize("module", PURE)
def test_the_pure_floors_load_neither_kivy_nor_a_web_framework(module: str) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in out.stdout.split()}
    assert loaded.isdisjoint({"kivy", "django", "ninja", "requests", "apsw", "PIL"})


def test_the_link_and_the_replica_load_no_kivy_nor_does_the_stage_by_its_name() -> None:
    parts = "kiosk.window.link, kiosk.window.replica, kiosk.window.stage"
    code = f"import sys, {parts}; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "kivy" not in out.stdout.split()


def test_the_command_line_starts_without_the_heavy_floors() -> None:
    code = "import sys, kiosk.cli; kiosk.cli.parser(); print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in out.stdout.split()}
    assert loaded.isdisjoint({"kivy", "django", "ninja", "pydantic", "babel"})
