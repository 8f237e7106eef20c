"""How much is read of a file that somebody hands in. What is above is refused with a code, or ends the child that reads it."""

from typing import Final

from allmende.lib.limited import Limits

MAX_READ: Final = 60 * 1024 * 1024  # bytes of a file from which text is taken; plans and scans beyond stay files
MAX_PARTS: Final = 10_000  # files in a container (ZIP)
MAX_UNPACKED: Final = 2 * 1024 * 1024 * 1024  # bytes of all parts of a container together, as it states them
MAX_RATIO: Final = 250  # unpacked to packed, of a container above 100 MB: text packs 20 to 1, a bomb a thousand to one
MAX_PART: Final = 40 * 1024 * 1024  # bytes of one part that is parsed
MAX_OBJECTS: Final = 1_000_000  # objects of a PDF that are looked at
MAX_PAGES: Final = 2_000
MAX_DEPTH: Final = 60  # of structure in structure: elements of a tagged PDF, fields, boxes
MAX_ELEMENTS: Final = 300_000  # of the structure of a tagged PDF
MAX_DECODED: Final = 40_000_000  # pixels of a picture that is decoded to see whether it is whole: 160 MB at most
# Deflate makes at most 1032 of a byte (RFC 1951: 258 of two bits), a PNG with one bit a pixel 8 times as many pixels of it; a JPEG
# needs more. TIFF knows ways of packing (T.6) that write a white line in one bit.
MOST_PIXELS_A_BYTE: Final = 8 * 1032
MAX_NAMES: Final = 5  # names of parts or people that a finding lists
MAX_NAME: Final = 60  # characters of one of them

# The look at a file of 300 MB, and the reading of 300 pages, both fit in; measured in docs/performance.md.
LOOK: Final = Limits(memory=2 * 1024 * 1024 * 1024, cpu=30, wall=60.0)
READ: Final = Limits(memory=2 * 1024 * 1024 * 1024, cpu=60, wall=90.0)
LOOK_SECONDS: Final = 12.0  # after which no further page is looked at: the rest counts as not examined
