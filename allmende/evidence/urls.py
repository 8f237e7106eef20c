"""Addresses below the log. The body's own without its name; every body of the installation with it."""

from django.urls import path

from allmende.evidence import views

app_name = "evidence"
urlpatterns = [
    path("log/archiv/<int:number>.zip", views.archive, name="archive"),
    path("log/<slug:name>/archiv/<int:number>.zip", views.archive, name="archive_of"),
]
