"""What is wrong with captions, in words."""

from typing import Final

from allmende.lib.webvtt.reading import CaptionsInvalid, Reason

_WORDS: Final[dict[Reason, tuple[str, str]]] = {
    "long": (
        "Das sind mehr als 500.000 Zeichen. Teilen Sie das Video.",
        "These are more than 500,000 characters. Split the video.",
    ),
    "signature": (
        "Die erste Zeile muss WEBVTT heißen. Speichern Sie die Untertitel als WebVTT (Endung .vtt).",
        "The first line has to be WEBVTT. Save the captions as WebVTT (ending .vtt).",
    ),
    "empty": ("Es steht kein Untertitel darin.", "There is no caption in it."),
    "time": (
        "Hier fehlt eine Zeitangabe wie 00:01.000 --> 00:04.500, oder das Ende liegt nicht hinter dem Anfang.",
        "A time like 00:01.000 --> 00:04.500 is missing here, or the end is not after the beginning.",
    ),
    "order": (
        "Dieser Untertitel beginnt vor dem davor. Ordnen Sie die Untertitel nach ihrer Zeit.",
        "This caption begins before the one above it. Put the captions in the order of their times.",
    ),
    "late": (
        "Dieser Untertitel beginnt, wenn das Video schon zu Ende ist. Prüfen Sie, ob er zu diesem Video gehört.",
        "This caption begins when the video is over. Check whether it belongs to this video.",
    ),
    "text": (
        "Hier fehlt der Text, oder darin steht ein Zeichen < oder -->, das nichts bedeutet.",
        "The text is missing here, or holds a sign < or --> that means nothing.",
    ),
    "style": (
        "STYLE und REGION werden nicht angenommen. Löschen Sie diesen Absatz; das Aussehen bestimmt die Seite.",
        "STYLE and REGION are not accepted. Delete this paragraph; the page decides what captions look like.",
    ),
}


def message(error: CaptionsInvalid, language: str) -> str:
    """A sentence that says what to do; `language`: de or en."""
    words = _WORDS[error.reason][language == "en"]
    if not error.line:
        return words
    return f"Line {error.line}: {words}" if language == "en" else f"Zeile {error.line}: {words}"
