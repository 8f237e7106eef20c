from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "allmende.notices"
    label = "notices"
