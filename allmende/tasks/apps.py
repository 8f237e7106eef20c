from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "allmende.tasks"
    label = "tasks"

    def ready(self) -> None:
        from allmende.core import housekeeping
        from allmende.tasks import scans

        housekeeping.register("scan_files", scans.STRAY)
