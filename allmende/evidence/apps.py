from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "allmende.evidence"
    label = "evidence"

    def ready(self) -> None:
        from allmende.core import health, housekeeping
        from allmende.evidence.archive import health as archive_health
        from allmende.evidence.archive.stamping import STAMPS
        from allmende.evidence.outages import health as outages_health
        from allmende.evidence.outages.beating import HEARTBEAT

        housekeeping.register("heartbeat", HEARTBEAT)
        housekeeping.register("archive_stamps", STAMPS)
        health.register("evidence_outages", outages_health.outages)
        health.register("evidence_archive", archive_health.stamps)
