"""The commands as a shell sees them: help, exit codes, one-line errors."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = [
    ["demo"],
    ["window"],
    ["tour"],
    ["backoffice"],
    ["backoffice", "run"],
    ["backoffice", "owner", "create"],
    ["backoffice", "device", "add"],
    ["backoffice", "device", "list"],
    ["backoffice", "device", "revoke"],
    ["catalogue", "check"],
    ["catalogue", "import"],
    ["catalogue", "export"],
]


def kiosk(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "SDL_VIDEODRIVER")}
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=bare | environment,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_with_an_example(command: list[str]) -> None:
    result = kiosk(*command, "--help")
    assert result.returncode == 0
    assert "example: " in result.stdout.lower() and "kiosk " + command[0] in result.stdout


def test_no_display_is_one_line_that_offers_the_tour(tmp_path: Path) -> None:
    result = kiosk("demo", "--data", str(tmp_path), XDG_SESSION_TYPE="", WAYLAND_DISPLAY="")
    assert result.returncode == 3
    assert result.stderr.count("\n") == 1 and "make tour" in result.stderr
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["tour", "--out", "x", "--size", "huge"], "1080x1920"),
        (["tour", "--out", "x", "--catalogue", "/nowhere.csv"], "does not exist"),
        (["demo", "--port", "99999"], "no port"),
        (["window", "--url", "http://shop.example"], "https"),
        (["window", "--url", "ftp://127.0.0.1"], "https"),
        (["window", "--url", "https://shop.example"], "device add"),
        (["nonsense"], "invalid choice"),
    ],
)
def test_wrong_use_says_what_to_write(arguments: list[str], says: str) -> None:
    result = kiosk(*arguments, KIOSK_TOKEN="")
    assert result.returncode == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_the_version_is_told() -> None:
    assert kiosk("--version").stdout.startswith("kiosk 0.")
