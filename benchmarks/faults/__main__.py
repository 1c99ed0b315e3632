"""Every fault, on both databases at once: `make faults ORDERS=10000`.

Prints what is under way, and writes report.json and the README's tables after each fault, so that
a run that is ended (Ctrl-C) leaves what it found. Ends with 1 where anything is amiss.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from typing import Any

from benchmarks.faults import playing, report
from benchmarks.orders import machine

DATABASES = ("sqlite", "postgresql")


def main() -> int:
    arguments = _arguments()
    until = time.monotonic() + arguments.minutes * 60
    if arguments.only:
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            playing.play(
                *(arguments.only, arguments.orders, arguments.seed, Path(folder)),
                *(until, playing.speak, json.loads(arguments.played)),
            )
        return 0
    about = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "program": _program(),
        "seed": arguments.seed,
        "orders_wanted": arguments.orders,
        "machine": machine.describe(),
        "whole": False,
    }
    rows: list[dict[str, Any]] = []
    if arguments.resume:
        about, rows = report.read(arguments.out)
        arguments.seed = about["seed"]
    whole = _watch(arguments, rows, lambda row: _keep(about, rows, row, arguments.out))
    about["whole"] = whole
    taken = report.gather(about, rows)
    report.write(taken, arguments.out)
    print(report.tables(taken))
    return 0 if taken["clean"] and whole else 1


def _watch(arguments: argparse.Namespace, rows: list[dict[str, Any]], keep: Any) -> bool:
    """Run a program for each database and hear them; False where one ended before its end.

    What `rows` hold is not played again.
    """
    heard: Queue[tuple[str, str]] = Queue()
    programs = {}
    for name in arguments.databases.split(","):
        command = [sys.executable, "-m", "benchmarks.faults", "--only", name]
        command += ["--orders", str(arguments.orders), "--seed", str(arguments.seed)]
        command += ["--minutes", str(arguments.minutes)]
        played = {row["name"]: row["attempts"] for row in rows if row["database"] == name}
        command += ["--played", json.dumps(played)]
        programs[name] = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        threading.Thread(target=_hear, args=(name, programs[name], heard), daemon=True).start()
    left = set(programs)
    try:
        while left:
            name, line = heard.get()
            if not line:
                left.discard(name)
                continue
            told = json.loads(line)
            if told["kind"] == "row":
                keep(told)
            figures = " ".join(f"{key}={told[key]}" for key in ("attempts", "lost", "doubled"))
            print(f"{name:10} {told['kind']:8} {told['name']}: {figures}", file=sys.stderr)
    except KeyboardInterrupt:
        for program in programs.values():
            program.terminate()
        return False
    return all(program.wait() == 0 for program in programs.values())


def _hear(name: str, program: "subprocess.Popen[str]", heard: "Queue[tuple[str, str]]") -> None:
    for line in program.stdout or ():
        if line.startswith("{"):
            heard.put((name, line))
    heard.put((name, ""))


def _keep(
    about: dict[str, Any], rows: list[dict[str, Any]], row: dict[str, Any], out: Path
) -> None:
    rows.append({key: value for key, value in row.items() if key != "kind"})
    report.write(report.gather(about, rows), out)


def _program() -> str:
    git = shutil.which("git")
    if git is None:
        return "unknown"
    done = subprocess.run(
        [git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--orders", type=int, default=10_000, help="on each database, at least")
    parser.add_argument("--databases", default=",".join(DATABASES))
    parser.add_argument("--minutes", type=float, default=240.0, help="end after so many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=report.FOLDER, help="for the report")
    parser.add_argument(
        "--resume", action="store_true", help="go on with what the last run left of its report"
    )
    parser.add_argument("--played", default="{}", help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=DATABASES, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
