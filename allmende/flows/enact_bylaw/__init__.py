"""A notice has promulgated a by-law: it is entered in the local law, with what the notice and its calendar say of it."""

from allmende.flows.enact_bylaw.flow import enact, withdraw

__all__ = ["enact", "withdraw"]
