from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "allmende.core"
    label = "core"

    def ready(self) -> None:
        from allmende.core import health, housekeeping, outbox

        housekeeping.register("outbox", outbox.DONE_ROWS)
        health.register("housekeeping", housekeeping.state)
