"""Groups follow the table of roles, and people stay in theirs."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from kiosk.backoffice import roles
from kiosk.backoffice.access.team import give_role, keep_groups, rights, role_of
from kiosk.backoffice.roles import GROUPS, Role
from kiosk.cli import main
from tests.backoffice.access.browsers import Browser, make_person
from tests.backoffice.staff.browser import Colleague

pytestmark = pytest.mark.usefixtures("fast_passwords")


def may(name: str) -> set[str]:
    return User.objects.get(username=name).get_all_permissions()


def test_a_changed_table_changes_the_groups_at_the_next_start(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person("sami", Role.TEAM)
    guests = Group.objects.create(name="guests")
    User.objects.get().groups.add(guests)
    assert may("sami") == rights(Role.TEAM) and "platform.change_shop" not in may("sami")
    monkeypatch.setitem(roles.MODELS, "platform.shop", ("view change", "view change", "", ""))
    monkeypatch.setitem(roles.MODELS, "catalogue.review", ("view change", "view", "", ""))
    assert main(["backoffice", "migrate", "--data", str(database)]) == 0
    assert "platform.change_shop" in may("sami") and "catalogue.change_review" not in may("sami")
    assert {g.name for g in User.objects.get().groups.all()} == {"guests", "team"}
    monkeypatch.undo()
    keep_groups()
    assert may("sami") == rights(Role.TEAM)
    assert set(Group.objects.values_list("name", flat=True)) == {*GROUPS, "guests"}


def test_an_owner_chooses_a_role_in_plain_words(database: Path) -> None:
    ines = Colleague("ines", language="en")
    make_person("sami", Role.TEAM)
    sami = User.objects.get(username="sami")
    guests = Group.objects.create(name="guests")
    sami.groups.add(guests)
    page = f"auth/user/{sami.pk}/change/"
    assert "Courier desk: sees orders" in ines.page(page)
    assert ines.form(page)["role"] == "team"
    for role in (Role.MANAGER, Role.OWNER, Role.READER):
        ines.save(page, role=role.value)
        sami = User.objects.get(username="sami")
        assert role_of(sami) is role and guests in sami.groups.all()
        assert ines.form(page)["role"] == role.value


def test_the_last_owner_stays_one(database: Path) -> None:
    ines = Colleague("ines", language="en")
    page = f"auth/user/{ines.user.pk}/change/"
    assert "last owner" in ines.save(page, role="reader")
    form = {name: value for name, value in ines.form(page).items() if name != "is_active"}
    ines.send(page, form)
    assert ines.send(f"auth/user/{ines.user.pk}/delete/", {"post": "yes"}).status_code == 403
    assert role_of(User.objects.get()) is Role.OWNER
    make_person("noor", Role.OWNER)
    ines.send(page, ines.form(page) | {"role": "reader"})
    assert role_of(User.objects.get(username="ines")) is Role.READER


def test_the_courier_desk_hands_over_and_does_nothing_else(database: Path) -> None:
    from tests.backoffice.backoffice_data import Window, make_product, make_shop, order_body

    make_shop()
    make_product()
    Window().order(order_body())
    from kiosk.backoffice.orders.models import Order

    leo = Colleague("leo", owner=False, role=Role.COURIER_DESK, language="en")
    order = Order.objects.get()
    assert "Start preparing" not in leo.page() and "Inès Canari" in leo.page()
    for to in ("preparing", "cancelled", "refused"):
        assert leo.send(f"orders/order/{order.pk}/step/", {"to": to}).status_code == 403
    Order.objects.update(status="ready")
    assert "Collected" in leo.page()
    leo.send(f"orders/order/{order.pk}/step/", {"to": "completed"})
    assert Order.objects.get().status == "completed"


def test_who_lost_the_phone_is_helped_by_a_command(database: Path, capsys: Any) -> None:
    make_person()
    browser = Browser()
    browser.set_up()
    reset = ["backoffice", "owner", "reset-second-factor"]
    assert main([*reset, "ines", "--data", str(database)]) == 0
    assert "sets up a new second factor" in capsys.readouterr().out
    assert not browser.inside
    assert Browser().password() == "/staff/second-factor/set-up/"
    assert main([*reset, "nobody", "--data", str(database)]) == 1
    assert "nobody is called nobody" in capsys.readouterr().err


def test_giving_a_role_twice_changes_nothing(database: Path) -> None:
    user = make_person("sami", Role.TEAM)
    give_role(user, Role.TEAM)
    assert [g.name for g in user.groups.all()] == ["team"]
