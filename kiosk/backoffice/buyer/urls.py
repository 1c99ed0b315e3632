"""Doors of the buyer's page."""

from django.urls import path

from kiosk.backoffice.buyer import views

app_name = "buyer"
urlpatterns = [
    path("<str:token>", views.page, name="page"),
    path("<str:token>/state", views.state, name="state"),
]
