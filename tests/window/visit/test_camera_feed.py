"""What is said of the courier's picture, second by second."""

from datetime import UTC, datetime

import pytest

from kiosk.contract import CameraUrl, CameraView, DeliveryView
from kiosk.shop.camera import CameraState
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point
from kiosk.window.visit.camera import Feed, FeedWatch, Tries, card_of, feed_words
from kiosk.window.visit.languages import interface

RTMP = "rtmp://camera.shop.example/ride/Zk2vQ8r1T6yXb0nW"


def begun() -> FeedWatch:
    watch = FeedWatch()
    watch.begin(100.0)
    return watch


def test_a_picture_grows_old_step_by_step() -> None:
    watch = begun()
    watch.picture(101.0)
    steps = [(101.0, Feed.LIVE), (102.9, Feed.LIVE), (103.0, Feed.STALLED), (106.9, Feed.STALLED)]
    steps += [(107.0, Feed.RECONNECTING), (118.9, Feed.RECONNECTING), (119.0, Feed.FOLDED)]
    assert [(at, watch.feed(at)) for at, _ in steps] == steps
    watch.picture(300.0)
    assert watch.feed(300.0) is Feed.LIVE


def test_without_a_first_picture_it_connects_and_folds() -> None:
    watch = begun()
    assert watch.feed(100.0) is Feed.CONNECTING
    assert watch.feed(117.9) is Feed.CONNECTING
    assert watch.feed(118.0) is Feed.FOLDED
    assert not Feed.CONNECTING.in_sight and not Feed.FOLDED.in_sight
    watch.picture(400.0)
    assert watch.feed(400.1) is Feed.LIVE


def test_a_late_picture_is_as_old_as_it_is() -> None:
    """A feed that is held up on its way moves, and is not live for that."""
    watch = begun()
    watch.picture(101.0)
    watch.picture(105.0, behind_s=3.0)
    assert watch.age_s(105.0) == pytest.approx(3.0)
    assert watch.feed(105.0) is Feed.STALLED
    watch.picture(105.5, behind_s=9.0)  # older than what is shown: it says nothing new
    assert watch.age_s(105.5) == pytest.approx(3.5)


def test_off_is_off_whatever_still_comes() -> None:
    watch = begun()
    watch.end()
    watch.picture(101.0)
    assert watch.feed(101.0) is Feed.OFF
    assert watch.changes_in(101.0) is None


def test_it_says_when_to_look_again() -> None:
    """Looking only then, nobody misses a change."""
    watch = begun()
    watch.picture(100.0)
    now, said = 100.0, []
    while (after := watch.changes_in(now)) is not None:
        now += after + 1e-6
        said.append((round(now), watch.feed(now), int(watch.age_s(now))))
    assert said[0] == (102, Feed.STALLED, 2)
    assert [age for _, _, age in said] == list(range(2, 19))
    assert said[-1] == (118, Feed.FOLDED, 18)


def test_tries_come_soon_while_it_is_in_sight_and_later_once_it_is_folded() -> None:
    tries = Tries()
    waits = [tries.wait_s(Feed.RECONNECTING, 100.0) for _ in range(6)]
    assert waits[0] == 0.25 and max(waits) <= 0.8
    assert max(tries.wait_s(Feed.FOLDED, 100.0) for _ in range(6)) == 3.0
    tries.hurry(100.0)  # it is said to be there, and takes a moment to be let through
    assert {tries.wait_s(Feed.FOLDED, 100.0 + k) for k in range(6)} == {0.1}
    assert max(tries.wait_s(Feed.FOLDED, 106.0) for _ in range(6)) == 3.0
    tries.reached()
    assert tries.wait_s(Feed.FOLDED, 106.0) == 0.25


@pytest.mark.parametrize("language", interface())
def test_every_language_says_how_old_it_is_and_that_it_is_drawn(language: str) -> None:
    live, drawn = (feed_words(Feed.LIVE, 0.4, language, simulated=s) for s in (False, True))
    assert live and drawn and live != drawn
    for feed in (Feed.STALLED, Feed.RECONNECTING):
        assert "7" in feed_words(feed, 7.9, language)
    assert feed_words(Feed.CONNECTING, 3.0, language)
    assert feed_words(Feed.FOLDED, 30.0, language) == feed_words(Feed.OFF, 0.0, language) == ""


def delivery(*urls: CameraUrl, simulated: bool = False, state: str = "live") -> DeliveryView:
    return DeliveryView(
        version=1,
        status=DeliveryStatus.ENROUTE_TO_DROPOFF,
        status_at=datetime(2026, 11, 24, tzinfo=UTC),
        pickup=Point(48.86, 2.34),
        simulated=simulated,
        camera=CameraView(state=CameraState(state), urls=list(urls)),
    )


def test_a_fresh_token_is_the_same_stream() -> None:
    cards = [card_of(delivery(CameraUrl(kind="rtmp", url=f"{RTMP}?t={t}"))) for t in ("a", "b")]
    assert cards[0] and cards[1]
    assert cards[0].stream == cards[1].stream == RTMP
    assert cards[0] != cards[1] and "?t=" not in repr(cards[0])


@pytest.mark.parametrize("state", ["off", "connecting", "ended"])
def test_what_is_not_on_is_not_asked_for(state: str) -> None:
    assert card_of(delivery(CameraUrl(kind="rtmp", url=RTMP), state=state)) is None


@pytest.mark.parametrize("url", ["file:///etc/passwd", "concat:a|b", "/dev/video0", ""])
def test_only_what_comes_over_a_network_is_played(url: str) -> None:
    assert card_of(delivery(CameraUrl(kind="rtmp", url=url))) is None


def test_a_drawn_picture_is_for_a_drawn_ride_alone() -> None:
    drawn = CameraUrl(kind="simulated", url="simulated:7")
    assert card_of(delivery(drawn)) is None
    card = card_of(delivery(drawn, simulated=True))
    assert card is not None and card.simulated
