"""An official page: what a body says in its own name, once, as HTML and as PDF with the same words.

The page is data. From it come the stored payload (without the day of provision, which is known only when it is sealed),
the artefact page.html, its wording alone as the public page shows it, and the PDF (PDF/A-2a and PDF/UA-1, not yet sealed).
Every output is canonical: the same page gives the same bytes. Pure functions: no Django, no clock.
"""

from allmende.lib.official.attachment import Attachment, AttachmentInvalid
from allmende.lib.official.characters import without_form
from allmende.lib.official.copy import Code, Copy
from allmende.lib.official.html import page_html, wording_html
from allmende.lib.official.page import Fact, Image, OfficialPage, PageInvalid, Signature, from_payload, to_payload
from allmende.lib.official.pdf import DocumentRefused, Fonts, FontsMissing, document_pdf

__all__ = [
    "Attachment",
    "AttachmentInvalid",
    "Code",
    "Copy",
    "DocumentRefused",
    "Fact",
    "Fonts",
    "FontsMissing",
    "Image",
    "OfficialPage",
    "PageInvalid",
    "Signature",
    "document_pdf",
    "from_payload",
    "page_html",
    "to_payload",
    "without_form",
    "wording_html",
]
