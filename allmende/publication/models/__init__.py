from allmende.publication.models.attachment import Attachment, AttachmentSalt
from allmende.publication.models.attempt import CONTENT, VALID, Attempt, State
from allmende.publication.models.log import Checkpoint, Cosignature, Log, LogEntry
from allmende.publication.models.publication import Author, Image, Publication
from allmende.publication.models.removal import Relation, Removal
from allmende.publication.models.seal import SealKey, SealUse
from allmende.publication.models.witness import Witness, WitnessedLog

__all__ = [
    "CONTENT",
    "VALID",
    "Attachment",
    "AttachmentSalt",
    "Attempt",
    "Author",
    "Checkpoint",
    "Cosignature",
    "Image",
    "Log",
    "LogEntry",
    "Publication",
    "Relation",
    "Removal",
    "SealKey",
    "SealUse",
    "State",
    "Witness",
    "WitnessedLog",
]
