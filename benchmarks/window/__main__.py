"""The window beside a Chromium kiosk: real programs, real X input, watched from outside.

    python -m benchmarks.window --products 1000,10000,100000 --runs 3 --busy

Needs Debian's xvfb, and chromium for the column beside ours. What is measured, and how:
benchmarks/window/README.md, where the figures are written too.
"""

import argparse
import contextlib
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.window import catalogue, machine, office, report, rows, stage
from benchmarks.window.peers import Chromium, Peer, Vitrine
from benchmarks.window.session import Session
from benchmarks.window.xlib import StageError

PEERS = ("vitrine", "chromium")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.window", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--products", type=_counts, default=[1000], metavar="N[,N…]")
    parser.add_argument("--runs", type=int, default=3, help="of each program (default: 3)")
    parser.add_argument(
        "--peers", type=_names(PEERS), default=list(PEERS), help=f"of {', '.join(PEERS)}"
    )
    parser.add_argument(
        "--rows", type=_names(rows.KEYS), default=list(rows.KEYS), metavar="ROW[,ROW…]",
        help=f"write only these, of {', '.join(rows.KEYS)}",
    )  # fmt: skip
    parser.add_argument("--cores", type=int, default=2, help="for everything (default: 2)")
    parser.add_argument("--busy", action="store_true", help="something keeps one core busy")
    parser.add_argument(
        "--attract", type=float, default=40.0, metavar="S", help="watch the posters so long"
    )
    parser.add_argument(
        "--kiosk", type=Path, metavar="FILE", help="a built bundle instead of this checkout"
    )
    parser.add_argument(
        "--work", type=Path, metavar="DIR", default=Path("/tmp/vitrine-benchmark"),  # noqa: S108
        help="catalogues, back offices and replicas are kept here (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--pictures", type=Path, metavar="DIR", help="keep what the screens showed, as PNG"
    )
    parser.add_argument("--dry", action="store_true", help="print the figures, write no report")
    return parser.parse_args()


def _counts(text: str) -> list[int]:
    return [int(part.replace("_", "")) for part in text.split(",")]


def _names(known: tuple[str, ...]) -> "_Names":
    return _Names(known)


class _Names:
    """Reads "a,b" and says which names there are."""

    def __init__(self, known: tuple[str, ...]) -> None:
        self._known = known

    def __call__(self, text: str) -> list[str]:
        names = text.split(",")
        for name in names:
            if name not in self._known:
                raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(self._known)}")
        return names


@contextlib.contextmanager
def peers(options: argparse.Namespace, products: int) -> Iterator[list[Peer]]:
    """The programs to compare, each with a server that has the same `products`."""
    work: Path = options.work
    folder = catalogue.write(work / f"catalogue-{products}", products, work / "photographs")
    kiosk = [str(options.kiosk)] if options.kiosk else [sys.executable, "-m", "kiosk"]
    with contextlib.ExitStack() as servers:
        found: list[Peer] = []
        if "vitrine" in options.peers:
            shop = servers.enter_context(office.running(kiosk, work / f"office-{products}", folder))
            _say("filling the replica, asking where things are")
            found.append(Vitrine(kiosk, shop, work / f"replica-{products}", products))
        if "chromium" in options.peers:
            found.append(Chromium(servers.enter_context(storefront(folder))))
        yield found


@contextlib.contextmanager
def storefront(folder: Path) -> Iterator[str]:
    """The storefront's server in a process of its own; yields its address."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.window.storefront", str(folder)],
        stdout=subprocess.PIPE,
    )
    try:
        assert server.stdout is not None  # noqa: S101 (opened as a pipe above)
        yield server.stdout.readline().decode().strip()
    finally:
        stage.stop(server)


def measure(options: argparse.Namespace, products: int, cores: int) -> report.Taken:
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in options.peers}
    with peers(options, products) as compared, stage.x_server() as name:
        before = machine.load()
        with stage.busy(options.busy), stage.opened(name) as display:
            for number in range(options.runs):
                for peer in compared:
                    _say(f"{products} products, run {number + 1}: {peer.name}")
                    session = Session(
                        peer, display, name, options.work / "profiles",
                        wanted=options.rows, attract_s=options.attract,
                        seed=number, album=options.pictures,
                    )  # fmt: skip
                    found = session.rows() | {"installed_mb": peer.installed_mb()}
                    _print(found)
                    runs[peer.name].append({k: v for k, v in found.items() if k in options.rows})
        conditions = {
            "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), "runs": options.runs,
            "busy": options.busy, "bundle": bool(options.kiosk),
            "load": [before, machine.load()], "machine": machine.describe(cores),
        }  # fmt: skip
    return report.Taken(products, conditions, runs)


def _say(words: str) -> None:
    print(f"· {words}", file=sys.stderr, flush=True)


def _print(found: dict[str, float]) -> None:
    for row in rows.ROWS:
        if row.key in found:
            print(f"  {row.title:52s} {found[row.key]:10.{row.digits}f} {row.unit}", flush=True)


def main() -> int:
    options = arguments()
    cores = machine.limit_cores(options.cores)
    try:
        for products in options.products:
            taken = measure(options, products, cores)
            if not options.dry:
                report.write(taken)
    except StageError as error:
        print(f"benchmark: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
