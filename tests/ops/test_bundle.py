"""The packaged folder: nothing in it that opens a window from the inside."""

import subprocess
from pathlib import Path

import pytest

BUNDLE = Path(__file__).parents[2] / "dist" / "kiosk"
TOOLS = ("inspector", "console", "webdebugger", "monitor", "recorder", "keybinding")

pytestmark = pytest.mark.skipif(
    not (BUNDLE / "kiosk").exists(), reason="no bundle yet: `make package` builds it"
)


def modules() -> set[str]:
    """Every module that the bundle can import."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(BUNDLE / "kiosk"))
    inner = next(name for name in archive.toc if name.startswith("PYZ"))
    return set(archive.open_embedded_archive(inner).toc)


def test_kivys_developer_tools_are_gone() -> None:
    found = modules()
    assert "kivy.modules" in found and "kiosk.cli" in found
    for tool in TOOLS:
        assert f"kivy.modules.{tool}" not in found
    files = [path for path in BUNDLE.rglob("*") if "modules" in path.parts and path.is_file()]
    assert {path.stem for path in files}.isdisjoint(TOOLS)


def test_the_bundle_holds_the_shop_and_the_words_but_no_tests() -> None:
    inner = BUNDLE / "_internal"
    assert (inner / "catalog" / "products.csv").exists()
    assert (inner / "assets" / "brand" / "theme.toml").exists()
    assert list(inner.rglob("window/visit/locale/fr.po"))
    assert list(inner.glob("zxingcpp/*.so"))  # what reads phones' codes
    assert not any(name.startswith(("tests.", "pytest", "hypothesis")) for name in modules())


def test_the_bundle_is_stripped() -> None:
    library = next((BUNDLE / "_internal").glob("libpython3*.so*"))
    told = subprocess.run(["readelf", "-S", library], capture_output=True, text=True, check=True)
    assert ".symtab" not in told.stdout


def test_it_answers() -> None:
    told = subprocess.run([BUNDLE / "kiosk", "--version"], capture_output=True, text=True)
    assert told.returncode == 0 and told.stdout.startswith("kiosk ")
