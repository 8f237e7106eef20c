"""Addresses of the office, below /schreibtisch/amtsblatt/."""

from django.urls import path

from allmende.notices.gazette.views import staff

app_name = "gazette_staff"
urlpatterns = [
    path("", staff.issue_list, name="list"),
    path("einstellungen/", staff.settings, name="settings"),
    path("<uuid:issue_id>/", staff.arrange, name="arrange"),
    path("<uuid:issue_id>/ersatz/", staff.replace, name="replace"),
    path("<uuid:issue_id>/freigabe-zuruecknehmen/", staff.take_back, name="take_back"),
    path("<uuid:issue_id>/vorschau.pdf", staff.preview, name="preview"),
    path("<uuid:issue_id>/fassung/<int:version>/freigeben/", staff.approve, name="approve"),
]
