"""Addresses of the work list, below /schreibtisch/aufgaben/."""

from django.urls import path

from allmende.tasks import views

app_name = "tasks"
urlpatterns = [
    path("", views.task_list, name="list"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/datei/<uuid:scan>/", views.scan, name="scan"),
]
