"""Every door of the site, tried by everybody. A door that is in no table fails.

What is expected of the staff's pages follows from kiosk/backoffice/roles.py; everything else is
written down here.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from conftest import Server
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from kiosk.backoffice.access.models import PersonalRead
from kiosk.backoffice.access.team import give_role
from kiosk.backoffice.catalogue.models import Lookbook, Picture, Product, QuickPiece, Review
from kiosk.backoffice.courier.models import Courier, Proof
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.platform.devices import add_device, revoke_device
from kiosk.backoffice.platform.models import (
    Device,
    Hero,
    PlannedWindow,
    Setting,
    Shop,
    WindowInstance,
)
from kiosk.backoffice.privacy.models import PurgeRun
from kiosk.backoffice.roles import GROUPS, MODELS, PAGES, Role
from tests.backoffice.backoffice_data import CONTRACT, Window, courier_body, make_product, make_shop
from tests.backoffice.staff.browser import sign_in

# Outside of the staff's pages, by the name of the URL.
EVERYBODY = {"hello", "openapi", "picture", "brand", "pieces"}
WITH_THE_LINK = {"order", "delivery", "page", "state", "proof"}
FORMS_WITH_THE_LINK = {"passing"}
PAGES_WITH_THE_LINK = {"show"}  # that take a form themselves
WITH_THE_DIGITS = {"about", "export", "erase"}  # beside the link: see test_rights.py
DEVICES = {"profile", "catalogue_changes", "device_picture", "quarter_map", "quotes", "orders"}
DEVICES |= {"window_here", "lookups", "looked_up", "showings", "device_passing"}
# With the cookie that a courier's link makes: see courier/test_way_in.py.
COURIERS = {"courier:page", "home", "leave", "code", "fail", "photo"}
COURIERS |= {"deed", "camera_deed", "positions", "portrait"}
WITH_A_COURIERS_LINK = {"come_in"}
WITH_A_COURIERS_ADDRESS = {"owntracks", "traccar", "traccar_query"}
# While its courier may be seen, and then by its address alone: see courier/test_photo.py.
WITH_THE_PHOTOS_ADDRESS = {"courier_photo"}
NOBODY = {"api-root"}
# The media server alone knows their address; a delivery service signs what it sends, and there is
# no door to one without an account: see test_hooks.py. Without a media server there is no camera.
SERVERS = {"camera_mediamtx", "camera_nginx_rtmp", "camera_nginx_hls", "hook", "camera"}
# The staff's pages for who is not in yet.
DOORS = {"login", "enter", "second_factor", "set_up"}
# What no page offers, whoever asks.
NO_SUCH_DEED = {
    *("orders_order_add", "orders_order_delete"),
    *("platform_shop_add", "platform_shop_delete"),
    *("platform_device_change", "platform_device_delete"),
    *("access_personalread_add", "access_personalread_change", "access_personalread_delete"),
    *("privacy_purgerun_add", "privacy_purgerun_change", "privacy_purgerun_delete"),
    *("catalogue_review_add", "catalogue_variant_add"),
}
# What is sent to a list.
SENT = {"privacy_purgerun_changelist": "privacy.change_purgerun"}
_VIEW = {"changelist", "change", "history", "simple_history"}
STRANGERS = ("nobody", "device", "revoked device", "buyer")


@dataclass(frozen=True)
class Door:
    route: str
    name: str | None

    @property
    def is_staffs(self) -> bool:
        return self.route.startswith("staff/")

    @property
    def model(self) -> str:
        """ "orders.order" for a page of its rows; else ""."""
        found = re.match(r"staff/(\w+)/(\w+)/", self.route)
        label = f"{found[1]}.{found[2]}" if found else ""
        return label if label in MODELS else ""


def doors() -> list[Door]:
    def walk(patterns: list[Any], before: str) -> Iterator[Door]:
        for entry in patterns:
            route = before + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, route)
            elif isinstance(entry, URLPattern):
                is_rendition = route == "api/v1/pictures/<sha256>"
                name = "device_picture" if is_rendition else entry.name
                name = "device_passing" if route == "api/v1/passing" else name
                yield Door(route, "courier:page" if route == "c/" else name)

    return list(walk(get_resolver().url_patterns, ""))


class Site:
    """A shop with one of everything, and everybody who might knock."""

    def __init__(self) -> None:
        make_shop()
        product = make_product()
        window = Window()
        self.order_token = window.order(courier_body()).json()["token"]
        self.tokens = {"device": window.token, "buyer": self.order_token, "nobody": ""}
        WindowInstance.objects.create(
            id=uuid.uuid4(),
            device=Device.objects.get(name="window"),
            heard_at=timezone.now(),
            reads_codes=True,
        )
        revoked, self.tokens["revoked device"] = add_device("gone")
        revoke_device(revoked)
        picture = Picture.objects.create(
            source="x",
            state="ready",
            renditions=[{"sha256": "a" * 64, "width": 9, "height": 16, "bytes": 1}],
        )
        order = Order.objects.get()
        delivery, _ = Delivery.objects.get_or_create(
            order=order, defaults={"pickup_lat": 48.0, "pickup_lon": 2.0}
        )
        Proof.objects.create(delivery=delivery, kind=Proof.Kind.PHOTO, photo=b"jpeg")
        self._let_in: dict[Role, Client] = {}
        self.people = {role: User.objects.create_user(role.value) for role in Role}
        for role, person in self.people.items():
            give_role(person, role)
        self.rows: dict[str, Any] = {
            "orders.order": order,
            "catalogue.product": product,
            "catalogue.variant": product.variants.get(),
            "catalogue.category": product.category,
            "catalogue.review": Review.objects.create(
                product=product, author="Noor", stars=5, text={"fr": "Beau"}, on="2026-01-02"
            ),
            "catalogue.lookbook": Lookbook.objects.create(title={"fr": "Soir"}, picture=picture),
            "catalogue.quickpiece": QuickPiece.objects.create(product=product),
            "platform.shop": Shop.objects.get(),
            "platform.hero": Hero.objects.create(picture=picture),
            "platform.plannedwindow": PlannedWindow.objects.create(title={"fr": "Soir"}),
            "platform.device": Device.objects.get(name="window"),
            "auth.user": User.objects.create_user("somebody", is_staff=True),
            "access.personalread": PersonalRead.objects.create(who="x", what="list", numbers=" X "),
            "courier.courier": Courier.objects.create(name="Inès Duval", phone="+33199001515"),
            "privacy.purgerun": PurgeRun.objects.create(),
        }

    def path(self, door: Door) -> str:
        route = door.route
        row = self.rows.get(door.model)
        past = getattr(row, "history", None)
        if past is not None and not callable(getattr(past, "first", None)):
            past = None
        route = route.replace("^([^/]+)/history/([^/]+)/$", f"{row.pk if row else 1}/history/PAST/")
        route = route.replace("PAST", str(past.first().pk) if past else "1")
        route = re.sub(r"<(path:object_id|int:\w+|id)>", str(row.pk if row else 1), route)
        route = route.replace("<token>", self.order_token)
        route = route.replace("<str:token>", self.order_token)
        route = route.replace("<ticket>", "x" * 64).replace("<signed>", "x" * 64)
        route = re.sub(r"<(str:)?sha256>", "b" * 64, route)
        route = route.replace("<path:content_type_id>", "1").replace("<str:mark>", "1")
        route = route.replace("<str:name>", "brand.css").replace("<str:language>", "fr")
        route = re.sub(r"\^\(\?P<app_label>[^)]*\)/\$", "orders/", route)
        route = route.replace("(?P<url>.*)$", "no-such-page/")
        if door.name == "autocomplete":
            route += "?term=&app_label=platform&model_name=hero&field_name=product"
        route = route.replace("<str:secret>", "c" * 48).replace("<str:service>", "stuart")
        route = re.sub(r"\^\(\?P<errand_id>.*\)\$", "1/start", route)
        route = route.replace("<uuid:intent_id>", str(uuid.UUID(int=7)))
        assert "<" not in route and "(" not in route, route
        return "/" + route

    def ask(self, who: str | Role, method: str, path: str) -> Any:
        client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        headers = dict(CONTRACT)
        if isinstance(who, Role):
            if who not in self._let_in:
                sign_in(client, self.people[who])
            client = self._let_in.setdefault(who, client)
        elif self.tokens[who]:
            headers["Authorization"] = f"Bearer {self.tokens[who]}"
        if path.startswith("/api/"):
            headers["Idempotency-Key"] = str(uuid.uuid4())
        answer = getattr(client, method)(path, headers=headers)
        if isinstance(who, Role) and SESSION_KEY not in client.session:  # that was to sign out
            del self._let_in[who]
        return answer


@pytest.fixture
def site(database: Path) -> Site:
    return Site()


def rows() -> dict[str, int]:
    """How many rows every table of the shop has; what asking itself writes is left out."""
    own = ("orders", "catalogue", "platform", "auth", "privacy")
    models = [m for m in apps.get_models() if m._meta.app_label in own and m is not Setting]
    return {model._meta.label: model._default_manager.count() for model in models}


def right_of(door: Door, method: str) -> str | None:
    """The right that opens a page of the staff: "" for everybody who is in, None for nobody."""
    if door.name in NO_SUCH_DEED:
        return "-" if method == "get" and door.name.endswith("_change") else None
    if door.name == "autocomplete":
        return "catalogue.view_product"
    if method == "post" and door.name in SENT:
        return SENT[door.name]
    if door.name in PAGES:
        return PAGES[door.name]
    if door.name is None:
        return ""
    app, _, model = door.model.partition(".")
    ending = door.name.removeprefix(f"{app}_{model}_")
    if ending in _VIEW:
        changes = method == "post" and ending in ("change", "simple_history")
        return f"{app}.{'change' if changes else 'view'}_{model}"
    assert ending in ("add", "delete"), f"{door} is in no table"
    return f"{app}.{ending}_{model}"


def may(role: Role, right: str | None) -> bool:
    if right is None:
        return False
    if not right or role is Role.OWNER:
        return True
    app, _, rest = right.partition(".")
    deed, _, model = rest.partition("_")
    return deed in MODELS[f"{app}.{model}"][GROUPS.index(role)].split()


def test_every_door_is_in_a_table() -> None:
    for door in doors():
        if door.is_staffs:
            if door.name not in DOORS:
                right_of(door, "get")
        else:
            known = (
                EVERYBODY
                | WITH_THE_LINK
                | FORMS_WITH_THE_LINK
                | WITH_THE_DIGITS
                | DEVICES
                | NOBODY
                | SERVERS
            )
            own = COURIERS | WITH_A_COURIERS_LINK | WITH_A_COURIERS_ADDRESS
            own |= WITH_THE_PHOTOS_ADDRESS | FORMS_WITH_THE_LINK | PAGES_WITH_THE_LINK
            assert door.name in known | own, door
    labels = {door.model for door in doors()} - {""}
    inline = {"catalogue.productpicture", "catalogue.relatedpiece", "catalogue.lookbookpiece"}
    assert labels | inline == set(MODELS)


@pytest.mark.parametrize("role", list(Role))
def test_staff_reach_what_their_role_says(site: Site, role: Role) -> None:
    before, tried = rows(), 0
    for door in doors():
        if not door.is_staffs or door.name in DOORS:
            continue
        path = site.path(door)
        sends = door.name and not door.name.endswith("_history")
        for method in ("get", "post") if sends or "simple" in (door.name or "") else ("get",):
            right = right_of(door, method)
            if right == "-":
                continue
            answer = site.ask(role, method, path)
            where = (role, method, path, answer.status_code)
            assert answer.status_code < 500, where
            if answer.status_code == 405:
                continue
            assert (answer.status_code == 403) != may(role, right), where
            assert not answer.get("Location", "").startswith("/staff/login/") or (
                door.name in ("me_sign_out", "logout")
            ), where
            tried += 1
    assert tried > 120
    after = rows()
    changed = {label for label in after if after[label] != before.get(label)}
    # A planned window needs nothing that an empty form has not.
    made = {"platform.PlannedWindow", "platform.StreamEvent"}
    assert changed == (made if may(role, "platform.add_plannedwindow") else set())


def test_who_may_only_see_takes_no_old_version_back(site: Site) -> None:
    """The toolkit lets everybody send that form who may see it."""
    product = site.rows["catalogue.product"]
    path = f"/staff/catalogue/product/{product.pk}/history/{product.history.first().pk}/"
    form = {"title_fr": "Volé", "category": product.category_id}
    for role, expected in ((Role.READER, "Vase"), (Role.MANAGER, "Volé")):
        client = Client(SERVER_NAME="localhost")
        sign_in(client, site.people[role])
        client.post(path, form)
        assert Product.objects.get().title["fr"] == expected


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_and_devices_reach_no_page_of_the_staff(site: Site, who: str) -> None:
    before = rows()
    for door in doors():
        if not door.is_staffs or door.name in ("login", "enter"):
            continue
        for method in ("get", "post"):
            answer = site.ask(who, method, site.path(door))
            leads = answer.get("Location", "")
            known = "/staff/" if door.name == "logout" else "/staff/login/"
            assert answer.status_code == 302 and leads.startswith(known), (door, leads)
    assert rows() == before


@pytest.mark.parametrize("who", [*STRANGERS, Role.OWNER, Role.READER])
def test_everything_else_is_for_whom_it_is_written_down(site: Site, who: str | Role) -> None:
    before = rows()
    for door in doors():
        if door.is_staffs:
            continue
        path = site.path(door)
        for method in ("get", "post", "put", "patch", "delete"):
            answer = site.ask(who, method, path)
            where = (who, method, path, answer.status_code)
            assert answer.status_code < 500, where
            if (door.name in DEVICES and who != "device") or door.name in COURIERS:
                assert answer.status_code in (401, 405), where
            elif door.name in SERVERS:
                its_own = "get" if door.name == "camera_nginx_hls" else "post"
                assert answer.status_code == (404 if method == its_own else 405), where
            elif door.name in (
                WITH_A_COURIERS_LINK | WITH_A_COURIERS_ADDRESS | WITH_THE_PHOTOS_ADDRESS
            ):
                assert answer.status_code in (404, 405), where
            elif door.name in NOBODY:
                assert answer.status_code == 404, where
            elif door.name in WITH_THE_LINK:
                assert answer.status_code == (200 if method == "get" else 405), where
                lost = path.replace(site.order_token, "x" * 32)
                assert site.ask(who, "get", lost).status_code == 404, where
            elif door.name in FORMS_WITH_THE_LINK:
                assert answer.status_code == (302 if method == "post" else 405), where
                lost = path.replace(site.order_token, "x" * 32)
                assert site.ask(who, "post", lost).status_code == 404, where
            elif door.name in PAGES_WITH_THE_LINK:
                assert answer.status_code == (200 if method in ("get", "post") else 405), where
                lost = path.replace(site.order_token, "x" * 32)
                assert site.ask(who, "post", lost).status_code == 404, where
            elif door.name in WITH_THE_DIGITS:
                asks = 200 if door.name == "about" else 405
                assert answer.status_code == {"get": asks, "post": 403}.get(method, 405), where
                lost = path.replace(site.order_token, "x" * 32)
                assert site.ask(who, "post", lost).status_code == 404, where
            else:
                assert answer.status_code not in (401, 403), where
    assert rows() == before


def test_a_device_creates_orders_and_lists_nothing(site: Site) -> None:
    window = Window(site.tokens["device"])
    order = site.rows["orders.order"]
    assert window.order(courier_body()).status_code == 201
    for path in ("orders", "orders/", f"orders/{order.pk}", f"orders/{order.number}", "deliveries"):
        answer = window.get(path)
        assert answer.status_code in (404, 405), path
        assert order.number not in answer.content.decode() and b"Canari" not in answer.content
    assert window.get(f"orders/{site.order_token}").status_code == 200
    gone = Window(site.tokens["revoked device"])
    assert gone.order(courier_body()).status_code == 401
    assert Order.objects.count() == 2


def test_the_streams_are_for_devices_and_for_whom_has_the_link(server: Server, site: Site) -> None:
    """They are not among Django's URLs: see kiosk/backoffice/stream/asgi.py."""
    paths = ("events", "events/poll?wait=0", f"orders/{site.order_token}/events")
    for who in STRANGERS:
        headers = {**CONTRACT, "Authorization": f"Bearer {site.tokens[who]}"}
        for path in paths:
            url = f"{server.url}/api/v1/{path}"
            with requests.get(url, headers=headers, timeout=10, stream=True) as answer:
                open_to_all = path.startswith("orders/")
                expected = 200 if open_to_all or who == "device" else 401
                assert answer.status_code == expected, (who, path)
    lost = f"{server.url}/api/v1/orders/{'x' * 32}/events"
    assert requests.get(lost, headers=CONTRACT, timeout=10).status_code == 404
