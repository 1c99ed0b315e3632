"""The plan of a shop.toml: what it brings, what it leaves alone, what is refused."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from kiosk.backoffice.importing.importer import import_catalogue
from kiosk.backoffice.importing.model import CatalogueError
from kiosk.backoffice.importing.shopfile import read_shop
from kiosk.backoffice.platform.models import Hero, PlannedWindow, Shop
from tests.backoffice.importing.feeds import REPOSITORY, SHOP_FILE, row, shopify

pytestmark = pytest.mark.usefixtures("database")
DEMO = (REPOSITORY / "catalog/shop.toml").read_text(encoding="utf-8")
SHOP = (
    SHOP_FILE
    + """[[heroes]]
picture = "hero.png"
planned_only = true
"""
)
PLAN = """
[[windows]]
id = "winter"
since = 2026-12-01
weekdays = ["saturday", "friday"]
hours = ["18:00-02:00"]
posters = ["hero.png"]
theme = "night"
[[windows]]
id = "drop"
products = ["vase"]
drop_at = 2026-12-10T18:00:00
[dark_hours]
monday = ["23:00-07:00"]
around_opening_minutes = 60
[[dark_hours.special]]
date = 2026-12-31
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.new("RGB", (540, 960)).save(tmp_path / "hero.png")
    shopify(tmp_path / "products.csv", row("vase", "Vase", "42"))
    (tmp_path / "shop.toml").write_text(SHOP + PLAN, encoding="utf-8")
    return tmp_path


def say(folder: Path, text: str) -> None:
    (folder / "shop.toml").write_text(text, encoding="utf-8")
    assert not import_catalogue(folder).report.refused


def test_a_plan_is_imported_in_its_order_and_in_the_shops_hours(folder: Path) -> None:
    import_catalogue(folder)
    winter, drop = PlannedWindow.objects.all()
    assert (winter.key, winter.since, winter.weekdays) == ("winter", date(2026, 12, 1), [4, 5])
    assert list(winter.heroes.all()) == list(Hero.objects.filter(planned_only=True))
    assert drop.drop_at == datetime(2026, 12, 10, 18, tzinfo=ZoneInfo("Europe/Paris"))
    assert [product.handle for product in drop.products.all()] == ["vase"]
    shop = Shop.objects.get()
    assert shop.dark_weekly[0] == ["23:00-07:00"] and shop.dark_weekly[1] == []
    assert shop.dark_special == [{"date": "2026-12-31", "intervals": []}]
    assert shop.dark_around_opening == 60


def test_the_same_plan_again_changes_nothing_and_a_plan_by_hand_stays(folder: Path) -> None:
    import_catalogue(folder)
    PlannedWindow.objects.filter(key="drop").update(title={"fr": "Dit par l’équipe"})
    PlannedWindow.objects.create(theme="day")
    assert not import_catalogue(folder).changed
    assert PlannedWindow.objects.get(key="drop").title
    say(folder, SHOP + PLAN.replace("18:00-02:00", "19:00-02:00"))
    assert PlannedWindow.objects.get(key="winter").dayparts == ["19:00-02:00"]
    say(folder, SHOP)
    assert [window.theme for window in PlannedWindow.objects.all()] == ["day"]


def test_a_drop_of_a_product_that_is_not_there_is_warned_of(folder: Path) -> None:
    (folder / "shop.toml").write_text(SHOP + PLAN.replace('["vase"]', '["vsae"]'), encoding="utf-8")
    problems = [str(problem) for problem in import_catalogue(folder).report.problems]
    assert any("drop names vsae" in problem for problem in problems)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('hours = ["16:30-01:00"]', 'hours = ["dusk"]', "write 22:00-02:00"),
        ('"pictures/hero-nuit-lampe.webp",', '"pictures/none.webp",', "which no hero has"),
        ('id = "hiver"', 'id = "fetes"', "id of its own"),
        ("since = 2026-12-05", "since = 2027-12-05", "until lies before since"),
        ('products = ["affiche-lucarne"]', "", "a drop needs the products"),
        ('theme = "fetes"', "", "needs posters, products or a theme"),
        ('monday = ["01:00-07:00"]', 'monday = ["1-7"]', "dark_hours.monday"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_in_one_line(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    assert old in DEMO
    path = tmp_path / "shop.toml"
    path.write_text(DEMO.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        read_shop(path)
    assert reason in str(error.value) and "\n" not in str(error.value)


def test_the_demo_shop_plans_what_it_sells() -> None:
    shop = read_shop(REPOSITORY / "catalog/shop.toml")
    sold = (REPOSITORY / "catalog/products.csv").read_text(encoding="utf-8")
    assert any(window.drop_at for window in shop.windows) and any(shop.dark_hours.weekly)
    for window in shop.windows:
        assert all(f"\n{handle}," in sold for handle in window.products)
