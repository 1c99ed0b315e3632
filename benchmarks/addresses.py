"""What the completion of addresses costs on the box.

    python benchmarks/addresses.py

Writes an invented file of half a million doors in the format of the Base Adresse Nationale, about
a département, builds the index from it and asks it. Prints one line a figure.
"""

import gzip
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

TOWNS, STREETS, DOORS = 200, 100, 25
HEADER = "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;x;y;lon;lat"
SYLLABLES = [
    "ba",
    "ro",
    "li",
    "ment",
    "ca",
    "vel",
    "tour",
    "sau",
    "mar",
    "chi",
    "len",
    "vi",
    "gou",
    "pes",
    "tan",
    "dri",
]
KINDS = ("Rue", "Avenue", "Impasse", "Boulevard", "Place")
ASKED = ("mar", "12 rue", "rue", "12 bou mar", "mar tour")


def say(what: str, value: float, unit: str) -> None:
    print(f"{what:44s} {value:8.1f} {unit}")


def write(path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (invented names, no secret)

    def name() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))).capitalize()

    with gzip.open(path, "wt", compresslevel=1) as file:
        file.write(HEADER + "\n")
        for number in range(TOWNS):
            town, code = f"{name()}-sur-{name()}", f"99{number:03d}"
            for _ in range(STREETS):
                street = f"{chance.choice(KINDS)} de {name()} {name()}"
                for door in range(1, DOORS + 1):
                    file.write(f";;{door};;{street};{code};{code};{town};0;0;2;48\n")


def main() -> None:
    from kiosk.window.replica.addresses import AddressIndex

    with tempfile.TemporaryDirectory() as folder:
        file, box = Path(folder) / "adresses-99.csv.gz", Path(folder) / "box"
        write(file, seed=1)
        index = AddressIndex(box)
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
        index.use(file)
        say("index of half a million doors", time.perf_counter() - start, "s")
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        say("memory that it took", grown / 1024, "MB")
        say("disk that it takes", sum(p.stat().st_size for p in box.iterdir()) / 1e6, "MB")
        for text in ASKED:
            spent = []
            for _ in range(20):
                start = time.perf_counter()
                index.find(text)
                spent.append(time.perf_counter() - start)
            say(f"streets for {text!r}", 1000 * min(spent), "ms")
        index.close()


if __name__ == "__main__":
    main()
