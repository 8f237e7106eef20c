"""Every address of the platform, read from the URL configuration."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver


class Address(NamedTuple):
    """`name` with its namespace, `route` as it is written in urls.py; `holes`: what is to be filled in, with its converter."""

    name: str
    route: str
    holes: Mapping[str, str]


def _found(patterns: Sequence[URLPattern | URLResolver], route: str = "", space: str = "") -> Iterator[Address]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _found(one.url_patterns, route + str(one.pattern), f"{space}{one.namespace}:" if one.namespace else space)
        else:
            named = dict.fromkeys(one.pattern.regex.groupindex, "")
            holes = named | {hole: type(converter).__name__ for hole, converter in one.pattern.converters.items()}
            yield Address(f"{space}{one.name}", route + str(one.pattern), holes)


def every_address() -> list[Address]:
    return list(_found(get_resolver().url_patterns))
