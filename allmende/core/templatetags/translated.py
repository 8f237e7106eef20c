"""Takes the place of Django's library `i18n`: sentences without a variable are translated when the template is compiled.

That is once for each language (core/loader.py). Templates from strings, which are not kept by language, stay as they are.
"""

from django.template import Context, Library
from django.template.base import Node, Parser, TextNode, Token
from django.templatetags import i18n
from django.templatetags.i18n import TranslateNode, do_translate

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    node: TranslateNode = do_translate(parser, token)
    said = node.filter_expression  # its sentence is a Variable; one that is looked up nowhere if it is written there
    constant = said.var.lookups is None and not said.filters and not node.asvar and not node.noop
    if constant and node.message_context is None and getattr(parser.origin, "loader", None) is not None:
        return TextNode(node.render(Context()))
    return node
