"""The PDF around a seal: a field that keeps PDF/A-2a and PDF/UA-1, and where exactly the one seal of a file lies.

The file is rewritten once before sealing, so that the field can be tagged: PDF/UA-1 (ISO 14289-1, 7.18.4) wants a form field
inside a <Form> element and a spoken name (/TU). The field has no area, so that it needs no appearance (ISO 19005-2, 6.3.3).
"""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from functools import cache
from typing import Final

from .errors import PdfUnsuitable

FIELD_NAME = "Siegel"
_HEX = re.compile(rb"<((?:[0-9A-F]{2})+)>")  # one spelling: Contents is not signed, so its letters could be changed unnoticed
_ANY_HEX = re.compile(rb"<[0-9A-Fa-f\s]+>")
# Unpacked: what one stream that describes objects may come to, and all streams of a file. Forty large pictures are 900 MB.
_LARGEST_STREAM: Final = 32 * 1024 * 1024
_MOST_UNPACKED: Final = 1536 * 1024 * 1024
_STREAM = re.compile(rb"stream[\x00\t\n\x0c\r ]*")


class NoSeal(ValueError):
    """The file holds no seal that can be examined."""


class SeveralSeals(ValueError):
    """The file holds more than one signature."""


class NotWhole(ValueError):
    """The signature does not cover the whole file."""


class WrittenOtherwise(ValueError):
    """The signature is there, but its digits are not written in the one way that is specified: upper case, no spaces."""


@dataclass(frozen=True, slots=True)
class SealPlace:
    """Where the seal lies: file[begin:end] is '<' hex '>'; the rest of the file is signed. `cms` is the DER inside, without filling.

    `reason`: what the seal itself states it is for (ISO 32000-1, table 252); `title`: of the document. Both are signed, may say
    anything, and are empty if there is none.
    """

    begin: int
    end: int
    cms: bytes
    reason: str = ""
    title: str = ""


def with_field(pdf: bytes, *, label: str) -> bytes:
    """The PDF with an empty, tagged seal field on its first page; `label` is what screen readers say. Deterministic.

    Raises PdfUnsuitable when it is unreadable, encrypted, not tagged or has form fields already.
    """
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String

    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            root = document.Root
            if document.is_encrypted or Name.StructTreeRoot not in root or Name.AcroForm in root:
                raise PdfUnsuitable("encrypted, not tagged, or with a form")
            page = document.pages[0].obj
            tree = root.StructTreeRoot
            field = document.make_indirect(
                Dictionary(
                    Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(FIELD_NAME), TU=String(label),
                    Rect=Array([0, 0, 0, 0]), F=4 | 128, P=page,
                )
            )  # fmt: skip
            if Name.Annots not in page:
                page.Annots = Array()
            page.Annots.append(field)
            page.Tabs = Name.S
            root.AcroForm = Dictionary(Fields=Array([field]))

            top = tree.K[0] if isinstance(tree.K, Array) else tree.K
            element = document.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.Form, P=top, Pg=page, K=Dictionary(Type=Name.OBJR, Obj=field, Pg=page))
            )
            if Name.K not in top:
                top.K = Array()
            elif not isinstance(top.K, Array):
                top.K = Array([top.K])
            top.K.append(element)
            parents = pikepdf.NumberTree(tree.ParentTree)
            following = int(tree.get(Name.ParentTreeNextKey, max(parents.keys(), default=-1) + 1))
            field.StructParent = following
            parents[following] = element
            tree.ParentTreeNextKey = following + 1

            out = io.BytesIO()
            document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return out.getvalue()
    except (pikepdf.PdfError, AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        raise PdfUnsuitable(str(error)) from error


@cache
def _limit_reader() -> None:
    """For the whole process: a stream is packed once, not in layers of which each grows a thousandfold."""
    from pikepdf.settings import set_qpdf_limits

    set_qpdf_limits(max_stream_filters=1, flate_max_memory=_LARGEST_STREAM, run_length_max_memory=_LARGEST_STREAM)


def _unpacks_to_more_than(limit: int, pdf: bytes) -> bool:
    """Whether a small file would become a huge one while it is read: strangers upload files to be examined.

    Looks at whatever might be a packed stream, wherever it stands. Bytes read count too, so that streams inside of streams
    cannot make this itself slow.
    """
    view = memoryview(pdf)
    for match in _STREAM.finditer(pdf):
        place, rest = match.end(), zlib.decompressobj()
        try:
            while place < len(pdf) and not rest.eof:
                pending: bytes | memoryview = view[place : place + 65_536]
                place += len(pending)
                while pending and not rest.eof:
                    limit -= len(rest.decompress(pending, 1024 * 1024)) + len(pending) - len(rest.unconsumed_tail)
                    pending = rest.unconsumed_tail
                    if limit < 0:
                        return True
        except zlib.error:
            continue
    return False


def find_seal(pdf: bytes) -> SealPlace:
    """Find the one signature of a file and make sure that it leaves out nothing but itself.

    Raises NoSeal, SeveralSeals, NotWhole, WrittenOtherwise.
    """
    import pikepdf

    _limit_reader()
    if _unpacks_to_more_than(_MOST_UNPACKED, pdf):
        raise NoSeal("the file unpacks to far more than a document")
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            found = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and pikepdf.Name.ByteRange in item]
            if not found:
                raise NoSeal("no signature")
            if len(found) > 1:
                raise SeveralSeals(f"{len(found)} signatures")
            signature = found[0]
            fields = list(document.Root.AcroForm.Fields)
            if len(fields) != 1 or str(fields[0].FT) != "/Sig" or fields[0].V.objgen != signature.objgen:
                raise NoSeal("the signature is not the value of the only field")
            if signature.SubFilter != pikepdf.Name("/ETSI.CAdES.detached"):
                raise NoSeal("not a PAdES signature")
            ranges = [int(number) for number in signature.ByteRange]
            contents = bytes(signature.Contents)
            reason, title = _text(signature, pikepdf.Name.Reason), _text(document.trailer.get("/Info"), pikepdf.Name.Title)
    except (
        pikepdf.PdfError,
        RuntimeError,
        RecursionError,
        AttributeError,
        KeyError,
        IndexError,
        TypeError,
        OverflowError,
        ValueError,
    ) as error:
        if isinstance(error, NoSeal | SeveralSeals):
            raise
        raise NoSeal(str(error)) from error
    if len(ranges) != 4 or ranges[0] != 0:
        raise NotWhole("ranges")
    _, begin, end, rest = ranges
    if not 0 < begin < end <= len(pdf) or end + rest != len(pdf):
        raise NotWhole("the signed ranges do not reach from the first to the last byte")
    match = _HEX.fullmatch(pdf, begin, end)
    if match is None and _ANY_HEX.fullmatch(pdf, begin, end):
        raise WrittenOtherwise("hexadecimal digits in lower case or with spaces")
    if match is None or bytes.fromhex(match[1].decode()) != contents:
        raise NotWhole("the gap between the signed ranges is not the signature")
    size = _der_size(contents)
    if any(contents[size:]):
        raise NotWhole("the filling behind the signature is not empty")
    return SealPlace(begin, end, contents[:size], reason, title)


def _text(holder: object, name: object) -> str:
    """A text string of a dictionary; empty if there is none."""
    import pikepdf

    value = holder.get(name) if isinstance(holder, pikepdf.Dictionary) else None  # type: ignore[call-overload]
    return str(value) if isinstance(value, pikepdf.String) else ""


def _der_size(data: bytes) -> int:
    """Length of the first DER value in `data`; the whole length when there is none (its reader then refuses it)."""
    if len(data) < 2 or data[1] == 0x80:
        return len(data)
    if data[1] < 0x80:
        return 2 + data[1]
    count = data[1] & 0x7F
    return min(len(data), 2 + count + int.from_bytes(data[2 : 2 + count], "big"))
