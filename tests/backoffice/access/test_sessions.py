"""How a session ends, and who has to wait before the next guess."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from kiosk.backoffice.access.models import FailedTry
from kiosk.backoffice.access.secondfactor import begin_set_up, finish_set_up, remove_second_factor
from kiosk.backoffice.access.team import give_role
from kiosk.backoffice.access.throttle import ACCOUNT_TRIES, TRIES
from kiosk.backoffice.platform.models import Shop
from kiosk.backoffice.roles import IDLE_OTHERS_S, IDLE_S, SESSION_S, Role
from tests.backoffice.access.browsers import PASSWORD, Browser, code_of, make_person
from tests.backoffice.backoffice_data import make_shop
from tests.backoffice.staff.browser import words

pytestmark = pytest.mark.usefixtures("fast_passwords")


@pytest.fixture(autouse=True)
def shop(database: Path) -> Shop:
    return make_shop()


def age(browser: Browser, **seconds: float) -> None:
    """Let time pass for a session: `began` and `used` are moved back."""
    session = browser.client.session
    for name, past in seconds.items():
        session[name] -= past
    session.save()


def owner() -> tuple[User, Browser, str]:
    user, browser = make_person(), Browser()
    return user, browser, browser.set_up()[0]


def counter() -> tuple[User, Browser]:
    user, browser = make_person("sami", Role.TEAM), Browser()
    browser.password("sami")
    return user, browser


def test_an_owner_may_rest_for_an_hour_and_others_for_twelve() -> None:
    _ines, hers, _secret = owner()
    _sami, his = counter()
    for browser, idle in ((hers, IDLE_S[Role.OWNER]), (his, IDLE_OTHERS_S)):
        age(browser, used=idle - 60)
        assert browser.inside
        # That visit was a sign of life.
        age(browser, used=idle - 60)
        assert browser.inside
        age(browser, used=idle + 1)
        assert not browser.inside


def test_a_board_that_renews_itself_is_no_sign_of_life() -> None:
    _sami, browser = counter()
    age(browser, used=IDLE_OTHERS_S - 60)
    assert browser.get("orders/order/board/").status_code == 200
    age(browser, used=61)
    answer = browser.get("orders/order/board/")
    assert answer.status_code == 302 and not browser.inside


def test_nobody_stays_for_more_than_fourteen_days() -> None:
    _sami, browser = counter()
    age(browser, began=SESSION_S - 60)
    assert browser.inside
    age(browser, began=61)
    assert not browser.inside


def _new_password(user: User) -> None:
    user.set_password(PASSWORD + "!")
    user.save()


def _new_factor(user: User) -> None:
    secret = begin_set_up(user)
    assert finish_set_up(user, code_of(secret))


def _inactive(user: User) -> None:
    user.is_active = False
    user.save()


@pytest.mark.parametrize(
    "change",
    [
        _new_password,
        _new_factor,
        _inactive,
        lambda user: give_role(user, Role.READER),
        lambda user: give_role(user, Role.OWNER),
        lambda user: user.groups.clear(),
    ],
    ids=["password", "factor", "inactive", "less", "more", "none"],
)
def test_sessions_end_with_what_their_person_was(change: Callable[[User], object]) -> None:
    user, browser = counter()
    assert browser.inside
    change(User.objects.get(pk=user.pk))
    assert not browser.inside


def test_losing_the_second_factor_ends_an_owners_sessions() -> None:
    user, browser, _secret = owner()
    remove_second_factor(user)
    assert not browser.inside
    assert Browser().password() == "/staff/second-factor/set-up/"


def test_sign_out_everywhere() -> None:
    user, here = counter()
    there, (_ines, hers, _secret) = Browser(), owner()
    there.password("sami")
    assert here.get("me/sign-out-everywhere/")["Location"] == "/staff/me/" and there.inside
    here.post("me/sign-out-everywhere/")
    assert not here.inside and not there.inside and hers.inside
    there.password("sami")
    hers.post(f"auth/user/{user.pk}/sign-out/")
    assert not there.inside and hers.inside


def test_a_second_factor_is_not_guessed() -> None:
    _user, _browser, secret = owner()
    thief = Browser("203.0.113.9")
    thief.password()
    for n in range(TRIES):
        assert b"not right" in thief.code(f"{n:06}").content
    assert b"Too many" in thief.code(code_of(secret, 1)).content and not thief.inside
    # The owner, elsewhere, comes in meanwhile.
    hers = Browser("198.51.100.1")
    hers.password()
    assert hers.code(code_of(secret, 1)).status_code == 302
    FailedTry.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert b"not right" in thief.code("000000").content


def said(browser: Browser, name: str) -> str:
    """What the page says to a wrong password."""
    return words(browser.post("login/", username=name, password="wrong").content.decode())


def test_who_guessed_too_often_is_told_to_wait_whether_or_not_there_is_such_a_person() -> None:
    make_person("sami", Role.TEAM)
    for name in ("sami", "nobody"):
        browser = Browser()
        answers = [said(browser, name) for _ in range(TRIES + 1)]
        told = ["Wait a quarter of an hour" in answer for answer in answers]
        assert told == [False] * (TRIES - 1) + [True] * 2


def guess_from_everywhere(name: str) -> None:
    for n in range(ACCOUNT_TRIES):
        Browser(f"203.0.113.{n}").password(name, f"guess {n}")


def test_guesses_from_many_addresses_end_too_and_lock_nobody_out() -> None:
    _sami, known = counter()
    known.client.post("/staff/logout/")
    guess_from_everywhere("sami")
    stranger = Browser("192.0.2.77")
    assert stranger.password("sami") == "" and "strange browsers" in said(stranger, "sami")
    # A browser that sami has come in with is not a stranger's, wherever it is.
    known.client.defaults["REMOTE_ADDR"] = "192.0.2.78"
    assert known.password("sami") == "/staff/"
    # Its own guesses count, too.
    for n in range(TRIES):
        known.password("sami", f"guess {n}")
    assert known.password("sami") == ""
    # Another name's cookie proves nothing about sami.
    make_person("noor", Role.MANAGER)
    other = Browser("192.0.2.79")
    assert other.password("noor") == "/staff/" and other.password("sami") == ""
    FailedTry.objects.update(at=timezone.now() - timedelta(hours=25))
    assert Browser("192.0.2.77").password("sami") == "/staff/"


def test_an_owner_lets_somebody_in_again_who_lost_the_phone() -> None:
    user, his = counter()
    _new_factor(user)
    _ines, hers, _secret = owner()
    guess_from_everywhere("sami")
    assert Browser("192.0.2.77").password("sami") == ""
    assert b"second factor" in hers.get(f"auth/user/{user.pk}/change/").content
    hers.post(f"auth/user/{user.pk}/reset-second-factor/")
    assert Browser("192.0.2.77").password("sami") == "/staff/"
    assert his.post(f"auth/user/{_ines.pk}/reset-second-factor/").status_code in (302, 403)
    assert Browser().password() == "/staff/second-factor/"
