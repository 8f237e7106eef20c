"""Just the addresses that the shells name: core's tests do not wait for the parts above it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from allmende.core import views


def log_out(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("stadt.css", views.town_css, name="stadt_css"),
    path("wappen", views.coat_of_arms, name="wappen"),
    path("abmelden/", log_out, name="account_logout"),
]
