"""Doors of the buyer's page."""

from django.urls import path

from kiosk.backoffice.buyer.views import page, state

app_name = "buyer"
urlpatterns = [
    path("<str:token>", page, name="page"),
    path("<str:token>/state", state, name="state"),
]
