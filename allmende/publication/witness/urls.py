"""Addresses of the witness, for machines, and of its settings. The body's own without its name; every body of the installation with it."""

from django.urls import path, re_path

from allmende.publication.witness.views import machines, pages

app_name = "witness"
urlpatterns = [
    path("witness/add-checkpoint", machines.add_checkpoint, name="add_checkpoint"),
    path("witness/<slug:name>/add-checkpoint", machines.add_checkpoint, name="add_checkpoint_of"),
    re_path(r"^witness/(?P<seen>[0-9a-f]{64}/checkpoint)$", machines.checkpoint, name="checkpoint"),
    re_path(r"^witness/(?P<name>[-a-zA-Z0-9_]+)/(?P<seen>[0-9a-f]{64}/checkpoint)$", machines.checkpoint, name="checkpoint_of"),
    path("verwaltung/zeugen/", pages.overview, name="overview"),
    path("verwaltung/zeugen/neu/", pages.add_witness, name="add_witness"),
    path("verwaltung/zeugen/<int:pk>/", pages.change_witness, name="change_witness"),
    path("verwaltung/zeugen/protokolle/neu/", pages.know_log, name="know_log"),
    path("verwaltung/zeugen/protokolle/<int:pk>/", pages.change_log, name="change_log"),
]
