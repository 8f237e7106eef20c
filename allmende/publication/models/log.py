"""The log of a body as rows: what is in it, in which order, and what was signed about it. Its files follow from these."""

from django.db import models
from django.db.models import Q

from allmende.core.models import Body
from allmende.core.scope import BodyOwned, Scoped


class Log(BodyOwned):
    """The log of one body. Origin and keys are set once (trigger); `size` only grows, moved by a conditional UPDATE.

    Whoever moves `size` has the next index: see log.append.
    """

    body = models.OneToOneField(Body, on_delete=models.PROTECT, primary_key=True, related_name="+")
    origin = models.CharField(max_length=200, unique=True, help_text="C2SP origin: a name without scheme, never taken from a request")
    vkey = models.CharField(max_length=400, help_text="Public key of the log (signed-note, Ed25519)")
    witness_vkey = models.CharField(max_length=400, help_text="Public key under which this body's installation cosigns other logs")
    size = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="publication_log_named", condition=~Q(origin="") & ~Q(vkey="") & ~Q(witness_vkey="")),
        ]

    def __str__(self) -> str:
        return f"{self.origin}: {self.size}"


class LogEntry(BodyOwned):
    """One leaf: canonical JSON with salted commitments, never personal data. Append-only (trigger)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    index = models.PositiveBigIntegerField()
    entry = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)  # RFC 6962: the same leaf has one index for ever
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="publication_logentry_index_once", fields=["body", "index"]),
            models.UniqueConstraint(name="publication_logentry_leaf_once", fields=["body", "leaf_hash"]),
        ]

    def __str__(self) -> str:
        return f"{self.body_id}/{self.index}"


class Checkpoint(BodyOwned):
    """A signed statement: the log of this body has `size` entries with this root. Append-only (trigger)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    size = models.PositiveBigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.BinaryField()  # signed by the log alone; cosignatures are rows of their own
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="publication_checkpoint_one_per_size", fields=["body", "size"])]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.size}"


class Cosignature(BodyOwned):
    """A witness on another installation saw this checkpoint and found it consistent with all it had seen before."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    vkey = models.CharField(max_length=400)
    operator = models.CharField(max_length=200)
    line = models.TextField(help_text="The signature line of the note, with its newline")
    at = models.DateTimeField(help_text="The time the witness has signed")

    objects = Scoped("checkpoint__body")

    class Meta:
        constraints = [models.UniqueConstraint(name="publication_cosignature_once", fields=["checkpoint", "vkey"])]

    def __str__(self) -> str:
        return f"{self.operator}: {self.checkpoint_id}"
