"""Write side of the seal: set up, unlock, lock, renew, stop, change the time stamp service. Each is noted in the audit trail.

keeping    what the seal holder does
authority  who stamps for a seal
demo       seals and time stamp services that the installation makes for itself, to be shown
opening    the key in memory of the process that seals
"""

from allmende.publication.seals.authority import BUILTIN, authority_of
from allmende.publication.seals.demo import demo_password, is_demo, renew_demo_seal, set_up_demo_seal
from allmende.publication.seals.keeping import in_use, in_words, lock, renew_seal, set_authority, set_up_seal, stop, unlock
from allmende.publication.seals.opening import opened

__all__ = [
    "BUILTIN",
    "authority_of",
    "demo_password",
    "in_use",
    "in_words",
    "is_demo",
    "lock",
    "opened",
    "renew_demo_seal",
    "renew_seal",
    "set_authority",
    "set_up_demo_seal",
    "set_up_seal",
    "stop",
    "unlock",
]
