"""Write side of publishing: the approval, and what can happen to something afterwards. What follows is done by the worker."""

from allmende.publication.services.approval import TOPIC, approve
from allmende.publication.services.erasing import erase
from allmende.publication.services.relating import relate
from allmende.publication.services.taking_back import take_back
from allmende.publication.services.taking_down import end, take_down

__all__ = ["TOPIC", "approve", "end", "erase", "relate", "take_back", "take_down"]
