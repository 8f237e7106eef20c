"""Reading PDF (ISO 32000): what it carries, whether its text can be read, and the text."""

from allmende.lib.extraction.pdf.reading import look_at_text, read_pdf
from allmende.lib.extraction.pdf.structure import About, look_at

__all__ = ["About", "look_at", "look_at_text", "read_pdf"]
