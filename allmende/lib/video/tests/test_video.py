"""A video is what its content says, whole to the last byte, and tells nothing of where it was made."""

from io import BytesIO
from pathlib import Path
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.video import Media, Video, VideoRefused, clean, examine
from allmende.lib.video.tests.made import box, element, mp4, number, other_track, sound_track, webm

PLACE = b"+51.7506+11.9751/"


def reason(data: bytes) -> str:
    with pytest.raises(VideoRefused) as refused:
        examine(BytesIO(data))
    return refused.value.reason


def test_an_mp4_says_how_large_and_how_long_it_is() -> None:
    assert examine(BytesIO(mp4())) == Video(Media.MP4, 640, 480, 10.0, 50.0, sound=False)
    assert examine(BytesIO(mp4(extra=sound_track()))).sound


def test_a_webm_says_how_large_and_how_long_it_is() -> None:
    assert examine(BytesIO(webm())) == Video(Media.WEBM, 640, 480, 10.0, 25.0, sound=False)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "unknown"),
        (b"WEBVTT\n", "unknown"),
        (b"%PDF-1.7 and more than twelve bytes", "unknown"),
        (mp4(brand=b"qt  "), "quicktime"),
        (mp4(brand=b"heic"), "unknown"),
        (mp4(codec=b"hvc1"), "codec"),
        (mp4(extra=other_track()), "tracks"),
        (mp4(seconds=0), "duration"),
        (mp4(width=0), "broken"),
        (mp4()[:-1], "broken"),
        (mp4() + b"<script>", "broken"),
        (mp4(more=box(b"evil")), "broken"),
        (webm(kind=b"matroska"), "unknown"),
        (webm(codec=b"V_MPEG4/ISO/AVC"), "codec"),
        (webm(seconds=float("nan")), "duration"),
        (webm(seconds=0), "duration"),
        (webm()[:-1], "broken"),
        (webm() + b"PK\3\4", "broken"),
        (webm(extra=element(0x1941A469, b"file")), "attachments"),
    ],
)
def test_what_is_not_shown_by_every_browser_or_holds_more_is_refused(data: bytes, expected: str) -> None:
    assert reason(data) == expected


def test_a_recording_that_was_never_finished_does_not_say_how_long_it_is() -> None:
    header = webm()[: webm().index(b"\x18\x53\x80\x67")]
    assert reason(header + b"\x18\x53\x80\x67" + b"\x01\xff\xff\xff\xff\xff\xff\xff" + bytes(100)) == "duration"


@pytest.mark.parametrize(
    "data",
    [
        mp4(extra=box(b"udta", box(b"\xa9xyz", pack(">HH", len(PLACE), 0x15C7), PLACE))),
        mp4(extra=box(b"meta", bytes(4), PLACE)),
        mp4(more=box(b"uuid", bytes(16), PLACE)),
        webm(extra=element(0x1254C367, element(0x7373, element(0x67C8, PLACE)))),
        webm(extra=element(0x1254C367, b"\xec\x80" + PLACE[:2])),
    ],
)
def test_place_and_camera_are_blanked_and_the_file_stays_the_same_video(data: bytes) -> None:
    file = BytesIO(data)
    before = examine(file)
    clean(file, before)
    after = file.getvalue()

    assert PLACE[:2] not in after or PLACE not in after
    assert len(after) == len(data)
    seen = examine(file)
    assert (seen.media, seen.seconds, seen.width, seen.blanks) == (before.media, before.seconds, before.width, ())


@given(st.binary(max_size=300), st.sampled_from([mp4(media=20), webm(media=20)]), st.data())
def test_any_bytes_are_a_video_or_refused(junk: bytes, whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole)))
    for found in (junk, whole[:at] + junk + whole[at + len(junk) :], whole[:4] + junk):
        try:
            seen = examine(BytesIO(found))
        except VideoRefused:
            continue
        file = BytesIO(found)
        clean(file, seen)
        assert len(file.getvalue()) == len(found)


def test_numbers_may_be_wide() -> None:
    assert examine(BytesIO(webm(extra=number(0xEC, 2**40)))).width == 640


@pytest.mark.parametrize(("name", "media"), [("small.mp4", Media.MP4), ("small.webm", Media.WEBM)])
def test_what_an_encoder_really_writes_is_read_and_cleaned(name: str, media: Media) -> None:
    """Four seconds of moving squares, H.264 and VP9, with a title, a place and a comment as FFmpeg writes them."""
    file = BytesIO((Path(__file__).parent / name).read_bytes())
    video = examine(file)
    clean(file, video)

    assert (video.media, video.width, video.height, video.seconds, video.rate, video.sound) == (media, 320, 240, 4.0, 25.0, False)
    assert not any(word in file.getvalue() for word in (b"Geheimer Titel", b"+51.75", b"Kamera X"))
    assert examine(file).seconds == 4.0
