from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "allmende.law"
    label = "law"
