"""What passers-by may be told is asked for when something changes, and forgotten in doubt."""

from conftest import eventually

from kiosk.contract import EventKind, Passing
from kiosk.window.link import PassingChanged

RIDE = Passing(lat=48.86, lon=2.34, age_s=2.0)


def told(news):
    return [change.rides for change in news.of(PassingChanged)]


def test_a_hint_brings_a_ride_and_takes_it_away(office, news, new_link):
    new_link()
    eventually(lambda: office.asked["/passing"] and office.streams)
    office.rides = [RIDE]
    office.emit(EventKind.PASSING)
    eventually(lambda: told(news) == [(RIDE,)])
    office.rides = []
    office.emit(EventKind.PASSING)
    eventually(lambda: told(news) == [(RIDE,), ()])


def test_an_office_that_goes_away_leaves_nothing_to_tell(office, news, new_link):
    office.rides = [RIDE]
    link = new_link()
    eventually(lambda: told(news) == [(RIDE,)])
    office.stop()
    link.passing_changed()
    eventually(lambda: told(news)[-1] == ())


def test_an_office_that_knows_no_rides_is_asked_no_more(office, news, new_link):
    office.rides = None
    new_link()
    eventually(lambda: office.asked["/passing"])
    assert not told(news)
