from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """For the commands that concern the whole installation: serve, demo, check."""

    name = "allmende.config"
    label = "config"
