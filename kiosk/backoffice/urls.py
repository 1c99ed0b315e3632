"""Every door of the back office."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe

from kiosk.backoffice.api import PREFIX
from kiosk.backoffice.api.answers import file_answer
from kiosk.backoffice.api.problems import ProblemError, bad_request, not_found, server_error
from kiosk.backoffice.api.routes import api
from kiosk.backoffice.buyer.views import pieces
from kiosk.backoffice.camera import hooks
from kiosk.backoffice.dispatch.views import told
from kiosk.backoffice.platform.branding import brand_file
from kiosk.backoffice.platform.signin import enter
from kiosk.backoffice.staff.site import site
from kiosk.contract.pages import ORDERS, PIECES


@require_safe
def picture(request: HttpRequest, sha256: str) -> HttpResponse:
    """A rendition for pages: a photograph of what stands in the window anyway."""
    try:
        return file_answer(request, sha256, "image/jpeg")
    except ProblemError as error:
        return not_found(request, error)


urlpatterns = [
    path(f"{PREFIX.lstrip('/')}/", api.urls),
    path("media/<str:sha256>", picture, name="picture"),
    path("brand/<str:mark>/<str:name>", brand_file, name="brand"),
    path("camera/hook/<str:secret>/mediamtx", hooks.mediamtx, name="camera_mediamtx"),
    path("camera/hook/<str:secret>/nginx-rtmp", hooks.nginx_rtmp, name="camera_nginx_rtmp"),
    path("camera/hook/<str:secret>/nginx-hls", hooks.nginx_hls, name="camera_nginx_hls"),
    path("staff/enter/<str:token>", enter, name="enter"),
    path("staff/", site.urls),
    path(f"{ORDERS}/", include("kiosk.backoffice.buyer.urls")),
    path("hooks/<str:service>", told, name="hook"),
    path("c/", include("kiosk.backoffice.courier.urls")),
    path(f"{PIECES}/<str:language>", pieces, name="pieces"),
]
handler400 = bad_request
handler404 = not_found
handler500 = server_error
