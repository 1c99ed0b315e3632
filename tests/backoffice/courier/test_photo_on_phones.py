"""The courier's photo in a real browser: put in on their page, seen on the buyer's."""

from collections.abc import Callable

import pytest

from kiosk.backoffice.courier import passes
from kiosk.backoffice.courier.models import Courier
from kiosk.backoffice.courier.words import fr
from kiosk.backoffice.orders.deliveries import set_route
from kiosk.backoffice.orders.models import Delivery
from kiosk.shop.geo import Point
from tests.backoffice.backoffice_data import Window, make_product, make_shop
from tests.backoffice.conftest import Server
from tests.backoffice.courier.chromium import CHROMIUM, Chromium
from tests.backoffice.courier.rider import SHOP, make_courier, ready

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: apt-get install chromium"),
]
DOOR = Point(SHOP[0] + 0.01, SHOP[1])
# A photograph of the phone's, larger than what is kept.
CHOOSE = """(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 1200 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#b4552d"; pen.fillRect(0, 0, 900, 1200);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const chosen = new DataTransfer();
    chosen.items.add(new File([blob], "me.png", { type: "image/png" }));
    const field = document.querySelector(".face input[type=file]");
    document.querySelector(".face").open = true;
    field.files = chosen.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
})()"""
_SEEN = "document.querySelector('{}')?.naturalWidth === 256"


def test_from_one_phone_to_the_other_and_away_again(serve: Callable[..., Server]) -> None:
    make_shop()
    make_product(stock=9)
    courier = make_courier()
    order = ready(Window(), courier)
    url, say = serve().url, fr.WORDS
    with Chromium() as hers, Chromium() as theirs:
        hers.is_at(url, *SHOP)
        hers.open(f"{url}/c/enter/{passes.new_link(courier)[0]}")
        hers.press(say["enter"])
        hers.until("!!document.querySelector('.face') && document.readyState === 'complete'")
        hers.run(CHOOSE)
        hers.until("!!document.querySelector('.face .taken')")
        hers.press(say["face_send"])
        hers.until(_SEEN.format(".face summary img"))
        kept = Courier.objects.get().portrait
        assert kept is not None and len(bytes(kept)) < 20_000
        hers.press(say["start"])
        hers.until("document.getElementById('courier').dataset.share === '1'")
        set_route(Delivery.objects.get(), [Point(*SHOP), DOOR], [0.0, 300.0], DOOR)
        theirs.open(f"{url}/o/{order.token}")
        theirs.until(_SEEN.format(".by img"))
        assert theirs.run("document.querySelector('.by img').alt") == "Photo de Inès D."
        # A phone that hears nothing would not hear that she pauses.
        theirs.network(False)
        theirs.run("dispatchEvent(new Event('online'))")
        theirs.until("!!document.getElementById('link').textContent")
        assert theirs.run("!document.querySelector('.by img')")
        theirs.network(True)
        theirs.run("dispatchEvent(new Event('online'))")
        theirs.until(_SEEN.format(".by img"))
        hers.press(say["pause"])
        theirs.until("!document.querySelector('.by img') && !!document.querySelector('.by')")
        hers.press(say["resume"])
        theirs.until(_SEEN.format(".by img"))
        hers.run("document.querySelector('.face').open = true")
        hers.press(say["face_remove"])
        hers.until("!document.querySelector('.face summary img')")
        theirs.until("!document.querySelector('.by img')")
        assert theirs.run("document.querySelector('.by').textContent") == "Livraison par Inès D."
