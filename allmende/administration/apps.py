from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "allmende.administration"
    label = "administration"
