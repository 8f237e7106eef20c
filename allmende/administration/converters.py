"""Words in addresses: German outside, our names inside."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from allmende.administration.models import PageText


class _Words(StringConverter):
    words: dict[str, str]

    def to_python(self, value: str) -> str:
        return self.words[value]

    def to_url(self, value: str) -> str:
        return next(word for word, name in self.words.items() if name == value)


class Parts(_Words):
    words = {"ortsteile": "district", "aemter": "office"}
    regex = "ortsteile|aemter"


class LegalPage(_Words):
    words = {"impressum": PageText.Kind.IMPRINT, "datenschutz": PageText.Kind.PRIVACY, "barrierefreiheit": PageText.Kind.ACCESSIBILITY}
    regex = "impressum|datenschutz|barrierefreiheit"


class PageLanguage(_Words):
    words = {"deutsch": PageText.Language.GERMAN, "englisch": PageText.Language.ENGLISH}
    regex = "deutsch|englisch"


register_converter(Parts, "parts")
register_converter(LegalPage, "legalpage")
register_converter(PageLanguage, "pagelanguage")
