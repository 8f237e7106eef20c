from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "allmende.administration"
    label = "administration"

    def ready(self) -> None:
        from allmende.administration.start_page.checking import DAILY
        from allmende.core import housekeeping

        housekeeping.register("start_pages", DAILY)
