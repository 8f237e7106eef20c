"""Addresses of the public gazette, below /amtsblatt/."""

from django.urls import path

from allmende.notices.gazette.views import public
from allmende.notices.subscriptions.topics import GAZETTE
from allmende.notices.subscriptions.urls import patterns

app_name = "gazette"
urlpatterns = [
    path("", public.issue_list, name="list"),
    path("<int:year>/<int:number>/", public.page, name="page"),
    path("<int:year>/<int:number>.pdf", public.pdf, name="pdf"),
    path("<int:year>/<int:number>.zip", public.bundle, name="bundle"),
    *patterns(GAZETTE),
]
