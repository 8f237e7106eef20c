"""Addresses of the public gazette, below /amtsblatt/."""

from django.urls import path

from allmende.notices.gazette.views import public, subscription

app_name = "gazette"
urlpatterns = [
    path("", public.issue_list, name="list"),
    path("<int:year>/<int:number>/", public.page, name="page"),
    path("<int:year>/<int:number>.pdf", public.pdf, name="pdf"),
    path("<int:year>/<int:number>.zip", public.bundle, name="bundle"),
    path("abo/", subscription.ask, name="subscribe"),
    path("abo/<int:reader>/<str:secret>/", subscription.confirm, name="confirm"),
    path("abo/<int:reader>/<str:secret>/abbestellen/", subscription.leave, name="leave"),
]
