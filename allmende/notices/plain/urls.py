"""Public addresses of explanations, below the one of their notice. Included in notices.urls."""

from django.urls import path

from allmende.notices.plain.views import public

_AT = "<int:year>/<int:number>/"
urlpatterns = [
    path(f"{_AT}gebaerdensprache.mp4", public.film, {"media": "mp4"}, name="film_mp4"),
    path(f"{_AT}gebaerdensprache.webm", public.film, {"media": "webm"}, name="film_webm"),
    path(f"{_AT}gebaerdensprache.vtt", public.captions, name="film_captions"),
    path(f"{_AT}<slug:slug>/", public.explanation, name="explanation"),
    path(f"{_AT}<slug:slug>/bilder/<uuid:picture>/", public.picture, name="explained_picture"),
]
