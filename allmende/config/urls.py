"""All addresses. Body and language are no part of them: core.middleware.TownMiddleware takes both off."""

from django.urls import URLPattern, URLResolver, include, path

from allmende.core import views

handler500 = views.server_error
urlpatterns: list[URLPattern | URLResolver] = [
    path("bekanntmachungen/", include("allmende.notices.urls")),  # what most readers ask for is found first
    path("", include("allmende.portal.urls")),
    path("ortsrecht/", include("allmende.law.urls")),
    path("stadt.css", views.town_css, name="stadt_css"),
    path("wappen", views.coat_of_arms, name="wappen"),
    path("favicon.ico", views.coat_of_arms, name="favicon"),  # asked for beside files, which name no icon
    path("", include("allmende.accounts.urls")),
    path("", include("allmende.administration.urls")),
    path("", include("allmende.publication.urls")),
    path("", include("allmende.evidence.urls")),
    path("", include("allmende.publication.witness.urls")),
    path("amtsblatt/", include("allmende.notices.gazette.urls")),
    path("schreibtisch/amtsblatt/", include("allmende.notices.gazette.staff_urls")),
    path("schreibtisch/aufgaben/", include("allmende.tasks.urls")),
    path("schreibtisch/bekanntmachungen/", include("allmende.notices.staff_urls")),
]
