from allmende.evidence.models.archive import ArchiveStamp
from allmende.evidence.models.certificate import Certificate
from allmende.evidence.models.outage import Heartbeat, Outage

__all__ = ["ArchiveStamp", "Certificate", "Heartbeat", "Outage"]
