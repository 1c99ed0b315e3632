"""Memories that were put back, copied or opened twice, and goods that changed (14, 16, 17, 19)."""

import csv
import random
import shutil
import time
from pathlib import Path

from tests.faults.bench.cases.case import Case
from tests.faults.bench.office import eventually
from tests.faults.bench.proxy import Weather
from tests.faults.bench.stand import Stand
from tests.faults.bench.window import Window

POISON_S = 180


def restored(stand: Stand, orders: int, seed: int) -> None:
    """An older backup is put back; what was ordered since is offered again."""
    third = max(1, orders // 3)
    stand.window.orders(third, seed=seed)
    stand.office.keep_a_copy()
    stand.window.orders(third, seed=seed + 1)
    stand.drain()
    before = stand.rows()
    stand.office.kill()
    stand.office.put_back()
    assert stand.rows() < before, "the backup is older"
    stand.office.start()
    stand.proof["restored"] += 1
    stand.window.orders(third, seed=seed + 2)
    # Those of before, besides the new ones: which alone are as many as the backup lacked.
    eventually(lambda: stand.rows() >= before + third, "the orders offered again", 60)


def restored_under_way(stand: Stand, orders: int, seed: int) -> None:
    """An older backup is put back while an answer of the newer memory is still on its way."""
    stand.office.keep_a_copy()
    stand.proxy.set(Weather(shares={"tarry": 100}))
    stand.window.orders(min(orders, 4), seed=seed)
    eventually(lambda: stand.proxy.did["tarry"], "an answer on its way")
    stand.office.kill()
    stand.office.put_back()
    stand.office.start()
    stand.proof["restored"] += 1
    time.sleep(2.5)


def cloned(stand: Stand, orders: int, seed: int) -> None:
    """A box's folder is copied to another box, with orders waiting; both sell."""
    half = max(1, orders // 2)
    stand.proxy.set(Weather(cut=True))
    stand.window.orders(half, seed=seed)
    stand.window.stop()
    clone = Window(
        f"{stand.window.name}-clone-{seed}",
        stand.folder / f"clone-{seed}",
        stand.proxy.url,
        str(stand.window.told["token"]),
        stand.journal,
    )
    clone.marks = stand.window.marks
    shutil.copytree(stand.window.folder, clone.folder)
    stand.proof["copied"] += 1
    stand.window.start()
    clone.start()
    stand.proxy.mend()
    try:
        for window in (stand.window, clone):
            window.begin_orders(half, seed=seed + 1)
        for window in (stand.window, clone):
            window.wait_for("played", 120)
        eventually(lambda: not clone.state()["waiting"], "a clone that has sent everything", 60)
    finally:
        clone.stop()
        shutil.rmtree(clone.folder, ignore_errors=True)


def rolled_back(stand: Stand, orders: int, seed: int) -> None:
    """A box gets an older copy of its folder back; all that it had sold was sent."""
    third = max(1, orders // 3)
    folder, copy = stand.window.folder, stand.folder / f"older-{seed}"
    stand.proxy.set(Weather(cut=True))
    stand.window.orders(third, seed=seed)
    stand.window.stop()
    shutil.copytree(folder, copy)
    stand.proxy.mend()
    stand.window.start()
    stand.window.orders(third, seed=seed + 1)
    stand.drain()
    stand.window.stop()
    shutil.rmtree(folder)
    copy.rename(folder)
    stand.proof["rolled back"] += 1
    stand.window.start()
    stand.window.orders(third, seed=seed + 2)


def opened_twice(stand: Stand, orders: int, seed: int) -> None:
    """A second window on the same folder ends at once, and says why; the first sells on."""
    window = stand.window
    window.begin_orders(orders, seed=seed)
    second = Window("second", window.folder, stand.proxy.url, window.told["token"], stand.journal)
    second.start(wait=False)
    assert second.buried(60) != 0
    assert "in use" in second.last_words()
    stand.proof["turned away"] += 1
    window.wait_for("played", 120)


def changed_goods(stand: Stand, orders: int, seed: int) -> None:
    """Prices rise and pieces go while orders wait: they come as they were meant, for review."""
    stand.ample = False
    stand.proxy.set(Weather(cut=True))
    stand.window.orders(orders, seed=seed)
    before = reviews(stand)
    change_goods(stand, seed)
    stand.proxy.mend()
    stand.drain()
    stand.proof["for review"] += reviews(stand) - before


def change_goods(stand: Stand, seed: int) -> None:
    """As staff do who import a newer file."""
    catalogue = stand.folder / f"changed-{seed}"
    shutil.copytree(stand.office.folder.with_name("office-goods"), catalogue, dirs_exist_ok=True)
    _change(catalogue / "products.csv", random.Random(seed))
    stand.office.import_from(catalogue)


def reviews(stand: Stand) -> int:
    sql = "SELECT count(*) FROM orders_order WHERE status = 'needs_review'"
    return int(stand.office.ask(sql)[0][0])


def _change(path: Path, chance: random.Random) -> None:
    """Two thirds of the prices rise, and some pieces are taken off the shelf."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    gone = {row["Handle"] for row in rows if row["Title"] and chance.random() < 0.2}
    for row in rows:
        if row["Handle"] in gone and row["Status"]:
            row["Status"] = "archived"
        if row["Variant Price"] and chance.random() < 0.66:
            row["Variant Price"] = f"{float(row['Variant Price']) + 5:.2f}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def poisoned(stand: Stand, orders: int, seed: int) -> None:
    """Some orders make the back office fail whenever it sees them: the others pass them by."""
    poison = stand.marks.folder / "poison"
    poison.write_text("0123")  # those whose intent begins so: a quarter
    parked = lambda: stand.window.state()["parked"]  # noqa: E731
    try:
        stand.window.orders(max(orders, 12), seed=seed)
        stand.drain(POISON_S)
        eventually(parked, "a parked order", POISON_S)
    finally:
        poison.unlink()
    stand.proof["parked"] += parked()
    # Once mended, it is tried again when the window starts.
    stand.window.stop()
    stand.window.start()
    eventually(lambda: not parked(), "no order parked any more", 60)


MEMORIES = (
    Case(14, "a second window on the same folder", opened_twice, ("turned away",)),
    Case(16, "back office restored from an older backup", restored, ("restored",)),
    Case(16, "restored while answers are on their way", restored_under_way, ("restored", "tarry")),
    Case(17, "window cloned", cloned, ("copied",)),
    Case(17, "window rolled back", rolled_back, ("rolled back",)),
    Case(19, "prices and pieces change meanwhile", changed_goods, ("for review",)),
    Case(20, "poisoned orders", poisoned, ("office.poison", "parked")),
)
