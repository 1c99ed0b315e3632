"""The catalogue's copy: pages, search, staging, damage."""

import threading
from datetime import date

import pytest
from replica_data import changes, picture, picture_bytes, product, profile

from kiosk.contract import CatalogueChanges
from kiosk.shop.catalogue import Variant
from kiosk.shop.money import Money
from kiosk.shop.reviews import Rating, Review
from kiosk.shop.selection import EVERYTHING, Selection
from kiosk.window.replica import CatalogueRejected, CatalogueReplica
from kiosk.window.replica.cards import card_json
from kiosk.window.replica.database import Database
from kiosk.window.replica.feed import MIGRATIONS, PRODUCT


@pytest.fixture
def replica(tmp_path):
    replica = CatalogueReplica(tmp_path / "catalogue.db")
    yield replica
    replica.close()


def search(replica, words, limit):
    return replica.page(Selection(words=words), None, limit).rows


def ids(rows):
    return [row.product_id for row in rows]


def all_ids(replica, category=None, size=7):
    found, after = [], None
    while True:
        page = replica.page(Selection(category), after, size)
        found += ids(page.rows)
        after = page.after
        if after is None:
            return found


def test_pages_follow_the_shop_s_order_without_gap_or_repeat(replica):
    wanted = [product(n, "vases" if n % 3 else "bowls", position=n % 5) for n in range(50)]
    replica.apply(changes(wanted))
    order = [p.id for p in sorted(wanted, key=lambda p: (p.position, p.title["fr"].lower(), p.id))]
    assert all_ids(replica) == order
    bowls = {p.id for p in wanted if p.category_id == "bowls"}
    assert all_ids(replica, "bowls", 4) == [i for i in order if i in bowls]


def test_a_page_that_ends_exactly_at_its_limit_is_followed_by_an_empty_one(replica):
    replica.apply(changes([product(1), product(2)]))
    page = replica.page(Selection("vases"), None, 2)
    assert replica.page(Selection("vases"), page.after, 2).rows == ()


def test_the_page_that_was_read_last_is_at_hand_until_it_is_another_or_forgotten(replica):
    replica.apply(changes([product(1), product(2)]))
    asked = Selection(words="vase")
    assert replica.first_page(asked, 9) is None
    page = replica.page(asked, None, 9)
    assert replica.first_page(asked, 9) is page and len(page.rows) == 2
    assert replica.first_page(EVERYTHING, 9) is None and replica.first_page(asked, 8) is None
    replica.apply(changes([product(3)], cursor="c2"))
    assert replica.first_page(asked, 9) is None
    replica.page(asked, None, 9)
    replica.forget()
    assert replica.first_page(asked, 9) is None


def test_a_card_says_what_the_wall_shows(replica):
    variants = (
        Variant("a", "A", Money(4500, "EUR"), stock=2, compare_at=Money(6000, "EUR")),
        Variant("b", "B", Money(5500, "EUR"), stock=1),
    )
    drawn = picture(picture_bytes())
    replica.apply(changes([product(1, variants=variants, pictures=(drawn,))]))
    (card,) = replica.page(EVERYTHING, None, 5).rows
    assert card.title["fr"] == "Vase céladon 1"
    assert (card.price_from, card.has_range) == (Money(4500, "EUR"), True)
    assert card.compare_at == Money(6000, "EUR")
    assert (card.available, card.left) == (True, 3)
    assert card.picture == drawn


def test_a_whole_product_comes_back_as_it_was_sent_but_safe_to_draw(replica):
    sent = product(1, story={"fr": "Un\u202e piège\x00"}, title={"fr": "Vase\x07 bleu"})
    replica.apply(changes([sent]))
    got = replica.product(sent.id)
    assert got is not None
    assert got.variants == sent.variants
    assert (got.title["fr"], got.story["fr"]) == ("Vase bleu", "Un piège")
    assert replica.product("nothing") is None
    assert list(replica.products(["p000009", sent.id])) == [sent.id]


def test_shelves_are_the_shop_s_categories_that_hold_something(replica):
    replica.set_profile(profile(), "tag")
    replica.apply(changes([product(1), product(2), product(3, "bowls")]))
    assert [(s.id, s.count) for s in replica.categories()] == [("vases", 2), ("bowls", 1)]
    assert (replica.count(Selection("vases")), replica.count()) == (2, 3)
    assert replica.note("profile_etag") == "tag"


def test_deltas_change_replace_and_remove(replica):
    replica.apply(changes([product(1), product(2)]))
    before = replica.version
    gold = product(1, "bowls", version=2, title={"fr": "Bol doré"})
    assert replica.apply(changes([gold], cursor="c2", deletions=["p000002"]))
    assert replica.version != before
    assert (all_ids(replica), replica.cursor) == (["p000001"], "c2")
    assert replica.count(Selection("vases")) == 0
    assert ids(search(replica, "dore", 5)) == ["p000001"]
    assert search(replica, "céladon", 5) == ()
    before = replica.version
    assert not replica.apply(changes(cursor="c3"))
    assert replica.version == before


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("CELADON", ["p000001"]),
        ("céla vase", ["p000001"]),
        ("doeuff", ["p000001", "p000002"]),
        ("SKU2", ["p000002"]),
        ('" OR *', []),
        ("!?", []),
        ("title:vase) --", ["p000001"]),
    ],
)
def test_search_finds_beginnings_of_words_whatever_their_accents(replica, typed, found):
    replica.apply(changes([product(1), product(2, title={"fr": "Bol gris"})]))
    assert sorted(ids(search(replica, typed, 10))) == found


def test_the_first_catalogue_is_shown_as_it_comes_and_goes_on_after_a_restart(tmp_path):
    path = tmp_path / "catalogue.db"
    replica = CatalogueReplica(path)
    assert replica.apply(changes([product(1)], cursor="n1", reset=True, more=True))
    assert (all_ids(replica), replica.cursor) == (["p000001"], "n1")
    replica.close()
    again = CatalogueReplica(path)
    assert again.cursor == "n1"
    assert again.apply(changes([product(2)], cursor="n2"))
    assert all_ids(again) == ["p000001", "p000002"]
    again.close()


def test_a_reset_is_staged_and_swapped_with_its_last_page(replica):
    replica.apply(changes([product(1), product(2)], cursor="old"))
    before = replica.version
    fresh = {"epoch": "e2", "reset": True, "more": True}
    assert not replica.apply(changes([product(7)], cursor="n1", **fresh))
    assert (all_ids(replica), replica.epoch) == (["p000001", "p000002"], "e1")
    assert (replica.version, replica.cursor) == (before, "n1")
    assert search(replica, "7", 5) == ()
    assert replica.apply(changes([product(8)], epoch="e2", cursor="n2"))
    assert (all_ids(replica), replica.epoch, replica.cursor) == (["p000007", "p000008"], "e2", "n2")
    assert ids(search(replica, "7", 5)) == ["p000007"]
    assert replica.version != before
    replica.sweep()
    assert replica._read("SELECT count(*) FROM product") == [(2,)]
    assert len(search(replica, "vase", 9)) == 2


def test_a_staged_catalogue_survives_a_restart_and_goes_on(tmp_path):
    path = tmp_path / "catalogue.db"
    replica = CatalogueReplica(path)
    replica.apply(changes([product(1)]))
    replica.apply(changes([product(7)], epoch="e2", cursor="n1", reset=True, more=True))
    replica.close()
    again = CatalogueReplica(path)
    assert all_ids(again) == ["p000001"]
    again.apply(changes([product(8)], epoch="e2", cursor=again.cursor + "+"))
    assert all_ids(again) == ["p000007", "p000008"]
    again.close()


def test_a_second_reset_forgets_the_half_staged_one(replica):
    replica.apply(changes([product(1)]))
    replica.apply(changes([product(5)], epoch="e2", cursor="n1", reset=True, more=True))
    replica.apply(changes([product(6)], epoch="e3", cursor="m1", reset=True, more=False))
    assert (all_ids(replica), replica.epoch) == (["p000006"], "e3")


def test_restage_replaces_everything_even_without_a_reset_mark(replica):
    replica.apply(changes([product(1), product(2)]))
    replica.restage()
    assert replica.cursor == ""
    assert replica.apply(changes([product(2)], cursor="c9"))
    assert all_ids(replica) == ["p000002"]


def test_changes_of_another_epoch_are_refused_whole(replica):
    replica.apply(changes([product(1)]))
    with pytest.raises(CatalogueRejected, match="e9"):
        replica.apply(changes([product(2)], epoch="e9", cursor="c2"))
    assert (all_ids(replica), replica.cursor) == (["p000001"], "c1")


def test_one_bad_product_refuses_the_page_and_leaves_the_catalogue(replica):
    replica.apply(changes([product(1)]))
    bad = product(3, variants=(Variant("v", "S", Money(-1, "EUR")),))
    with pytest.raises(CatalogueRejected, match="below zero"):
        replica.apply(changes([product(2), bad], cursor="c2", deletions=["p000001"]))
    assert (all_ids(replica), replica.cursor) == (["p000001"], "c1")


def test_readers_do_not_wait_for_the_writer(replica):
    replica.apply(changes([product(1)]))
    seen = []
    with replica._writing() as db:
        db.execute("DELETE FROM product")
        reader = threading.Thread(target=lambda: seen.append(all_ids(replica)))
        reader.start()
        reader.join(2)
        assert seen == [["p000001"]]
        db.execute("UPDATE state SET generation = generation + 1")


@pytest.mark.parametrize(
    "rubbish", [b"not a database" * 400, b"SQLite format 3\x00" + b"\xff" * 9000]
)
def test_a_damaged_file_is_set_aside_and_a_new_one_starts(tmp_path, rubbish):
    path = tmp_path / "catalogue.db"
    path.write_bytes(rubbish)
    replica = CatalogueReplica(path)
    assert (all_ids(replica), replica.cursor) == ([], "")
    replica.apply(changes([product(1)]))
    assert all_ids(replica) == ["p000001"]
    assert (tmp_path / "catalogue.db.damaged-1").read_bytes()[:15] == rubbish[:15]
    replica.close()


def test_damage_met_while_running_starts_anew(tmp_path):
    path = tmp_path / "catalogue.db"
    replica = CatalogueReplica(path)
    replica.apply(changes([product(n) for n in range(300)]))
    replica._db.checkpoint()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    found = []
    reader = threading.Thread(target=lambda: found.append(replica.page(EVERYTHING, None, 400).rows))
    reader.start()
    reader.join(5)
    assert found == [()]
    assert replica.cursor == ""
    assert replica.apply(changes([product(1)]))
    assert all_ids(replica) == ["p000001"]
    replica.close()


def test_a_file_of_a_later_version_is_fetched_again(tmp_path):
    path = tmp_path / "catalogue.db"
    replica = CatalogueReplica(path)
    with replica._writing() as db:
        db.execute("PRAGMA user_version = 99")
    replica.close()
    again = CatalogueReplica(path)
    assert again.cursor == ""
    again.close()


def test_a_catalogue_from_before_filters_is_shown_and_searched_until_it_is_fetched_again(tmp_path):
    path = tmp_path / "catalogue.db"
    old = Database(path, MIGRATIONS[:1], "NORMAL")
    kept = product(1)
    with old.writing() as db:
        db.execute("UPDATE state SET epoch = 'e1', cursor = 'c1'")
        db.execute(
            "INSERT INTO product VALUES (1, 1, ?, 'vases', 1, 'vase', 4501, 1, ?, '[]', ?)",
            (kept.id, card_json(kept), PRODUCT.dump_json(kept)),
        )
    old.close()
    replica = CatalogueReplica(path)
    assert all_ids(replica) == ids(search(replica, "celadon", 5)) == [kept.id]
    assert all_ids(replica) == [kept.id]
    assert replica.facets(EVERYTHING).makers == (("Inès Dœuff", 1),)
    assert replica.cursor == ""
    replica.apply(changes([product(2), product(3)], cursor="c2"))
    assert all_ids(replica) == [product(2).id, product(3).id]
    assert ids(search(replica, "cleadon", 5)) == all_ids(replica)
    replica.close()


def test_a_word_that_has_left_the_catalogue_is_not_guessed_after_the_sweep(replica):
    replica.apply(changes([product(1, title={"fr": "Parapluie"})]))
    replica.apply(changes([product(2)], epoch="e2", cursor="n", reset=True))
    replica.sweep()
    assert replica.spelling("paraplui") == ""
    assert replica._read("SELECT count(*) FROM lexicon WHERE word = 'parapluie'") == [(0,)]


def test_the_feed_as_json_is_what_is_applied(replica):
    sent = changes([product(1)]).model_dump_json()
    replica.apply(CatalogueChanges.model_validate_json(sent))
    assert all_ids(replica) == ["p000001"]


def test_beside_a_piece_stand_the_named_its_maker_s_and_its_shelf_s(replica):
    sold_out = (Variant("x", "X", Money(100, "EUR"), stock=0),)
    replica.apply(
        changes(
            [
                product(1, maker="Deux Tours"),
                product(2, "bowls", maker="Deux Tours"),
                product(3, "bowls", maker="Deux Tours et fille"),
                product(4, "bowls", maker="Orsel"),
                product(5, maker="Orsel"),
                product(6, maker="Orsel", variants=sold_out),
            ]
        )
    )
    found = replica.beside(replica.product("p000001"), ["p000004", "gone"], 10)
    assert [p.id for p in found] == ["p000004", "p000002", "p000005"]


def test_beside_a_piece_without_maker_and_shelf_stands_only_what_was_named(replica):
    replica.apply(changes([product(1, "", maker=""), product(2), product(3)]))
    found = replica.beside(replica.product("p000001"), ["p000003"], 10)
    assert [p.id for p in found] == ["p000003"]


def test_what_reviews_say_is_safe_to_draw(replica):
    said = Review("r", "Zoé\u202e", 4, date(2026, 5, 1), {"fr": "Très\x00 beau\u202e"})
    replica.apply(changes([product(1, reviews=(said,), rating=Rating(4, 1))]))
    (review,) = replica.product("p000001").reviews
    assert (review.author, review.text["fr"]) == ("Zoé", "Très beau")
