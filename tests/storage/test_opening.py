"""Experiments read back from files, whole, cut off, foreign and hostile."""

import csv
import io
import os
import random
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pptx import Presentation

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.export.metadata import xmp
from backprop_gui.export.table import save_csv
from backprop_gui.lesson.fields import as_values
from backprop_gui.lesson.moment import START, Position
from backprop_gui.storage.opening import NoExperimentError, read
from backprop_gui.storage.restore_line import Experiment, line
from tests import forking
from tests.extent import extent

GIVEN = Experiment(Setup(w1=-1 / 3, eta=5e-324), Position(7, 9))
LINE = line(GIVEN)


def _frames(count: int = 3) -> list[Image.Image]:
    return [Image.new("RGB", (64, 40), (40 * n, 90, 200 - 40 * n)) for n in range(count)]


def _png(*, compressed: bool = False) -> bytes:
    info = PngInfo()
    info.add_text("Backprop", LINE, zip=compressed)
    return _saved("PNG", pnginfo=info)


def _apng() -> bytes:
    info = PngInfo()
    info.add_text("Backprop", LINE)
    return _saved("PNG", pnginfo=info, save_all=True, append_images=_frames()[1:])


def _saved(kind: str, **options) -> bytes:
    stream = io.BytesIO()
    _frames()[0].save(stream, kind, **options)
    return stream.getvalue()


def _gif() -> bytes:
    return _saved("GIF", comment=LINE.encode(), save_all=True, append_images=_frames()[1:])


def _webp() -> bytes:
    return _saved("WEBP", xmp=xmp("", LINE), save_all=True, append_images=_frames()[1:])


def _pptx() -> bytes:
    deck, stream = Presentation(), io.BytesIO()
    deck.core_properties.keywords = LINE
    deck.save(stream)
    return stream.getvalue()


def _pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj\n" + xmp("a title", LINE) + b"\nendobj\ntrailer\n%%EOF\n"


def _svg() -> bytes:
    head = '<?xml version="1.0"?>\n<!-- made here -->\n<svg xmlns="http://www.w3.org/2000/svg">'
    return f"{head}<title>t</title><metadata>{LINE}</metadata><rect/></svg>\n".encode()


def _table() -> bytes:
    values = {"iteration": 1} | as_values(GIVEN.setup)
    return f"{','.join(values)}\n{','.join(map(str, values.values()))}\n".encode()


TEXTS: dict[str, bytes] = {
    "svg": _svg(),
    "html": f'<!DOCTYPE html>\n<html><head><meta name="backprop" content="{LINE}"></head>'
    "<body>x</body></html>\n".encode(),
    "md": f"<!-- {LINE} -->\n\n# Title\n".encode(),
    "tex": f"% {LINE}\n\\documentclass{{article}}\\begin{{document}}x\\end{{document}}\n".encode(),
    "csv": f"iteration,input,{LINE}\n1,0.1,\n".encode(),
    "table": _table(),
    "json": f'{{\n  "backprop": "{LINE}",\n  "iterations": []\n}}\n'.encode(),
}
KINDS: dict[str, bytes] = TEXTS | {
    "png": _png(),
    "zpng": _png(compressed=True),
    "apng": _apng(),
    "gif": _gif(),
    "webp": _webp(),
    "pptx": _pptx(),
    "pdf": _pdf(),
}


def _put(folder: Path, data: bytes, name: str = "some file.x") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _refusal(path: Path) -> str:
    with pytest.raises(NoExperimentError) as told:
        read(path)
    text = str(told.value)
    assert path.name in text
    assert len(text.splitlines()) == 1
    assert len(text) < 300
    assert text.endswith(".")
    return text


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_any_name_opens_as_what_it_carries(tmp_path: Path, kind: str) -> None:
    expected = GIVEN._replace(position=START) if kind == "table" else GIVEN
    assert read(_put(tmp_path, KINDS[kind])) == expected


def test_a_video_opens_as_what_it_carries(tmp_path: Path) -> None:
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    source = ["-f", "lavfi", "-i", "color=size=64x48:duration=1", "-movflags", "+faststart"]
    command = ["ffmpeg", "-v", "error", *source, "-metadata", f"comment={LINE}", "v.mp4"]
    subprocess.run(command, check=True, cwd=tmp_path)
    assert read(tmp_path / "v.mp4") == GIVEN
    data = (tmp_path / "v.mp4").read_bytes()
    cuts = range(20, len(data) - 1, len(data) // 20)
    assert {_found(tmp_path, data[:cut]) for cut in cuts} == {None, GIVEN}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_cut_off_has_its_experiment_or_none_and_never_another(
    tmp_path: Path, kind: str
) -> None:
    data = KINDS[kind].rstrip()
    last = range(max(1, len(data) - 10), len(data))
    cuts = {*last, *range(1, len(data), max(1, len(data) // extent(300, 50)))}
    found = {_found(tmp_path, data[:cut]) for cut in cuts}
    assert found == ({None} if kind == "table" else {None, GIVEN})


def _found(folder: Path, data: bytes) -> Experiment | None:
    path = _put(folder, data)
    try:
        return read(path)
    except NoExperimentError:
        return _refusal(path) and None


@pytest.mark.parametrize("kind", KINDS)
def test_no_change_to_a_file_does_more_than_refuse_it(tmp_path: Path, kind: str) -> None:
    rng, data = random.Random(kind), KINDS[kind]
    for _each in range(extent(400, 50)):
        changed = bytearray(data)
        for _change in range(rng.randint(1, 4)):
            place = rng.randrange(len(changed)) if changed else 0
            match rng.randrange(4):
                case 0:
                    changed[place : place + 1] = rng.randbytes(1)
                case 1:
                    del changed[place : place + rng.randint(1, 40)]
                case 2:
                    changed[place:place] = rng.randbytes(rng.randint(1, 40))
                case _:
                    changed = changed[: max(1, place)]
        try:
            found = read(_put(tmp_path, bytes(changed)))
        except NoExperimentError:
            continue
        assert isinstance(found.setup, Setup)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"hello", "there is no experiment of Backprop in it"),
        (os.urandom(5000), "there is no experiment of Backprop in it"),
        (_saved("PNG"), "there is no experiment of Backprop in it"),
        (_saved("GIF"), "there is no experiment of Backprop in it"),
        (b"<svg></svg>", "there is no experiment of Backprop in it"),
        (b'{"other": 1}', "there is no experiment of Backprop in it"),
        (b"backprop 3: where the chain rule is used\n", "there is no experiment of Backprop in it"),
        (LINE.encode(), "there is no experiment of Backprop in it"),  # it may go on: at=7:91
        (TEXTS["csv"].replace(b"backprop 1", b"backprop 9"), "version 9"),
        (TEXTS["csv"].replace(b"eta=5e-324", b"eta=nan"), "damaged"),
    ],
)
def test_a_foreign_file_is_refused_with_the_reason(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in _refusal(_put(tmp_path, data))


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    _refusal(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    _refusal(tmp_path / "pipe")
    _refusal(Path("/dev/null"))
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "nowhere")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        made.writestr("docProps/core.xml", b"\0" * (200 << 20))
    return stream.getvalue()


def _crowd() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for number in range(30_000):
            made.writestr(f"{number}", b"")
    return stream.getvalue()


def _pictures() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for number in range(2_000):
            made.writestr(f"ppt/media/{number}.png", bytes(1 << 18) + b"zTXtBackprop\0\0" * 9)
    return stream.getvalue()


PNG_HEAD = b"\x89PNG\r\n\x1a\n"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a chunk as long as can be": lambda: PNG_HEAD + b"\xff\xff\xff\xfftEXt" + b"x" * 99,
    "a million chunks": lambda: PNG_HEAD + _chunk(b"teXt", b"") * 1_000_000,
    "a text that inflates": lambda: (
        PNG_HEAD
        + _chunk(b"zTXt", b"Backprop\0\0" + zlib.compress(b"x" * (100 << 20)))
        + _chunk(b"IEND", b"")
    ),
    "a document type of laughs": lambda: (
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">' + b'<!ENTITY b "&a;&a;&a;">' * 1000 + b"]><svg>"
        + b"<metadata>&b;</metadata></svg>"
    ),
    "a million tags": lambda: b"<svg>" + b"<g>" * 1_000_000 + b"</svg>",
    "comments without an end": lambda: b"<!--" * 1_000_000 + b"<svg></svg>",
    "many texts that inflate": lambda: (
        PNG_HEAD + _chunk(b"zTXt", b"Backprop\0\0" + zlib.compress(b"x" * (10 << 20))) * 5_000
    ),
    "many beginnings of texts": lambda: PNG_HEAD + b"zTXtBackprop" * 5_000_000,
    "many beginnings of lines": lambda: b"backprop " * 6_000_000,
    "many lines": lambda: (LINE.replace("eta=", "eta=-") + "\n").encode() * 400_000,
    "many beginnings of archives": lambda: b"PK\3\4" * 12_000_000,
    "many pictures in an archive": _pictures,
    "an archive that inflates": _bomb,
    "an archive of many": _crowd,
    "nested json": lambda: b"[" * 100_000,
    "nested objects": lambda: b'{"a":' * 100_000 + b"}",
    "a long first line": lambda: b"iteration," + b"x" * (64 << 20),
    "a long page": lambda: b"<html>" + b"<meta " * 5_000_000 + b"</html>",
    "packets without an end": lambda: b"%PDF-1.7" + b"<?xpacket begin" * 2_000_000 + b"%%EOF",
    "sub-blocks": lambda: b"GIF89a" + b"\0" * 7 + b"!\xfe" + (b"\x01x" * 5_000_000),
    "boxes": lambda: b"\0\0\0\x08ftyp" * 3_000_000,
}  # fmt: skip


MEASURED = """
import sys, time
from pathlib import Path
from backprop_gui.storage.opening import NoExperimentError, read
begun = time.perf_counter()
try:
    read(Path(sys.argv[1]))
except NoExperimentError as error:
    print(error)
print(time.perf_counter() - begun)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.fixture(scope="module")
def origin() -> Iterator[forking.Origin]:
    made = forking.origin("backprop_gui.storage.opening")
    yield made
    made.end()


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_little_memory(
    tmp_path: Path, origin: forking.Origin, name: str
) -> None:
    path = _put(tmp_path, HOSTILE[name]())
    process = origin.start(MEASURED, str(path), env=dict(os.environ))
    try:
        output, errors = process.communicate(60)
    finally:
        process.close()
    assert (process.returncode, errors) == (0, "")
    said, _seconds, kilobytes = output.splitlines()
    assert path.name in said
    assert int(kilobytes) < 100 << 10
    path.unlink()  # fifty megabytes


def test_a_file_without_end_is_refused_for_its_size(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    with path.open("wb") as stream:
        stream.write(PNG_HEAD)
        stream.truncate(10 << 30)
    assert "larger than" in _refusal(path)


# What other programs make of a table that they open and save again.
SAVED_AGAIN: dict[str, Callable[[list[list[str]]], bytes]] = {
    "with CRLF": lambda rows: _saved_again(rows, ",", "\r\n"),
    "with CR": lambda rows: _saved_again(rows, ",", "\r"),
    "with CR CRLF": lambda rows: _saved_again(rows, ",", "\r\r\n"),
    "with a mark": lambda rows: b"\xef\xbb\xbf" + _saved_again(rows, ",", "\r\n"),
    "all quoted": lambda rows: _saved_again(rows, ",", "\n", quoting=csv.QUOTE_ALL),
    "texts quoted": lambda rows: _saved_again(rows, ";", "\n", quoting=csv.QUOTE_NONNUMERIC),
    "with semicolons": lambda rows: _saved_again(rows, ";", "\n"),
    "with tabs": lambda rows: _saved_again(rows, "\t", "\n"),
    "in German": lambda rows: _saved_again(_with_commas(rows), ";", "\r\n"),
    "in German, with commas": lambda rows: _saved_again(_with_commas(rows), ",", "\r\n"),
    "in Swedish": lambda rows: _saved_again(_with_commas(rows, "−"), ";", "\r\n"),
    "with large E": lambda rows: _saved_again(_shouted(rows), ",", "\n"),
    "as Unicode text": lambda rows: _saved_again(rows, "\t", "\r\n").decode().encode("utf-16"),
    "big end first": lambda rows: ("\ufeff" + _saved_again(rows, "\t", "\r\n").decode()).encode(
        "utf-16-be"
    ),
    "with a column more": lambda rows: _saved_again(
        [[*row, "mine" if n else "note"] for n, row in enumerate(rows)], ",", "\n"
    ),
    "with an empty column": lambda rows: _saved_again([[*row, ""] for row in rows], ";", "\n"),
}


def _saved_again(rows: list[list[str]], separator: str, end: str, **options: int) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=end, **options).writerows(rows)
    return text.getvalue().encode()


def _with_commas(rows: list[list[str]], minus: str = "-") -> list[list[str]]:
    head, *body = rows
    return [head, *([c.replace(".", ",").replace("-", minus) for c in row] for row in body)]


def _shouted(rows: list[list[str]]) -> list[list[str]]:
    head, *body = rows
    return [head, *([cell.replace("e", "E") for cell in row] for row in body)]


def _exported(folder: Path, setup: Setup) -> list[list[str]]:
    run = Run(setup)
    run.advance(setup.max_iterations)
    save_csv(run, 1, folder / "run.csv")
    with (folder / "run.csv").open(newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("program", SAVED_AGAIN)
def test_a_table_that_another_program_has_saved_again_opens(tmp_path: Path, program: str) -> None:
    setup = Setup(w1=-1 / 3, w2=-1e-7, eta=12345.678, tolerance=5e-324, max_iterations=4)
    rows = _exported(tmp_path, setup)
    assert read(_put(tmp_path, SAVED_AGAIN[program](rows))) == Experiment(setup, START)
    with (Path(__file__).parents[1] / "former" / "run.csv").open(newline="") as file:
        older = list(csv.reader(file))
    found = read(_put(tmp_path, SAVED_AGAIN[program](older)))
    assert found.setup == Setup(w1=-0.25, eta=5e-324, max_iterations=9)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: rows[:1], "damaged"),
        (lambda rows: [rows[0], *rows[2:]], "its first row is of iteration 2"),
        (lambda rows: [rows[0], *rows[:0:-1]], "its first row is of iteration 4"),
        (lambda rows: [row[:-1] for row in rows], "no experiment"),
        (lambda rows: [[*row[:1], *row[2:]] for row in rows], "no experiment"),
        (lambda rows: [[*row, row[1]] for row in rows], "no experiment"),
        (lambda rows: [rows[0], rows[1][:-1]], "damaged"),
        (lambda rows: [rows[0], [*rows[1], "0.5"]], "more cells"),
        (lambda rows: [rows[0], [*rows[1][:1], *rows[1][2:], "3"]], "damaged"),
        (lambda rows: _put_in(rows, "w1", ""), "damaged"),
        (lambda rows: _put_in(rows, "w1", "nan"), "damaged"),
        (lambda rows: _put_in(rows, "w1", "0,5"), "damaged"),
        (lambda rows: _put_in(rows, "w1", "0.6"), "“net_h” does not follow"),
        (lambda rows: _put_in(rows, "w2", "0.6"), "“net_o” does not follow"),
        (lambda rows: _put_in(rows, "eta", "-1"), "eta must be 0 or more"),
        (lambda rows: _put_in(rows, "max_iterations", "2.5"), "max_iterations must be"),
        (lambda rows: _put_in(rows, "max_iterations", "1e400"), "max_iterations must be"),
        (lambda rows: [["iteration", "loss"], ["1", "0.5"]], "no experiment"),
    ],
)
def test_a_table_that_is_damaged_or_foreign_is_refused_in_words(
    tmp_path: Path, change: Callable[[list[list[str]]], list[list[str]]], words: str
) -> None:
    rows = _exported(tmp_path, Setup(max_iterations=4))
    assert words in _refusal(_put(tmp_path, _saved_again(change(rows), ",", "\n")))


def _put_in(rows: list[list[str]], column: str, text: str) -> list[list[str]]:
    place = rows[0].index(column)
    return [rows[0], [*rows[1][:place], text, *rows[1][place + 1 :]], *rows[2:]]


def test_a_table_that_is_cut_off_before_its_first_row_ends_is_refused(tmp_path: Path) -> None:
    data = _saved_again(_exported(tmp_path, Setup(max_iterations=4)), ",", "\n")
    first = data.index(b"\n", data.index(b"\n") + 1)
    for cut in range(len(b"iteration,"), first + 1):
        _refusal(_put(tmp_path, data[:cut]))
    assert read(_put(tmp_path, data[: first + 1])).setup == Setup(max_iterations=4)
