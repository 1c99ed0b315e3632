"""What is kept, and for how long: staff see it, the owner chooses it."""

import re

import pytest
from django.utils import timezone
from django.utils.translation import override

from kiosk.backoffice.privacy.models import KeepRule, PurgeRun
from kiosk.backoffice.privacy.policy import POLICY, kept_days
from kiosk.backoffice.privacy.purge import purge_now
from tests.backoffice.backoffice_data import make_shop
from tests.backoffice.staff.browser import Colleague

pytestmark = pytest.mark.usefixtures("database")
PAGE = "privacy/purgerun/"


def in_english() -> list[tuple[str, str]]:
    with override("en"):
        return [(str(purpose.title), str(purpose.reason)) for purpose in POLICY]


def test_it_says_what_is_kept_what_for_and_when_it_goes() -> None:
    make_shop()
    owner = Colleague(language="en")
    said = owner.page(PAGE)
    assert "none yet" in said and "soon, while the back office runs" in said
    assert all(title in said and reason in said for title, reason in in_english())
    purge_now()
    said = owner.page(PAGE)
    assert re.search(r"Latest purge \d\d:\d\d · nothing was over Next one tomorrow \d\d:\d\d", said)


def test_every_word_of_it_is_french_too() -> None:
    make_shop()
    purge_now()
    said = Colleague().page(PAGE)
    assert "Ce qui est gardé, et combien de temps" in said
    assert not any(title in said or reason in said for title, reason in in_english())
    assert "purge" in said and "Latest" not in said and "days" not in said


def test_the_owner_chooses_within_bounds() -> None:
    make_shop()
    owner = Colleague(language="en")
    owner.save(PAGE, buyers="30")
    assert kept_days()["buyers"] == 30 and KeepRule.objects.get().changed_by == owner.user
    for wrong in ("3", "4000", "-30", "many", "", "٣٠"):
        said = owner.save(PAGE, buyers=wrong, events="60")
        assert "write 14 to 1100 days" in said
    assert kept_days()["buyers"] == 30 and kept_days()["events"] == 30


def test_a_failed_purge_is_shown() -> None:
    make_shop()
    PurgeRun.objects.create(ended_at=timezone.now(), problem="uploads: OSError")
    said = Colleague(language="en").page(PAGE)
    assert "uploads: OSError" in said and "tries again every hour" in said


def test_others_than_the_owner_neither_choose_nor_need_it() -> None:
    make_shop()
    colleague = Colleague(owner=False, name="team")
    assert colleague.get(PAGE).status_code == 403
    assert colleague.send(PAGE, {"buyers": "14"}).status_code == 403
    assert kept_days()["buyers"] == 90
