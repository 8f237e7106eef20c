"""Audit trail in two tables: an envelope that nobody can change, values that can be erased."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from allmende.core.models.body import Body, Person
from allmende.core.models.record import Record
from allmende.core.scope import BodyOwned, Scoped


class AuditEntry(BodyOwned):
    """Who did what, when, and a salted hash of the values. Triggers refuse UPDATE and DELETE (migration 0002)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="+")  # null: people, settings, keys
    actor = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")  # null: the worker
    act = models.CharField(max_length=60)
    at = models.DateTimeField()
    values_hash = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("Eintrag der Protokollierung")
        indexes = [models.Index(name="core_audit_by_body", fields=["body", "-id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"


class AuditValues(BodyOwned):
    """Before and after. Erasing deletes the row, salt included; the envelope stays and proves nothing about a person."""

    entry = models.OneToOneField(AuditEntry, primary_key=True, on_delete=models.PROTECT, related_name="stored")
    salt = models.BinaryField(max_length=32)
    values = models.JSONField()

    objects = Scoped("entry__body")

    def __str__(self) -> str:
        return f"values of {self.entry_id}"
