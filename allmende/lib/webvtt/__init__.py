"""Captions as WebVTT (W3C), read strictly and written anew: what is served holds times and text, and nothing else.

Read: the signature, cues with times and text, notes (left out), settings of a cue (left out: the browser places the line). Tags fall
away, the words in them stay; a voice is kept as 'Name: '. Style sheets and regions are refused: they say nothing and can fetch things.
"""

from allmende.lib.webvtt.cues import Cue, write
from allmende.lib.webvtt.messages import message
from allmende.lib.webvtt.reading import LONGEST, CaptionsInvalid, read

__all__ = ["LONGEST", "CaptionsInvalid", "Cue", "message", "read", "write"]
