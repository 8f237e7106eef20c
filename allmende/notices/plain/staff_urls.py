"""Addresses of the office about explanations. Included in notices.staff_urls."""

from django.urls import path

from allmende.notices.plain.views import films, reviewing, texts

_OF = "<uuid:notice_id>/erklaerungen/"
_ONE = f"{_OF}<uuid:explanation_id>/"
urlpatterns = [
    path("erklaerungen/", texts.waiting, name="explanations_waiting"),
    path(_OF, texts.overview, name="explanations"),
    path(f"{_OF}gebaerdensprache/", films.film, name="sign_film"),
    path(f"{_OF}gebaerdensprache/untertitel/", films.captions, name="sign_captions"),
    path(_ONE, reviewing.show, name="explanation"),
    path(f"{_ONE}pruefen/", reviewing.review, name="explanation_review"),
    path(f"{_ONE}handeln/", reviewing.act, name="explanation_act"),
    path(f"{_ONE}video/", films.film_file, name="explanation_film"),
    path(f"{_ONE}untertitel.vtt", films.captions_file, name="explanation_captions"),
    path(f"{_OF}<slug:slug>/", texts.write, name="explain"),
    path(f"{_OF}<slug:slug>/neu/", reviewing.next_version, name="explanation_next"),
    path(f"{_OF}<slug:slug>/bilder/", texts.add_picture, name="explanation_picture"),
]
