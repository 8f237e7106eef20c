"""What every task of the notices shows of the notice it is about."""

from django.urls import reverse
from django.utils.translation import gettext as _

from allmende.tasks.models import Task


def address(task: Task) -> str:
    """Its page in the office."""
    return reverse("notices_staff:show", args=[task.record_id]) if task.record_id else ""


def number(path: str) -> str:
    """17/2026, from the address of a notice: bekanntmachungen/2026/17/. Empty for a draft."""
    parts = path.strip("/").split("/")
    return f"{parts[2]}/{parts[1]}" if len(parts) == 3 and parts[1].isdigit() else ""


def about(task: Task) -> str:
    """'Nr. 17/2026 Hundesteuersatzung'. No query where the record was fetched along."""
    if task.record is None:
        return ""
    label = number(task.record.path)
    return f"{_('Nr. %(number)s') % {'number': label}} {task.record.title}" if label else str(task.record.title)
