"""Files that a clerk hands in beside a text: what they are, what they carry, and the text of DOCX and PDF.

They come from strangers often enough, so nothing of them is opened by the process that serves pages: a child with limits of
memory and time examines and reads them (`examine_limited`, `extract_limited`). Nothing of a file is changed.

No Django, no database.
"""

from allmende.lib.extraction.examination import Examination, Extract
from allmende.lib.extraction.findings import NOT_FOR_THE_PUBLIC, OF_DOWNLOADS, TO_BE_READ, Finding, Refused
from allmende.lib.extraction.limited import examine_limited, extract_limited
from allmende.lib.extraction.media import ABOUT, DATA, READABLE, Media

__all__ = [
    "ABOUT",
    "DATA",
    "NOT_FOR_THE_PUBLIC",
    "OF_DOWNLOADS",
    "READABLE",
    "TO_BE_READ",
    "Examination",
    "Extract",
    "Finding",
    "Media",
    "Refused",
    "examine_limited",
    "extract_limited",
]
