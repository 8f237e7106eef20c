from allmende.evidence.models.certificate import Certificate
from allmende.evidence.models.outage import Heartbeat, Outage

__all__ = ["Certificate", "Heartbeat", "Outage"]
