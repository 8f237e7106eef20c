"""Reading DOCX (ECMA-376 part 1, WordprocessingML): what a reader sees, with the numbers that the program counts."""

from allmende.lib.extraction.docx.reading import read_docx

__all__ = ["read_docx"]
