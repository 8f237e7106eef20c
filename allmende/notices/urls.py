"""Addresses of public notices, below /bekanntmachungen/."""

from django.urls import path

from allmende.notices.plain.urls import urlpatterns as explanations
from allmende.notices.subscriptions.topics import NOTICES
from allmende.notices.subscriptions.urls import patterns
from allmende.notices.subscriptions.views import feed
from allmende.notices.views import printouts, public

app_name = "notices"
urlpatterns = [
    path("", public.notice_list, name="list"),
    path("neu.atom", feed.feed, name="feed"),
    path("neu/<slug:kind>.atom", feed.feed, name="feed_of_kind"),
    *patterns(NOTICES),
    path("archiv/", public.archive, name="archive"),
    path("<int:year>/", public.year, name="year"),
    path("<int:year>/<int:number>/", public.page, name="page"),
    path("<int:year>/<int:number>/ausdruck/", printouts.ask, name="printout"),
    path("<int:year>/<int:number>/ausdruck/eingegangen/", printouts.sent, name="printout_sent"),
    path("<int:year>/<int:number>/bilder/<int:picture>/", public.picture, name="picture"),
    path("<int:year>/<int:number>/grossdruck.pdf", public.large_print, name="large_print"),
    path("<int:year>/<int:number>.pdf", public.pdf, name="pdf"),
    path("<int:year>/<int:number>.zip", public.bundle, name="bundle"),
    path("<int:year>/<int:number>/anlagen/<int:attachment>/<str:name>", public.attachment, name="attachment"),
    *explanations,
]
