import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allmende.lib.tlog import EMPTY_ROOT, Tile, TlogError, check_files, extend, leaf_hash, parse_path, read_entry, root, tiles_of, tree_root
from allmende.lib.tlog.tests.logs import Files, entry, grown, leaves
from allmende.lib.tlog.tiles import decode_bundle, encode_bundle

SIZES = [1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000]


@pytest.fixture(scope="module")
def log() -> Files:
    return grown(*SIZES)


@pytest.mark.parametrize("size", SIZES)
def test_the_tiles_give_the_root_of_the_tree(log: Files, size: int) -> None:
    assert root(log.get, size) == tree_root(leaves(size))


@pytest.mark.parametrize("size", [*SIZES, 0])
def test_every_tile_has_the_width_that_the_size_demands(log: Files, size: int) -> None:
    wanted: dict[str, int] = {}
    for level in range(4):
        hashes = size // 256**level
        wanted |= {f"tile/{level}/{index:03}": 256 for index in range(hashes // 256)}
        if hashes % 256:
            wanted[f"tile/{level}/{hashes // 256:03}.p/{hashes % 256}"] = hashes % 256

    assert {tile.path: tile.width for tile in tiles_of(size) if tile.level is not None} == wanted
    assert all(len(log[path]) == 32 * width for path, width in wanted.items())
    assert all(len(decode_bundle(log[tile.path])) == tile.width for tile in tiles_of(size) if tile.level is None)


def test_the_example_of_the_specification_has_its_tiles() -> None:
    widths = [(tile.level, tile.width) for tile in tiles_of(70_000) if tile.level is not None]

    assert [widths.count((0, 256)), widths.count((1, 256))] == [273, 1]
    assert [tile for tile in widths if tile[1] < 256] == [(0, 112), (1, 17), (2, 1)]
    assert [tile.path for tile in tiles_of(256)] == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]


def test_no_two_sizes_disagree_about_a_file() -> None:
    one_by_one = Files()
    for size in range(1, 600):
        one_by_one.grow(size)

    at_once = grown(599)
    assert at_once.items() <= one_by_one.items()
    assert {tile.path for tile in tiles_of(599)} == set(at_once)


def test_a_whole_log_replays(log: Files) -> None:
    seen: list[int] = []
    check_files(log.get, 70_000, root(log.get, 70_000), on_bundle=lambda start, entries: seen.append(start + len(entries)))

    assert seen[-1] == 70_000


def test_a_tile_may_be_read_from_the_full_one_when_the_partial_is_gone(log: Files) -> None:
    kept = {path: data for path, data in log.items() if ".p/" not in path or path in {tile.path for tile in tiles_of(70_000)}}

    assert root(kept.get, 257) == tree_root(leaves(257))
    assert read_entry(kept.get, 256, 257) == entry(256)


@pytest.mark.parametrize("path", ["tile/entries/001.p/44", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"])
def test_a_damaged_file_is_found(path: str) -> None:
    log = grown(300)
    good = root(log.get, 300)
    for at in (0, 5, len(log[path]) - 1):
        broken = log.with_flip(path, at)
        with pytest.raises(TlogError) as error:
            check_files(broken.get, 300, good)
        assert error.value.code == "damaged"


def test_nothing_is_appended_to_tiles_that_do_not_give_the_signed_root() -> None:
    log = grown(300)
    for path in ("tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"):
        broken = log.with_flip(path, len(log[path]) - 1)
        with pytest.raises(TlogError) as error:
            extend(broken.get, 300, [b"x"], old_root=root(log.get, 300))
        assert error.value.code == "damaged"


def test_a_missing_file_is_named() -> None:
    log = grown(300)
    del log["tile/0/001.p/44"]

    with pytest.raises(TlogError) as error:
        extend(log.get, 300, [b"x"])
    assert (error.value.code, error.value.detail) == ("missing", "tile/0/001.p/44")


def test_appending_twice_gives_the_same_files_in_the_same_order() -> None:
    log = grown(255)
    first, second = (extend(log.get, 255, [b"a", b"b"]) for _ in range(2))

    assert list(first.files.items()) == list(second.files.items())
    assert list(first.files) == ["tile/entries/000", "tile/entries/001.p/1", "tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]
    assert first.old_root == root(log.get, 255)


def test_appending_nothing_changes_nothing() -> None:
    assert extend(Files().get, 0, []).root == EMPTY_ROOT
    assert extend(grown(3).get, 3, []).files == {}


def test_entries_up_to_the_limit_are_kept_and_longer_ones_refused() -> None:
    assert extend(Files().get, 0, [b"x" * 65_535, b""]).root == tree_root([leaf_hash(b"x" * 65_535), leaf_hash(b"")])
    with pytest.raises(TlogError) as error:
        extend(Files().get, 0, [b"x" * 65_536])
    assert error.value.code == "too_long"


def test_one_entry_is_appended_to_a_million_with_a_handful_of_files() -> None:
    """All leaves alike, so that every tile of a level is the same and the log need not be written to be read."""
    hashes = [leaf_hash(b"")]
    for _ in range(32):
        hashes.append(tree_root([hashes[-1]] * 2))
    asked: list[str] = []

    def read(path: str) -> bytes:
        asked.append(path)
        tile = parse_path(path)
        return b"\0\0" * tile.width if tile.level is None else hashes[8 * tile.level] * tile.width

    started = time.perf_counter()
    extension = extend(read, 1_000_000, [b""])
    took = time.perf_counter() - started

    assert len(asked) == 4
    assert list(extension.files) == ["tile/entries/x003/906.p/65", "tile/0/x003/906.p/65"]
    assert extension.root == root(read, 1_000_001)
    assert took < 0.25  # about 1 ms on an idle machine


def test_paths_are_the_ones_of_the_specification() -> None:
    assert Tile(0, 1234067).path == "tile/0/x001/x234/067"
    assert Tile(None, 0, 17).path == "tile/entries/000.p/17"
    assert parse_path("tile/63/x001/000.p/255") == Tile(63, 1000, 255)


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/00",
        "tile/00/000",
        "tile/0/x000/001",
        "tile/64/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "/tile/0/000",
        "tile/0/000\n",
        "tile/0/../000",
        "tile/data/000",
        "tile/0/x001/x000",
        "tile/0/٠٠٠",
        "tile/0/000/000",
    ],
)
def test_other_paths_are_refused(path: str) -> None:
    with pytest.raises(TlogError) as error:
        parse_path(path)
    assert error.value.code == "malformed"


@given(st.one_of(st.none(), st.integers(0, 63)), st.integers(0, 10**12), st.integers(1, 256))
def test_a_path_names_one_tile(level: int | None, index: int, width: int) -> None:
    assert parse_path(Tile(level, index, width).path) == Tile(level, index, width)


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=256))
def test_a_bundle_gives_its_entries_back(entries: list[bytes]) -> None:
    assert decode_bundle(encode_bundle(entries)) == entries


@given(st.binary(max_size=60))
def test_a_bundle_has_one_spelling(data: bytes) -> None:
    try:
        entries = decode_bundle(data)
    except TlogError:
        return
    assert encode_bundle(entries) == data


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=1, max_size=6))
def test_however_a_log_grows_its_files_are_the_same(steps: list[int]) -> None:
    log, size = Files(), 0
    for step in steps:
        size += step
        log.grow(size)

    assert {tile.path for tile in tiles_of(size)} <= set(log)
    assert root(log.get, size) == tree_root(leaves(size))
