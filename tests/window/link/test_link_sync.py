"""The copy of the shop: fetched, kept through outages, swapped whole."""

import pytest
from conftest import HURRIED, eventually
from replica_data import changes, picture, picture_bytes, product, profile, sha

from kiosk.shop.selection import EVERYTHING, Selection
from kiosk.window.link import (
    CatalogueChanged,
    MapReady,
    Offline,
    Online,
    PictureReady,
    ProfileChanged,
    SyncProgress,
)


def shelf(office, count, **more):
    pictures = [picture_bytes(n) for n in range(count)]
    office.pictures |= {sha(data): data for data in pictures}
    office.products = [
        product(n, pictures=(picture(data),), **more) for n, data in enumerate(pictures)
    ]
    return pictures


def test_a_new_box_fetches_shop_shelves_pictures_and_map(office, news, new_link):
    pictures = shelf(office, 30)
    office.page = 7
    office.maps[sha(b"map")] = b"map"
    office.profile = profile(map_sha256=sha(b"map"))
    link = new_link()
    news.until(MapReady)
    eventually(lambda: all(link.pictures.path(sha(data)) for data in pictures))
    assert link.catalogue.count(Selection("vases")) == 30
    assert link.catalogue.profile() == office.profile
    assert [e for e in news if isinstance(e, Online | Offline)] == [Online()]
    assert len(news.of(ProfileChanged)) == 1
    # Five pages: told after the first, the second, the fourth and the last.
    assert len(news.of(CatalogueChanged)) == 4
    eventually(lambda: any(p.done == p.total == 30 for p in news.of(SyncProgress)))
    assert link.online


def test_posters_and_first_pieces_do_not_wait_for_the_last_page(office, news, new_link):
    shelf(office, 30)
    hero = picture_bytes(200)
    office.pictures[sha(hero)] = hero
    shown = {"id": "h", "picture": picture(hero), "line": {"fr": "Bonsoir"}}
    office.page, office.profile = 10, profile(heroes=[shown])
    office.fault("/catalogue/changes", "")
    office.fault("/catalogue/changes", "500", 1000)
    link = new_link()
    eventually(lambda: link.pictures.path(sha(hero)))
    eventually(lambda: link.catalogue.count() == 10)
    news.until(CatalogueChanged)
    office.heal()
    eventually(lambda: link.catalogue.count() == 30)


def test_what_came_before_an_outage_is_told(office, news, new_link):
    shelf(office, 50)
    office.page = 10
    office.fault("/catalogue/changes", "", 3)
    office.fault("/catalogue/changes", "500", 1000)
    link = new_link()
    eventually(lambda: link.catalogue.count() == 30)
    assert len(news.until(CatalogueChanged, 3)) == 3
    assert link.catalogue.count() == 30


def test_pictures_that_are_here_are_not_looked_through_at_the_next_start(
    office, news, new_link, monkeypatch
):
    pictures = shelf(office, 30)
    link = new_link()
    eventually(lambda: all(link.pictures.path(sha(data)) for data in pictures))
    eventually(lambda: any(p.done == p.total == 30 for p in news.of(SyncProgress)))
    eventually(lambda: link.catalogue.note("pictures_of"))
    assert link.stop()
    walked = []
    again = new_link(started=False)
    lists = again.catalogue.picture_lists
    monkeypatch.setattr(again.catalogue, "picture_lists", lambda *a: walked.append(a) or lists(*a))
    again.start()
    news.until(Online, 2)
    eventually(lambda: again._fetcher._through is not None)
    assert not walked
    office.products = [*office.products, product(31)]
    office.emit("catalogue")
    eventually(lambda: walked)


def test_hints_bring_changes_and_nothing_is_fetched_twice(office, news, new_link):
    pictures = shelf(office, 3)
    link = new_link()
    news.until(PictureReady, 3)
    office.products = [*office.products, product(9)]
    office.emit("catalogue")
    eventually(lambda: link.catalogue.count() == 4)
    office.profile, office.etag = profile(version=2), "2"
    office.emit("profile")
    eventually(lambda: link.catalogue.profile().version == 2)
    assert all(office.asked[f"/pictures/{sha(data)}"] == 1 for data in pictures)


@pytest.mark.parametrize("fault", ["reset", "truncate json", "garble", "500", "hang"])
@pytest.mark.parametrize("path", ["/hello", "/profile", "/catalogue/changes", "/pictures"])
def test_an_outage_at_any_step_is_made_good(office, news, new_link, path, fault):
    pictures = shelf(office, 2)
    office.fault(path, fault)
    link = new_link(pace=HURRIED)
    eventually(
        lambda: link.catalogue.count() == 2 and all(link.pictures.path(sha(d)) for d in pictures)
    )


def test_a_picture_with_another_hash_is_refused_and_the_others_come(office, news, new_link):
    pictures = shelf(office, 3)
    office.pictures[sha(pictures[1])] = pictures[0]
    link = new_link()
    news.until(PictureReady, 2)
    eventually(lambda: office.asked[f"/pictures/{sha(pictures[1])}"])
    assert link.pictures.path(sha(pictures[1])) is None


def test_without_a_back_office_the_box_shows_what_it_has(office, news, new_link):
    shelf(office, 2)
    link = new_link()
    news.until(PictureReady, 2)
    assert link.stop()
    office.stop()
    again = new_link()
    news.until(Offline)
    assert again.catalogue.count() == 2
    assert not again.online
    office.start()
    news.until(Online, 2)


def test_another_epoch_swaps_the_catalogue_whole(office, news, new_link):
    shelf(office, 5)
    link = new_link()
    news.until(CatalogueChanged)
    office.page = 2
    office.fault("/catalogue/changes", "", 2)
    office.fault("/catalogue/changes", "500", 1)
    office.epoch, office.products = "e2", [product(n) for n in range(20, 25)]
    counts = set()
    office.emit("catalogue")

    def swapped():
        counts.add(link.catalogue.count())
        return link.catalogue.epoch == "e2"

    eventually(swapped)
    assert counts == {5}
    rows = link.catalogue.page(EVERYTHING, None, 10).rows
    assert [r.product_id for r in rows] == [f"p0000{n}" for n in range(20, 25)]


def test_a_page_that_cannot_be_leads_to_a_whole_new_catalogue(office, news, new_link):
    shelf(office, 2)
    link = new_link()
    news.until(CatalogueChanged)
    with link.catalogue._writing() as db:
        db.execute("UPDATE state SET epoch = 'x1'")
    office.products = [*office.products, product(7)]
    office.emit("catalogue")
    eventually(lambda: link.catalogue.count() == 3)
    assert link.catalogue.epoch == "e1"


def test_a_revoked_window_is_offline_and_says_why(office, news, new_link):
    link = new_link()
    news.until(Online)
    for path in ("/profile", "/events"):
        office.fault(path, "401", 1000)
    office.stop()
    office.start()
    eventually(lambda: any("enrol" in e.reason for e in news.of(Offline)))
    # It has an answer now and then, before it is refused again.
    eventually(lambda: not link.online)


def test_a_picture_on_the_glass_comes_before_all_others(office, news, new_link):
    pictures = shelf(office, 40)
    link = new_link(started=False)
    link.catalogue.apply(changes(office.products, epoch="e1", cursor="e1-40"))
    wanted = sha(pictures[39])
    assert link.picture(wanted) is None
    link.start()
    first = news.until(PictureReady, 8)[:8]
    assert wanted in [event.sha256 for event in first]
    assert link.picture(wanted) is not None


def test_a_full_store_stops_fetching_and_keeps_the_front(office, news, new_link):
    pictures = shelf(office, 40)
    link = new_link(picture_bytes=sum(len(d) for d in pictures[:30]))
    news.until(PictureReady, 24)
    eventually(lambda: link.pictures.room_bytes < len(pictures[0]) + 20)
    front = [r.picture.renditions[0].sha256 for r in link.catalogue.page(EVERYTHING, None, 24).rows]
    assert all(link.pictures.path(s) for s in front)
    assert link.pictures.used_bytes <= sum(len(d) for d in pictures[:30])
