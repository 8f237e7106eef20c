"""QR codes (ISO/IEC 18004) of addresses, for paper and screens. Drawn by segno."""

import io

import segno

LEVEL = "m"  # 15 % of the modules may be unreadable: a poster behind glass, a newspaper


def svg(address: str) -> bytes:
    """A drawing with the quiet zone of four modules, black on white."""
    out = io.BytesIO()
    segno.make(address, error=LEVEL, micro=False).save(
        out, kind="svg", border=4, light="#fff", xmldecl=False, svgclass=None, lineclass=None
    )
    return out.getvalue()


def png(address: str, *, scale: int = 20) -> bytes:
    """A picture for print, `scale` points for each module."""
    out = io.BytesIO()
    segno.make(address, error=LEVEL, micro=False).save(out, kind="png", border=4, scale=scale)
    return out.getvalue()
