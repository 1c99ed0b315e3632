"""The commands as a shell sees them: help, exit codes, one-line errors."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk import cli
from kiosk.ops.daytime import zone_where_it_is


def commands(parser: argparse.ArgumentParser, way: tuple[str, ...] = ()) -> Iterator[list[str]]:
    """Every command there is, groups included, as words behind `kiosk`."""
    if way:
        yield list(way)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                yield from commands(child, (*way, name))


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


ALL = list(commands(cli.parser()))


@pytest.mark.parametrize("command", ALL, ids=" ".join)
def test_every_command_explains_itself_with_an_example(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*command, "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    _, found, example = said.lower().partition("example: ")
    assert found and f"kiosk {' '.join(command)}" in example


def test_the_commands_that_the_manual_names_are_there() -> None:
    named = {" ".join(command) for command in ALL}
    assert named >= {"demo", "window", "tour", "backoffice run", "catalogue check", "map build"}


def test_what_a_start_loads_is_not_searched_for_garbage_on_the_way(tmp_path: Path) -> None:
    """It took a third of the time of each start of a back office, and of its end."""
    code = (
        "import gc, sys; from kiosk.cli import main; main(sys.argv[1:]); "
        "print(sum(each['collections'] for each in gc.get_stats()))"
    )
    words = ["backoffice", "device", "list", f"--data={tmp_path}"]
    run = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )
    assert int(run.stdout.split()[-1]) < 100


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
        (["demo", "--hour", "24"], "--hour"),
        (["backoffice", "run", "--demo", "--timezone", "Mars/Base"], "Europe/Paris"),
        (["window", "--url", "http://shop.example"], "https"),
        (["window", "--url", "ftp://127.0.0.1"], "https"),
        (["window", "--url", "https://shop.example"], "device add"),
        (["window", "--url", "https://shop.example", "--camera", "/dev/video0"], "ustreamer"),
        (["window", "--url", "https://shop.example", "--camera", "nowhere.mp4"], "http://"),
        (["nonsense"], "invalid choice"),
        (["tour", "--out", "x", "--lang", "Deutsch"], "write one of fr en de es it nl ar ja"),
    ],
)
def test_wrong_use_says_what_to_write(arguments: list[str], says: str) -> None:
    result = kiosk(*arguments, KIOSK_TOKEN="")
    assert result.returncode == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_an_address_file_is_looked_at_before_the_window_opens(tmp_path: Path) -> None:
    file = tmp_path / "adresses-75.csv"
    file.write_text("numero,rep,nom_voie,code_postal,nom_commune\n")
    window = ("window", "--url", "https://shop.example", "--addresses", str(file))
    result = kiosk(*window, KIOSK_TOKEN="t")
    assert result.returncode == 1
    assert "separated by commas" in result.stderr and result.stderr.count("\n") == 1


def test_a_camera_from_the_environment_is_looked_at_too() -> None:
    window = ("window", "--url", "https://shop.example")
    address = "rtsp://porter:hidden-word@camera.example/live"
    result = kiosk(*window, KIOSK_TOKEN="t", KIOSK_WINDOW_CAMERA=address)
    assert result.returncode == 2 and result.stderr.count("\n") == 1
    assert "IP address" in result.stderr and "hidden-word" not in result.stderr


def test_the_version_is_told() -> None:
    assert kiosk("--version").stdout.startswith("kiosk 0.")


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("now", ["2026-03-29T00:59:00+00:00", "2026-11-21T23:30:00+00:00"])
def test_a_pretended_hour_is_the_hour_there(hour: int, now: str) -> None:
    at = datetime.fromisoformat(now)
    there = at.astimezone(ZoneInfo(zone_where_it_is(hour, at)))
    assert (there.hour, there.minute) == (hour, at.minute)
    assert abs((there.replace(tzinfo=None) - at.replace(tzinfo=None)).total_seconds()) <= 12 * 3600
