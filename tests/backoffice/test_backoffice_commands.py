"""`kiosk backoffice …` as it is typed."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from backoffice_data import CONTRACT, ask
from conftest import Server

from tests.promptly import in_time

CATALOGUE = Path(__file__).parents[2] / "catalog"


def kiosk(*arguments: str, given: str = "") -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "kiosk", "backoffice", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, timeout=60)


def test_windows_are_let_in_and_shut_out(new_data: Path, serve: Callable[..., Server]) -> None:
    data = f"--data={new_data}"
    token = kiosk("device", "add", "rue-des-arts", data).stdout.strip()
    assert len(token) >= 22
    twice = kiosk("device", "add", "rue-des-arts", data)
    assert twice.returncode == 1 and twice.stderr.startswith("kiosk: there is a window")
    assert kiosk("device", "list", data).stdout == "rue-des-arts\tnever seen\n"
    url = serve(data=new_data).url
    assert ask(url, "profile", token).status_code == 503
    assert kiosk("device", "revoke", "rue-des-arts", data).returncode == 0
    assert ask(url, "profile", token).status_code == 401
    assert "revoked" in kiosk("device", "list", data).stdout
    assert kiosk("device", "revoke", "nobody", data).returncode == 1


def test_an_owner_needs_a_real_password(new_data: Path) -> None:
    create = ("owner", "create", "ines", f"--data={new_data}")
    weak = kiosk(*create, "--password-stdin", given="password\n")
    assert weak.returncode == 1 and "too common" in weak.stderr + weak.stdout
    assert kiosk(*create).returncode == 1
    good = kiosk(*create, "--password-stdin", given="lampe-terre-cuite-42\n")
    assert good.returncode == 0, good.stderr
    assert kiosk(*create, "--password-stdin", given="lampe-terre-cuite-42\n").returncode == 1


@pytest.mark.parametrize(
    "arguments", [("run", "--port", "x"), ("run", "--pace", "0"), ("nonsense",), ()]
)
def test_wrong_usage_is_code_2(arguments: tuple[str, ...]) -> None:
    answer = kiosk(*arguments)
    assert answer.returncode == 2 and "usage:" in answer.stderr


@pytest.mark.parametrize("action", ["run", "migrate", "owner", "device", "openapi"])
def test_help_has_words(action: str) -> None:
    answer = kiosk(action, "--help")
    assert answer.returncode == 0 and len(answer.stdout) > 100


def test_a_folder_that_cannot_be_used_is_said_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    answer = kiosk("migrate", f"--data={file}/below")
    assert answer.returncode == 1 and answer.stderr.count("\n") == 1


def test_a_taken_port_is_said_in_one_line(server: Server, new_data: Path) -> None:
    port = server.url.rpartition(":")[2]
    answer = kiosk("run", f"--data={new_data}", f"--port={port}")
    assert answer.returncode == 1 and "--port" in answer.stderr
    assert answer.stderr.count("\n") == 1


@pytest.mark.usefixtures("sqlite_files")
def test_data_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    import sqlite3

    data = f"--data={tmp_path}"
    assert kiosk("migrate", data).stdout.startswith("the tables are up to date now")
    assert kiosk("migrate", data).stdout.startswith("the tables were")
    with sqlite3.connect(tmp_path / "backoffice.sqlite3") as db:
        db.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('orders', '0999_future', '2030-01-01')"
        )
    answer = kiosk("migrate", data)
    assert answer.returncode == 1 and "newer version" in answer.stderr


@pytest.mark.usefixtures("sqlite_files")
def test_a_broken_database_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "backoffice.sqlite3").write_bytes(b"nonsense" * 1000)
    answer = kiosk("migrate", f"--data={tmp_path}")
    assert answer.returncode == 1 and "database" in answer.stderr, answer.stderr
    assert answer.stderr.count("\n") == 1


def test_the_description_needs_no_database(tmp_path: Path) -> None:
    answer = kiosk("openapi", f"--data={tmp_path / 'none'}")
    assert json.loads(answer.stdout)["openapi"].startswith("3.1")


EVERYTHING = """
import django, importlib, pkgutil
django.setup()
import kiosk.backoffice
for module in pkgutil.walk_packages(kiosk.backoffice.__path__, "kiosk.backoffice."):
    if module.name != "kiosk.backoffice.asgi":
        importlib.import_module(module.name)
from django.urls import get_resolver
get_resolver().url_patterns
"""


def test_importing_writes_nothing(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KIOSK_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "kiosk.backoffice.settings",
        "PYTHONPATH": str(CATALOGUE.parent),
    }
    code = [sys.executable, "-c", EVERYTHING]
    done = subprocess.run(code, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("backoffice openapi", 0),
        ("backoffice device list", 1),
        ("backoffice device revoke rue-des-arts", 1),
        ("backoffice purge --days 400", 1),
        ("backoffice backup copy", 1),
        ("backoffice map quarter.vmap", 1),
        ("catalogue export out.csv", 1),
        (f"catalogue check {CATALOGUE}", 0),
    ],
)
def test_what_only_looks_leaves_no_folder_behind(tmp_path: Path, arguments: str, code: int) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KIOSK_")}
    environment["PYTHONPATH"] = str(CATALOGUE.parent)
    command = [sys.executable, "-m", "kiosk", *arguments.split()]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    assert done.stderr.count("\n") == code and list(tmp_path.iterdir()) == []


def test_the_database_is_its_owners_only(tmp_path: Path, serve: Callable[..., Server]) -> None:
    data = tmp_path / "shop"
    data.mkdir(mode=0o755)
    serve(data=data)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.glob("*sqlite3*")}
    assert "backoffice.sqlite3-wal" in modes and set(modes.values()) == {0o600}


def test_it_starts_fast_on_an_existing_database(serve: Callable[..., Server]) -> None:
    serve().stop()

    def starts() -> float:
        start = time.monotonic()
        server = serve()
        took = time.monotonic() - start
        assert requests.get(f"{server.url}/api/v1/hello", headers=CONTRACT, timeout=30).ok
        server.stop()
        return took

    in_time(starts, 5)  # 0.6 s alone; the machine is shared


def test_it_ends_with_its_parent(new_data: Path) -> None:
    code = (
        "import subprocess, sys, os, time\n"
        "p = subprocess.Popen([sys.executable, '-m', 'kiosk', 'backoffice', 'run',"
        f" '--with-parent', '--port=0', '--data={new_data}'], stdout=subprocess.PIPE)\n"
        "p.stdout.readline()\n"
        "print(p.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    parent = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert parent.returncode == -signal.SIGKILL
    child = int(parent.stdout)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and Path(f"/proc/{child}/cmdline").exists():
        if not Path(f"/proc/{child}/cmdline").read_bytes():
            break
        time.sleep(0.1)
    else:
        assert not Path(f"/proc/{child}").exists()


def test_the_demonstration_brings_a_shop_and_its_keys(
    tmp_path: Path, serve: Callable[..., Server]
) -> None:
    server = serve("--demo", f"--catalogue={CATALOGUE}", data=tmp_path)
    kept = json.loads((tmp_path / "demo.json").read_text())
    assert ((tmp_path / "demo.json").stat().st_mode & 0o777) == 0o600
    assert kept == {k: server.ready[k] for k in ("url", "device_token", "staff_url")}
    profile = ask(server.url, "profile", kept["device_token"]).json()
    assert profile["demo"] and profile["name"] == "Maison Lucarne"
    page = ask(server.url, "catalogue/changes", kept["device_token"]).json()
    assert page["upserts"] and not page["more"]
    signed_in = requests.get(kept["staff_url"], timeout=10, allow_redirects=False)
    assert signed_in.status_code == 302 and "sessionid" in signed_in.cookies
    server.stop()
    again = serve("--demo", f"--catalogue={CATALOGUE}", data=tmp_path)
    assert ask(again.url, "profile", kept["device_token"]).status_code == 401
    assert ask(again.url, "profile", again.ready["device_token"]).status_code == 200
