"""What every page of the shell needs: navigation, languages, the line about the log."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"town": getattr(request, "town", None), "shell": {}}
