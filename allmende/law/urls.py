"""Addresses of by-laws, below /ortsrecht/. The list itself is a page of the portal: notices stand in it too."""

from django.urls import path

from allmende.law import views

app_name = "law"
urlpatterns = [path("<slug:words>/", views.bylaw, name="bylaw")]
