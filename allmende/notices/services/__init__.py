"""Write side of the notices. Each function is one thing an office does."""

from allmende.notices.services.decision import approve, send_back, submit, withdraw
from allmende.notices.services.draft import Draft, change_kind, copy, discard, draft, edit
from allmende.notices.services.errors import (
    AlreadyDecided,
    DetailsInvalid,
    FourEyes,
    Incomplete,
    NoDocument,
    NotADraft,
    NotCopied,
    NothingToDecide,
    OfficeElsewhere,
    ReasonMissing,
)
from allmende.notices.services.provided import provided, voided
from allmende.notices.services.taking_back import take_back

__all__ = [
    "AlreadyDecided",
    "DetailsInvalid",
    "Draft",
    "FourEyes",
    "Incomplete",
    "NoDocument",
    "NotADraft",
    "NotCopied",
    "NothingToDecide",
    "OfficeElsewhere",
    "ReasonMissing",
    "approve",
    "change_kind",
    "copy",
    "discard",
    "draft",
    "edit",
    "provided",
    "send_back",
    "submit",
    "take_back",
    "voided",
    "withdraw",
]
