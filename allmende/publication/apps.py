from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "allmende.publication"
    label = "publication"

    def ready(self) -> None:
        from allmende.core import health as registry
        from allmende.publication import health
        from allmende.publication.witness import health as witness_health

        registry.register("publication_heads", health.heads)
        registry.register("publication_keys", health.key_files)
        registry.register("publication_seals", health.seals)
        registry.register("publication_witnesses", witness_health.witnesses)
