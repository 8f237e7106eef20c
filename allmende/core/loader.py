"""Compiled templates are kept by language, so that what a template says can be translated when it is compiled."""

from django.template import Origin
from django.template.loaders import cached
from django.utils.translation import get_language


class Loader(cached.Loader):
    """Django's own, with the language in the key. A template must be rendered in the language in which it was asked for."""

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        return f"{get_language()} {super().cache_key(template_name, skip)}"
