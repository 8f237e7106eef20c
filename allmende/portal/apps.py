from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "allmende.portal"
    label = "portal"
