"""What the administrator sees: what to hand to the neighbour, whom we ask, whom we cosign."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise

from allmende.core.models import Body
from allmende.publication.models import Checkpoint, Log, Witness, WitnessedLog
from allmende.publication.witness.errors import in_words


@dataclass(frozen=True)
class Handed:
    """What another operator needs: to cosign our log (`vkey`), and to ask our witness (`url`, `witness_vkey`)."""

    origin: str
    vkey: str
    url: str
    witness_vkey: str
    operator: str


@dataclass(frozen=True)
class AskedWitness:
    """A witness and how far it has come. `behind`: entries that it has not confirmed yet."""

    witness: Witness
    behind: int

    @property
    def trouble(self) -> str | Promise:
        return in_words(self.witness.last_error)


def submission_address(body: Body) -> str:
    """Where the witness of `body` takes checkpoints (C2SP submission and monitoring prefix)."""
    return f"{settings.BASE_URL}/witness/{body.slug}"


def handed(body: Body) -> Handed | None:
    """None if the body has no log yet. 1 query."""
    log = Log.objects.for_body(body).first()
    if log is None:
        return None
    return Handed(log.origin, log.vkey, submission_address(body), log.witness_vkey, settings.OPERATOR)


def asked(body: Body) -> list[AskedWitness]:
    """Whom this body asks, stopped ones last. 2 queries."""
    size = Checkpoint.objects.for_body(body).order_by("-size").values_list("size", flat=True).first() or 0
    return [AskedWitness(w, max(size - w.size, 0)) for w in Witness.objects.for_body(body).order_by("-is_active", "operator", "pk")]


def known(body: Body) -> list[WitnessedLog]:
    """Whose logs the witness of this body cosigns, stopped ones last. 1 query."""
    return list(WitnessedLog.objects.for_body(body).defer("checkpoint").order_by("-is_active", "origin"))
