"""No file, of any kind and cut or changed anywhere, does more than to be refused."""

import random
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.lesson.moment import Position
from backprop_gui.storage import opening
from backprop_gui.storage.files import NotAFileError
from backprop_gui.storage.opening import NoExperimentError, opened
from backprop_gui.storage.restore_line import Experiment, find, line
from tests.extent import extent
from tests.storage.test_opening import KINDS

FORMER = Path(__file__).parents[1] / "former"  # files that former versions have written
EXPORTED = sorted([*FORMER.glob("run.*"), *FORMER.glob("table_*.csv")])
FILES = {path.name: path.read_bytes() for path in (*EXPORTED, FORMER / "experiment.backprop")}
FILES |= {kind: KINDS[kind] for kind in ("pptx", "html", "zpng")}
STRIDE = extent(1, 5)  # through the bytes that are put in each place
TELLING = (0, 1, 2, 0x20, 0x2C, 0x3B, 0x7F, 0x80, 0x81, 0xFE, 0xFF)


Tried = Callable[[bytes], Experiment | None]


@pytest.fixture
def tried(tmp_path: Path) -> Tried:
    """Open a file of this content, and return the experiment in it, if there is one."""
    path = tmp_path / "some file.x"

    def try_it(data: bytes) -> Experiment | None:
        path.unlink(missing_ok=True)  # to write over it takes the disk long
        path.write_bytes(data)
        try:
            found = opened(path)
        except NoExperimentError:
            return None
        return Experiment(found.document.setup, found.document.position)

    return try_it


def _can_be_written(found: Experiment | None) -> bool:
    """Say whether what was opened is an experiment that is the same when it is read once more."""
    return found is None or find(line(found)) == found


@pytest.mark.parametrize("path", EXPORTED, ids=lambda path: path.name)
def test_what_former_versions_have_exported_opens_for_ever(path: Path) -> None:
    w1 = -1 / 3
    setups = {
        "table_one_row.csv": Setup(w1=w1, eta=5e-324, max_iterations=1),
        "table_not_finite.csv": Setup(w1=w1, target=1e200),
    }
    steps = {".csv": 5, ".json": 5, ".md": 15, ".tex": 15}
    document = opened(path).document
    assert document.setup == setups.get(path.name, Setup(w1=-0.25, eta=5e-324, max_iterations=9))
    iteration = 1 if path.suffix in (".csv", ".json") else 7  # data are exported without a position
    assert document.position == Position(iteration, steps.get(path.suffix, 9))


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_off_anywhere_is_refused_or_opens(tried: Tried, name: str) -> None:
    data = FILES[name]
    assert tried(data)
    for cut in range(0, len(data), 1 + len(data) // extent(1200, 150)):
        assert _can_be_written(tried(data[:cut]))


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_any_byte_changed_is_refused_or_opens(tried: Tried, name: str) -> None:
    data = FILES[name]
    places = {*range(min(len(data), 90)), *range(max(0, len(data) - 30), len(data))}
    for place in sorted(places):
        for value in TELLING[place % STRIDE :: STRIDE]:
            assert _can_be_written(tried(data[:place] + bytes([value]) + data[place + 1 :]))


HEADS = (
    b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x10\0\0\0WEBP", b"\0\0\0\x10ftypisom\0\0\0\0",
    b"PK\3\4", b"%PDF-1.4\n", b"% backprop 1: ", b"<!-- backprop 1: ", b"iteration,",
    b'{"backprop": "', b'{"format": "backprop experiment", ', b"<!doctype html><html>", b"<svg>",
    b"",
)  # fmt: skip


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head[:9].decode("latin-1"))
def test_whatever_follows_the_first_bytes_of_a_kind_is_refused_or_opens(
    tried: Tried, head: bytes
) -> None:
    rng = random.Random(head)
    for _each in range(extent(300, 60)):
        few = rng.randrange(1, 6)
        letters = bytes(rng.choice(TELLING) for _letter in range(few))
        data = head + bytes(rng.randrange(8)) + rng.choice((letters, rng.randbytes(40)))
        assert _can_be_written(tried(data))


def _png_lengths(data: bytes) -> Iterator[tuple[int, str]]:
    place = 8
    while place < len(data):
        yield place, ">I"
        place += 12 + struct.unpack_from(">I", data, place)[0]


def _riff_lengths(data: bytes) -> Iterator[tuple[int, str]]:
    yield 4, "<I"
    place = 12
    while place < len(data):
        yield place + 4, "<I"
        length = struct.unpack_from("<I", data, place + 4)[0]
        place += 8 + length + length % 2


def _box_lengths(data: bytes) -> Iterator[tuple[int, str]]:
    for found in re.finditer(rb"ftyp|moov|udta|meta|ilst|\xa9cmt|data|mdat|trak|hdlr", data):
        yield found.start() - 4, ">I"


def _zip_lengths(data: bytes) -> Iterator[tuple[int, str]]:
    end = len(data) - 22
    yield from ((end + 10, "<H"), (end + 12, "<I"), (end + 16, "<I"), (end + 20, "<H"))
    entry = data.rindex(b"docProps/core.xml")  # in the directory
    fields = zip((8, 10, 16, 20, 24, 28, 30, 32, 42), "HHIIIHHHI", strict=True)
    yield from ((entry - 46 + place, f"<{form}") for place, form in fields)
    local = data.index(b"docProps/core.xml") - 30
    yield from ((local + 26, "<H"), (local + 28, "<H"))


def _block_lengths(data: bytes) -> Iterator[tuple[int, str]]:
    yield 10, "B"
    place = data.index(b"!\xfe") + 2
    yield from ((place, "B"), (place + 1 + data[place], "B"))


LENGTHS: dict[str, Callable[[bytes], Iterator[tuple[int, str]]]] = {
    "run.png": _png_lengths,
    "run.apng": _png_lengths,
    "zpng": _png_lengths,
    "run.webp": _riff_lengths,
    "run.mp4": _box_lengths,
    "pptx": _zip_lengths,
    "run.gif": _block_lengths,
}


@pytest.mark.parametrize("name", LENGTHS)
def test_a_file_that_lies_about_its_lengths_is_refused_or_opens(tried: Tried, name: str) -> None:
    data = FILES[name]
    found = list(LENGTHS[name](data))
    assert len(found) >= 3
    for place, form in found:
        most = (1 << 8 * struct.calcsize(form)) - 1
        true = struct.unpack_from(form, data, place)[0]
        lies = {
            0,
            1,
            2,
            7,
            8,
            9,
            true - 1,
            true + 1,
            2 * true,
            len(data),
            most // 2,
            most - 1,
            most,
        }
        lies |= {
            most + 1 - n for n in (4, 8, 9, 12, 16) if n <= most
        }  # negative, to who reads signs
        for lie in lies:
            changed = bytearray(data)
            struct.pack_into(form, changed, place, max(0, min(lie, most)))
            assert _can_be_written(tried(bytes(changed)))


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 2**31, 2**63 - 1, 2**63, 2**64 - 17, 2**64 - 1])
def test_a_box_of_a_length_in_64_bits_is_refused_or_opens(tried: Tried, size: int) -> None:
    head = b"\0\0\0\x10ftypisom\0\0\0\0"
    for kind in (b"moov", b"free"):
        assert not tried(head + b"\0\0\0\1" + kind + struct.pack(">Q", size) + bytes(40))


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt"])
def test_a_text_in_a_png_that_is_no_text_is_refused(tried: Tried, kind: bytes) -> None:
    rng = random.Random(kind)
    for length in range(60):
        body = bytes(rng.choice((0, 1, 120, 156, 65, 255)) for _each in range(length))
        checked = b"".join(
            struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
            for name, part in ((kind, body), (b"IEND", b""))
        )
        assert tried(b"\x89PNG\r\n\x1a\n" + checked) is None


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "a\0b.backprop", "\udfff.png"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoExperimentError, match="is not a file that can be read"):
        opened(tmp_path / name)
    with pytest.raises(NotAFileError):
        opening.files.open_regular(tmp_path / name)


@pytest.mark.parametrize("place", ["at=9999999999:9", "at=2000000001:9", "at=0:9", "at=7:16"])
def test_a_position_that_no_experiment_can_have_is_refused(tmp_path: Path, place: str) -> None:
    path = tmp_path / "run.md"
    path.write_bytes(FILES["run.md"].replace(b"at=7:15", place.encode()))
    with pytest.raises(NoExperimentError, match="its experiment is damaged"):
        opened(path)


def test_the_last_position_that_a_run_can_have_opens(tmp_path: Path) -> None:
    path = tmp_path / "run.md"
    path.write_bytes(FILES["run.md"].replace(b"at=7:15", b"at=2000000000:15"))
    assert opened(path).document.position == Position(2_000_000_000, 15)
