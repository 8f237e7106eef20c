from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "allmende.publication"
    label = "publication"
