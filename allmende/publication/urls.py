"""Addresses of the log. The body's own without its name; every body of the installation with it."""

from django.urls import path

from allmende.publication.views import log

app_name = "publication"
urlpatterns = [
    path("log/checkpoint", log.checkpoint, name="log_checkpoint"),
    path("log/tile/<path:path>", log.tile, name="log_tile"),
    path("log/<slug:name>/checkpoint", log.checkpoint, name="log_checkpoint_of"),
    path("log/<slug:name>/tile/<path:path>", log.tile, name="log_tile_of"),
]
