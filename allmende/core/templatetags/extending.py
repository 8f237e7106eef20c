"""`{% extends %}` of all templates: Django looks through the whole parent for its blocks each time a page is made, this one once.

Built in by the settings, so no template loads it.
"""

from typing import Any, TypeVar

from django import template
from django.template.base import Node, NodeList, Parser, Template, Token
from django.template.context import Context
from django.template.loader_tags import ExtendsNode, do_extends

register = template.Library()
N = TypeVar("N", bound=Node)


class Remembered(NodeList):
    """The nodes of a parent, which never change once it is compiled."""

    def __init__(self, nodes: NodeList) -> None:
        super().__init__(nodes)
        self.contains_nontext = nodes.contains_nontext
        self._found: dict[type[Node], list[Any]] = {}

    def get_nodes_by_type(self, nodetype: type[N]) -> list[N]:
        if nodetype not in self._found:
            self._found[nodetype] = super().get_nodes_by_type(nodetype)
        return self._found[nodetype]


class Extends(ExtendsNode):
    def get_parent(self, context: Context) -> Template:
        parent: Template = super().get_parent(context)
        if not isinstance(parent.nodelist, Remembered):
            parent.nodelist = Remembered(parent.nodelist)
        return parent


@register.tag
def extends(parser: Parser, token: Token) -> Extends:
    found = do_extends(parser, token)
    return Extends(found.nodelist, found.parent_name)
