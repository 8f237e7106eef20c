from allmende.evidence.models.outage import Heartbeat, Outage

__all__ = ["Heartbeat", "Outage"]
