"""The staff's and the buyer's pages take colours, faces and icon from the shop's theme.toml."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

import kiosk
from kiosk.backoffice.platform.branding import branding
from kiosk.backoffice.staff.theme import scale, unfold
from kiosk.contract.brand import COLOURS, load_brand

pytestmark = pytest.mark.usefixtures("database")
OURS = Path(settings.BRAND)


@pytest.fixture
def client() -> Client:
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Path]:
    """A brand of another shop: other colours and another face."""
    folder = tmp_path / "brand"
    shutil.copytree(OURS, folder)
    theme = folder / "theme.toml"
    text = theme.read_text("utf-8").replace("#A5391C", "#0A4B8C").replace("#F6F0E6", "#FAFAFF")
    text = text.replace("InstrumentSerif-Regular", "HankenGrotesk-SemiBold")
    theme.write_text(text, "utf-8")
    with override_settings(BRAND=folder):
        branding.cache_clear()
        yield folder
    branding.cache_clear()


def stylesheet(page: str) -> str:
    return re.search(r'href="(/brand/\w+/brand\.css)"', page)[1]


def test_the_buyers_page_wears_the_shops_brand(client: Client, theirs: Path) -> None:
    page = client.get("/o/" + "x" * 40).content.decode()
    assert '<meta name="theme-color" content="#FAFAFF">' in page
    css = client.get(stylesheet(page))
    text = css.content.decode()
    assert css.headers["Content-Type"].startswith("text/css")
    assert "--k-accent: #0A4B8C;" in text and "#A5391C" not in text
    for colour in COLOURS:
        assert f"--k-{colour.replace('_', '-')}: #" in text
    face = re.search(r"/brand/\w+/display\.ttf", text)[0]
    assert client.get(face).content == (theirs / "fonts/HankenGrotesk-SemiBold.ttf").read_bytes()
    icon = re.search(r'href="(/brand/\w+/icon\.svg)"', page)[1]
    assert client.get(icon).content == (theirs / "logo/icon.svg").read_bytes()


def test_staff_sign_in_under_the_shops_colours(client: Client, theirs: Path) -> None:
    page = client.get("/staff/login/").content.decode()
    assert "--k-accent: #0A4B8C;" in client.get(stylesheet(page)).content.decode()


def test_a_changed_file_has_a_new_address_and_the_old_one_is_not_kept(client: Client) -> None:
    now = branding().address("brand.css")
    assert "immutable" in client.get(now).headers["Cache-Control"]
    old = client.get("/brand/0123456789ab/brand.css")
    assert (old.status_code, old.headers["Cache-Control"]) == (200, "no-cache")
    assert client.get("/brand/0123456789ab/theme.toml").status_code == 404


def test_no_page_names_a_colour_or_a_face_of_one_brand() -> None:
    found = []
    for path in (Path(kiosk.__file__).parent / "backoffice").rglob("*"):
        if path.suffix in (".css", ".html", ".js"):
            found += re.findall(r"#[0-9a-fA-F]{6}\b|Hanken|Instrument Serif", path.read_text())
    assert found == []


def test_the_toolkits_steps_run_from_light_to_dark_through_the_brands_own() -> None:
    brand = load_brand(OURS)
    colours = unfold(brand)["COLORS"]
    assert colours["primary"]["600"].upper() == brand.day["accent"]
    assert colours["base"]["900"].upper() == brand.day["ink"]
    for steps in (colours["primary"], colours["base"]):
        light = [sum(int(value[i : i + 2], 16) for i in (1, 3, 5)) for value in steps.values()]
        assert len(light) == 11 and light == sorted(light, reverse=True)
    assert scale({"50": "#000000", "950": "#0a0a0a"})["500"] == "#050505"
