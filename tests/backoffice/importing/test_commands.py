"""`kiosk catalogue` as ops and staff use it."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.backoffice.importing.feeds import REPOSITORY, row, shopify


def kiosk(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "kiosk", "catalogue", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_check_says_what_is_wrong_by_row(tmp_path: Path) -> None:
    path = shopify(
        tmp_path / "p.csv",
        row("a", "A", "1", Image_Src="x.png"),
        row("b", "B", "-1"),
        row("c", "C"),
    )
    done = kiosk("check", path)
    assert done.returncode == 1 and not done.stdout
    lines = done.stderr.splitlines()
    assert lines[0] == "error: row 3: a price of -1 is below nothing: correct it"
    assert "warning: row 4: no price: this piece is left out" in lines
    assert "warning: picture 'x.png' is not in" in done.stderr
    told = json.loads(kiosk("check", path, "--json").stdout)
    assert not told["ok"] and told["problems"][0]["row"] == 3


def test_check_of_the_demo_shop() -> None:
    done = kiosk("check", REPOSITORY / "catalog")
    assert done.returncode == 0 and "products" in done.stdout


@pytest.mark.parametrize("name", ["nothing.csv", "."])
def test_a_path_that_holds_no_catalogue(tmp_path: Path, name: str) -> None:
    done = kiosk("check", tmp_path / name)
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 2


def test_wrong_usage() -> None:
    assert kiosk("import").returncode == 2
    assert "Example:" in kiosk("export", "--help").stdout


@pytest.mark.usefixtures("sqlite_files")
def test_what_is_exported_imports_again_and_is_no_formula(tmp_path: Path, new_data: Path) -> None:
    data, shop = tmp_path / "data", tmp_path / "written"
    shutil.copytree(new_data, data)
    path = shopify(
        tmp_path / "p.csv",
        row("a", "=HYPERLINK(1)", "12.50", Variant_SKU="S1", Option1_Name="Taille")
        | {"Option1 Value": "+1", "Body (HTML)": "<p>Un &lt;b&gt;</p><p>deux</p>"},
        row("a", price="14", Variant_SKU="S2", Option1_Value="-2", Variant_Inventory_Qty="3"),
    )
    assert kiosk("import", path, "--data", data).returncode == 0
    shop.mkdir()
    assert kiosk("export", shop / "products.csv", "--data", data).returncode == 0
    with (shop / "products.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for cells in csv.reader(file) for cell in cells]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r") and cell]
    assert "'=HYPERLINK(1)" in cells
    again = kiosk("import", shop / "products.csv", "--data", new_data, "--json")
    assert json.loads(again.stdout)["added"] == 1
    assert kiosk("export", tmp_path / "two.csv", "--data", new_data).returncode == 0
    assert (tmp_path / "two.csv").read_bytes() == (shop / "products.csv").read_bytes()


def test_an_import_that_is_refused_says_so_in_its_code(tmp_path: Path, new_data: Path) -> None:
    path = shopify(tmp_path / "p.csv", row("a", "A", "nan"))
    done = kiosk("import", path, "--data", new_data)
    assert done.returncode == 1 and "nothing was written" in done.stderr
