import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "replica"))

from office_double import Office
from replica_data import profile

from kiosk.window.link import BackOfficeClient, Link, LinkSettings, Pace

# Comes back soon, and waits for an answer while a busy machine stands still.
FAST = Pace(
    connect_s=20.0,
    read_s=20.0,
    answer_s=30.0,
    file_s=30.0,
    idle_s=20.0,
    sync_every_s=30.0,
    follow_every_s=0.3,
    poll_wait_s=0.3,
    stream_again_s=0.5,
    refetch_every_s=0.0,
    retry_first_s=0.05,
    retry_longest_s=0.2,
)
# For back offices that say nothing.
HURRIED = replace(FAST, connect_s=1.0, read_s=0.5, answer_s=2.0, file_s=2.0, idle_s=0.6)


class News(list):
    """Collects what a link posts; `until` waits for it."""

    def __init__(self):
        super().__init__()
        self.came = threading.Condition()

    def __call__(self, event):
        with self.came:
            self.append(event)
            self.came.notify_all()

    def of(self, kind):
        with self.came:
            return [event for event in self if isinstance(event, kind)]

    def until(self, kind, count=1, timeout=30.0):
        with self.came:
            enough = self.came.wait_for(
                lambda: sum(isinstance(e, kind) for e in self) >= count, timeout
            )
        assert enough, f"no {count} {kind.__name__} in {timeout} s: {list(self)}"
        return self.of(kind)


def eventually(check, timeout=30.0):
    until = time.monotonic() + timeout
    while not (value := check()):
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.01)
    return value


@pytest.fixture
def office():
    office = Office()
    office.profile = profile()
    yield office
    office.stop()


@pytest.fixture
def client(office):
    client = BackOfficeClient(office.url, "secret", FAST)
    yield client
    client.close()


@pytest.fixture
def hurried(office):
    client = BackOfficeClient(office.url, "secret", HURRIED)
    yield client
    client.close()


@pytest.fixture
def news():
    return News()


@pytest.fixture
def new_link(office, news, tmp_path):
    made = []

    def make(started=True, data=tmp_path / "data", **settings):
        if office:
            settings = {"base_url": office.url, "token": "secret", **settings}
        link = Link(LinkSettings(data=data, **{"pace": FAST, **settings}), news)
        made.append(link)
        if started:
            link.start()
        return link

    yield make
    for link in made:
        assert link.stop(timeout=30)
