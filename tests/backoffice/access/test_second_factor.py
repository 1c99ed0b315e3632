"""The password alone does not let an owner in."""

from pathlib import Path

import pyotp
import pytest
from django.contrib.auth.models import User

from kiosk.backoffice.access.models import Person, RecoveryCode
from kiosk.backoffice.access.secondfactor import accept_code, begin_set_up, finish_set_up
from kiosk.backoffice.platform.models import Shop
from kiosk.backoffice.platform.signin import make_signin_link
from kiosk.backoffice.roles import Role
from tests.backoffice.access.browsers import (
    PASSWORD,
    Browser,
    code_of,
    make_person,
    recovery_codes_on,
    secret_on,
)
from tests.backoffice.backoffice_data import make_shop

pytestmark = pytest.mark.usefixtures("fast_passwords")


@pytest.fixture(autouse=True)
def shop(database: Path) -> Shop:
    return make_shop()


def test_an_owner_sets_it_up_at_the_first_sign_in() -> None:
    make_person()
    browser = Browser()
    assert browser.password() == "/staff/second-factor/set-up/"
    assert not browser.inside and "_auth_user_id" not in browser.client.session
    page = browser.get("second-factor/set-up/")
    assert b"<svg" in page.content and "no-store" in page["Cache-Control"]
    secret = secret_on(page.content.decode())
    wrong = browser.post("second-factor/set-up/", code="123456x")
    assert b"not the one" in wrong.content and secret not in wrong.content.decode()
    answer = browser.post("second-factor/set-up/", code=code_of(secret))
    assert len(recovery_codes_on(answer.content.decode())) == 10
    assert "no-store" in answer["Cache-Control"]
    assert browser.inside


def test_from_then_on_it_is_asked_for() -> None:
    make_person()
    secret, _codes = Browser().set_up()
    browser = Browser()
    assert browser.password() == "/staff/second-factor/"
    assert not browser.inside
    assert browser.code("000000").status_code == 200 and not browser.inside
    assert browser.code(code_of(secret, 1))["Location"] == "/staff/"
    assert browser.inside


def test_the_password_alone_sets_up_no_other_phone() -> None:
    make_person()
    Browser().set_up()
    thief = Browser()
    thief.password()
    before = Person.objects.get()
    answer = thief.get("second-factor/set-up/")
    assert answer["Location"].startswith("/staff/second-factor/?next=")
    thief.post("second-factor/set-up/", code="123456")
    for page in ("me/codes/", "me/no-second-factor/", "me/"):
        assert thief.post(page)["Location"].startswith("/staff/login/")
    after = Person.objects.get()
    assert (after.secret, after.new_secret) == (before.secret, before.new_secret)


def test_a_code_works_once() -> None:
    make_person()
    secret, _codes = Browser().set_up()
    first, second = Browser(), Browser()
    first.password(), second.password()
    code = code_of(secret, 1)
    assert first.code(code).status_code == 302
    assert second.code(code).status_code == 200 and not second.inside
    # Nor does one from before the one that was used.
    assert second.code(code_of(secret)).status_code == 200 and not second.inside


def test_a_clock_may_be_one_step_wrong() -> None:
    user = make_person()
    secret = begin_set_up(user)
    at = 1_800_000_000.0
    made = pyotp.TOTP(secret)
    assert finish_set_up(user, made.at(at - 300), at) is None
    assert finish_set_up(user, made.at(at - 30), at)
    for steps, good in ((-2, False), (2, False), (0, True), (1, True)):
        assert accept_code(user, made.at(at + 30 * steps), at) is good, steps
    assert accept_code(user, made.at(at + 90), at + 120)


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, SHA-1: the last six of its eight digits."""
    user = make_person()
    from kiosk.backoffice.access import secondfactor

    begin_set_up(user)
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # 12345678901234567890
    Person.objects.update(new_secret=secondfactor._seal(user, secret))
    assert finish_set_up(user, "287082", 59.0)
    for at, code in ((1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        assert accept_code(user, code, float(at)), at


def test_a_recovery_code_works_once() -> None:
    make_person()
    _secret, codes = Browser().set_up()
    browser = Browser()
    browser.password()
    assert browser.code(codes[3].upper()).status_code == 302 and browser.inside
    again = Browser()
    again.password()
    assert again.code(codes[3]).status_code == 200 and not again.inside
    assert again.code(codes[4].replace("-", " ")).status_code == 302
    assert RecoveryCode.objects.count() == 8


def test_others_may_have_one() -> None:
    make_person("sami", Role.TEAM)
    browser = Browser()
    assert browser.password("sami") == "/staff/" and browser.inside
    secret = secret_on(browser.get("second-factor/set-up/").content.decode())
    assert browser.post("second-factor/set-up/", code=code_of(secret)).status_code == 200
    assert browser.inside
    other = Browser()
    assert other.password("sami") == "/staff/second-factor/"
    # They may do without again; an owner may not.
    assert browser.post("me/no-second-factor/")["Location"] == "/staff/me/" and browser.inside
    assert Browser().password("sami") == "/staff/"
    make_person()
    owner = Browser()
    owner.set_up()
    owner.post("me/no-second-factor/")
    assert Browser().password() == "/staff/second-factor/"


def test_a_link_stands_for_the_password_alone() -> None:
    user = make_person()
    Browser().set_up()
    browser = Browser()
    answer = browser.client.get(make_signin_link(user))
    assert answer["Location"] == "/staff/second-factor/" and not browser.inside


def test_a_demonstrations_link_comes_in_while_it_is_one(shop: Shop) -> None:
    user = make_person()
    shop.demo = True
    shop.save()
    browser = Browser()
    answer = browser.client.get(make_signin_link(user, demonstration=True))
    assert answer["Location"] == "/staff/" and browser.inside
    shop.demo = False
    shop.save()
    assert not browser.inside
    answer = Browser().client.get(make_signin_link(user, demonstration=True))
    assert answer["Location"] == "/staff/second-factor/set-up/"


def test_who_is_half_in_waits_ten_minutes_and_no_longer_than_the_password_lasts() -> None:
    user = make_person()
    secret, _codes = Browser().set_up()
    late, changed = Browser(), Browser()
    late.password(), changed.password()
    session = late.client.session
    session["entering"] |= {"at": session["entering"]["at"] - 601}
    session.save()
    assert late.code(code_of(secret, 1))["Location"] == "/staff/login/"
    user = User.objects.get(pk=user.pk)
    user.set_password(PASSWORD + "!")
    user.save()
    assert changed.code(code_of(secret, 1))["Location"] == "/staff/login/"
    assert not late.inside and not changed.inside
