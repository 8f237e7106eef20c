from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "allmende.publication"
    label = "publication"

    def ready(self) -> None:
        from allmende.core import health as registry
        from allmende.core import housekeeping
        from allmende.publication import chores, health, revocation
        from allmende.publication.seals.demo import ENDING_DEMO_SEALS
        from allmende.publication.seals.opening import LOCKED_SEALS
        from allmende.publication.witness import health as witness_health

        housekeeping.register("tiles", chores.TILES)
        housekeeping.register("unfinished", chores.UNFINISHED)
        housekeeping.register("closed", chores.CLOSED)
        housekeeping.register("attachments", chores.STRAY)
        housekeeping.register("locked_seals", LOCKED_SEALS)
        housekeeping.register("demo_seals", ENDING_DEMO_SEALS)
        housekeeping.register("revocation", revocation.OUTDATED)
        registry.register("publication_heads", health.heads)
        registry.register("publication_keys", health.key_files)
        registry.register("publication_seals", health.seals)
        registry.register("publication_revocation", health.revocation_data)
        registry.register("publication_witnesses", witness_health.witnesses)
