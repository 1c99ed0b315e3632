"""The API's operations. Events are in stream.py: they never end, and are native ASGI."""

from typing import Annotated

from django.conf import settings
from django.db.utils import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Query
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from kiosk import __version__
from kiosk.backoffice.api.answers import answer, body_etag, file_answer, unchanged, with_etag
from kiosk.backoffice.api.bodies import read_body, read_key
from kiosk.backoffice.api.openapi import ask, describe
from kiosk.backoffice.api.problems import ProblemError, problem, problem_response
from kiosk.backoffice.camera.showing import Viewer
from kiosk.backoffice.catalogue.profile import shop_profile
from kiosk.backoffice.catalogue.services import (
    MAX_PAGE,
    PAGE,
    known_cursor,
    last_change_seq,
    read_changes,
)
from kiosk.backoffice.courier.api import router as couriers
from kiosk.backoffice.courier.face import photo_at
from kiosk.backoffice.courier.looks import Kind, note_look
from kiosk.backoffice.limits.counting import FloodError
from kiosk.backoffice.lookup.api import router as lookups
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.opening import signed_by
from kiosk.backoffice.orders.parked import keep_parked
from kiosk.backoffice.orders.pricing import price, quote
from kiosk.backoffice.orders.services import KeyReusedError, place_order
from kiosk.backoffice.orders.views import delivery_view, order_view
from kiosk.backoffice.passing.api import router as passing
from kiosk.backoffice.platform.devices import bearer, device_of, is_token
from kiosk.backoffice.platform.epoch import epoch, new_epoch, parse_cursor
from kiosk.backoffice.platform.instances import InstanceTakenError, heard_from
from kiosk.backoffice.platform.models import Device
from kiosk.backoffice.platform.shop import NoShopError, the_shop
from kiosk.contract import (
    CONTRACT,
    IDEMPOTENCY_HEADER,
    SIGNATURE_HEADER,
    CatalogueChanges,
    DeliveryView,
    ErrorCode,
    Hello,
    OrderReceipt,
    OrderRequest,
    OrderView,
    Quote,
    QuoteRequest,
    ShopProfile,
    WindowHere,
    WindowKnown,
)


class DeviceAuth(HttpBearer):
    """A window's token; the device becomes `request.auth`."""

    def authenticate(self, request: HttpRequest, token: str) -> Device | None:
        return device_of(token)


api = NinjaAPI(
    title="Vitrine back office",
    version=str(CONTRACT),
    description="What windows and buyers' phones ask. Errors are problem details (RFC 9457).",
    openapi_url=None,
    docs_url=None,
    auth=DeviceAuth(),
    urls_namespace="api-v1",
)
api.add_router("", couriers)
api.add_router("", lookups)
api.add_router("", passing)


@api.get("/hello", response=Hello, auth=None, operation_id="hello")
def hello(request: HttpRequest) -> HttpResponse:
    """Who answers, in which contracts and in which epoch."""
    return answer(
        Hello(
            contracts=[CONTRACT],
            epoch=epoch(),
            server_time=timezone.now(),
            software=f"vitrine-backoffice/{__version__}",
        )
    )


@api.get("/openapi.json", auth=None, include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponse:
    return HttpResponse(describe(api), "application/json")


@api.get("/profile", response=ShopProfile, operation_id="profile")
def profile(request: HttpRequest) -> HttpResponse:
    """The shop: words, hours with the coming year's holidays, rules, shelves, posters."""
    known = shop_profile(base_url(request))
    etag = body_etag(known)
    return unchanged(request, etag) or with_etag(answer(known), etag)


@api.get("/catalogue/changes", response=CatalogueChanges, operation_id="catalogue_changes")
def catalogue_changes(
    request: HttpRequest,
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = PAGE,
) -> HttpResponse:
    """What changed after `cursor`; without one, or with one of another epoch, everything."""
    now = _epoch_for(cursor)
    after = known_cursor(cursor, now)
    etag = f'"{now}-{"all" if after is None else after}-{last_change_seq()}-{limit}"'
    return unchanged(request, etag) or with_etag(answer(read_changes(cursor, limit)), etag)


@api.get("/pictures/{sha256}", operation_id="picture")
def picture(request: HttpRequest, sha256: str) -> HttpResponse:
    """A rendition's JPEG, by the SHA-256 of its bytes."""
    return file_answer(request, sha256, "image/jpeg")


@api.get("/maps/{sha256}", operation_id="map")
def quarter_map(request: HttpRequest, sha256: str) -> HttpResponse:
    """The quarter's map, by the SHA-256 of its bytes."""
    if sha256 != the_shop().map_sha256:
        raise ProblemError(404, "no such map")
    return file_answer(request, sha256, "application/octet-stream")


@api.post("/quotes", response=Quote, operation_id="quote", openapi_extra=ask(QuoteRequest))
def quotes(request: HttpRequest) -> HttpResponse:
    """What a basket would cost and when it would arrive, now."""
    asked = read_body(request, QuoteRequest)
    at = timezone.now()
    return answer(quote(price(the_shop(), asked.lines, asked.fulfilment, asked.postcode, at)))


@api.post(
    "/orders",
    response={200: OrderReceipt, 201: OrderReceipt},
    operation_id="place_order",
    openapi_extra=ask(OrderRequest, header=IDEMPOTENCY_HEADER, optional=SIGNATURE_HEADER),
)
def orders(request: HttpRequest) -> HttpResponse:
    """Place an order exactly once: 201 the first time, 200 with the same receipt ever after."""
    key = read_key(request.headers.get(IDEMPOTENCY_HEADER, ""))
    asked = read_body(request, OrderRequest)
    device: Device = request.auth  # type: ignore[attr-defined]
    signed = signed_by(request.headers.get(SIGNATURE_HEADER, ""), request.body)
    placed = place_order(asked, key, device, base_url(request), signed)
    receipt = OrderReceipt.model_validate(placed.order.receipt)
    return answer(receipt, 201 if placed.created else 200)


@api.post(
    "/windows/here",
    response=WindowKnown,
    operation_id="window_here",
    openapi_extra=ask(WindowHere),
)
def window_here(request: HttpRequest) -> HttpResponse:
    """A window's word about itself: its memory's name, what waits in it, what it cannot send."""
    here = read_body(request, WindowHere)
    device: Device = request.auth  # type: ignore[attr-defined]
    try:
        instance = heard_from(here, device)
    except InstanceTakenError as error:
        raise ProblemError(409, "another window goes by this name: take a new one") from error
    keep_parked(here.parked, device)
    return answer(WindowKnown(last_number=instance.last_number))


@api.get("/orders/{token}", response=OrderView, auth=None, operation_id="order")
def order(request: HttpRequest, token: str) -> HttpResponse:
    """An order by its token, as its buyer may see it."""
    found = Order.objects.filter(token=token).first() if is_token(token) else None
    if found is None:
        raise ProblemError(404, "no such order")
    viewer = _viewer(request)
    note_look(Delivery.objects.filter(order=found).first(), _LOOKS[viewer])
    return answer(order_view(found, viewer))


@api.get("/deliveries/{token}", response=DeliveryView, auth=None, operation_id="delivery")
def delivery(request: HttpRequest, token: str) -> HttpResponse:
    """An order's delivery, by the order's token."""
    found = Delivery.objects.filter(order__token=token).first() if is_token(token) else None
    if found is None:
        raise ProblemError(404, "no such delivery")
    viewer = _viewer(request)
    note_look(found, _LOOKS[viewer])
    return answer(delivery_view(found, viewer))


@api.get("/courier-photos/{signed}", auth=None, operation_id="courier_photo")
def courier_photo(request: HttpRequest, signed: str) -> HttpResponse:
    """The courier of a delivery, by the `photo_url` of its card, while they may be seen."""
    photo = photo_at(signed)
    if photo is None:
        raise ProblemError(404, "no such photo, or not any more")
    return HttpResponse(photo, "image/jpeg")


_LOOKS = {Viewer.BUYER: Kind.BUYER, Viewer.WINDOW: Kind.WINDOW}


def _viewer(request: HttpRequest) -> Viewer:
    """A window says who it is, whatever link it holds."""
    token = bearer(request.headers.get("Authorization", ""))
    return Viewer.WINDOW if token and device_of(token) else Viewer.BUYER


def base_url(request: HttpRequest) -> str:
    """Where phones reach us: what was configured, else what this request used."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"


def _epoch_for(cursor: str) -> str:
    """The epoch; a new one if `cursor` proves that our memory went back in time."""
    now, parsed = epoch(), parse_cursor(cursor)
    if parsed and parsed[0] == now and parsed[1] > last_change_seq():
        return new_epoch()
    return now


@api.exception_handler(ProblemError)
def _problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem_response(error.problem)


@api.exception_handler(KeyReusedError)
def _key_reused(request: HttpRequest, error: KeyReusedError) -> HttpResponse:
    detail = "this Idempotency-Key came with another order: use one key per order"
    return problem_response(problem(422, detail, ErrorCode.KEY_REUSED))


@api.exception_handler(FloodError)
def _flood(request: HttpRequest, error: FloodError) -> HttpResponse:
    response = problem_response(problem(429, "keep what you have, and send it again later"))
    response["Retry-After"] = str(error.retry_after_s)
    return response


@api.exception_handler(NoShopError)
def _no_shop(request: HttpRequest, error: NoShopError) -> HttpResponse:
    return problem_response(problem(503, str(error)))


@api.exception_handler(OperationalError)
def _busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    return problem_response(problem(503, "the database is busy: try again"))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors]
    return problem_response(problem(422, "see errors", ErrorCode.INVALID, errors))


@api.exception_handler(AuthenticationError)
def _unauthorized(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem_response(problem(401, "send the device's token, or enrol the device again"))


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_response(problem(error.status_code, str(error)))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem_response(problem(404))
