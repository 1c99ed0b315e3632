"""Doors of the buyer's page."""

from django.urls import path

from kiosk.backoffice.buyer.rights import about, erase, export
from kiosk.backoffice.buyer.views import page, proof, state
from kiosk.backoffice.camera.buyer import window
from kiosk.backoffice.lookup.views import show
from kiosk.backoffice.passing.views import passing

app_name = "buyer"
urlpatterns = [
    path("<str:token>", page, name="page"),
    path("<str:token>/state", state, name="state"),
    path("<str:token>/camera", window, name="camera"),
    path("<str:token>/passing", passing, name="passing"),
    path("<str:token>/show", show, name="show"),
    path("<str:token>/proof.jpg", proof, name="proof"),
    path("<str:token>/about", about, name="about"),
    path("<str:token>/about/file", export, name="export"),
    path("<str:token>/about/erase", erase, name="erase"),
]
