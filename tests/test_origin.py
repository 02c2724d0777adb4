"""Experiments read back from files, whole, cut off, foreign and hostile."""

import io
import os
import random
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pptx import Presentation

import backprop_gui
from backprop_gui.core.network import Setup
from backprop_gui.export.metadata import xmp
from backprop_gui.lesson.moment import Position
from backprop_gui.lesson.remake import Experiment, line
from backprop_gui.origin import OriginError, read

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


TEXTS: dict[str, bytes] = {
    "svg": _svg(),
    "html": f'<!DOCTYPE html>\n<html><head><meta name="backprop" content="{LINE}"></head>'
    "<body>x</body></html>\n".encode(),
    "md": f"<!-- {LINE} -->\n\n# Title\n".encode(),
    "tex": f"% {LINE}\n\\documentclass{{article}}\\begin{{document}}x\\end{{document}}\n".encode(),
    "csv": f"iteration,input,{LINE}\n1,0.1,\n".encode(),
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
    with pytest.raises(OriginError) as told:
        read(path)
    text = str(told.value)
    assert path.name in text
    assert len(text.splitlines()) == 1
    assert len(text) < 300
    assert text.endswith(".")
    return text


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_any_name_opens_as_what_it_carries(tmp_path: Path, kind: str) -> None:
    assert read(_put(tmp_path, KINDS[kind])) == GIVEN


def test_a_video_opens_as_what_it_carries(tmp_path: Path) -> None:
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    source = ["-f", "lavfi", "-i", "color=size=64x48:duration=1", "-movflags", "+faststart"]
    command = ["ffmpeg", "-v", "error", *source, "-metadata", f"comment={LINE}", "v.mp4"]
    subprocess.run(command, check=True, cwd=tmp_path)
    assert read(tmp_path / "v.mp4") == GIVEN
    data = (tmp_path / "v.mp4").read_bytes()
    for cut in range(20, len(data) - 1, len(data) // 20):
        _refusal(_put(tmp_path, data[:cut]))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("md", "csv")])
def test_a_file_that_is_cut_off_is_refused_wherever_it_is_cut(tmp_path: Path, kind: str) -> None:
    data = KINDS[kind].rstrip()
    for cut in range(1, len(data), max(1, len(data) // 60)):
        _refusal(_put(tmp_path, data[:cut]))


@pytest.mark.parametrize("kind", KINDS)
def test_no_change_to_a_file_does_more_than_refuse_it(tmp_path: Path, kind: str) -> None:
    rng, data = random.Random(kind), KINDS[kind]
    for _each in range(400):
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
        except OriginError:
            continue
        assert isinstance(found.setup, Setup)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"hello", "does not read"),
        (os.urandom(5000), "does not read"),
        (_saved("PNG"), "has no experiment of Backprop in it"),
        (_saved("GIF"), "has no experiment of Backprop in it"),
        (b"<svg></svg>", "has no experiment of Backprop in it"),
        (b"<svg><metadata>x</metadata><text>" + LINE.encode() + b"</text></svg>", "no experiment"),
        (b'{"other": 1}', "has no experiment of Backprop in it"),
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
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("docProps/core.xml", b"\0" * (200 << 20))
    return stream.getvalue()


def _crowd() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for number in range(30_000):
            made.writestr(f"{number}", b"")
    return stream.getvalue()


PNG_HEAD = b"\x89PNG\r\n\x1a\n"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a chunk as long as can be": lambda: PNG_HEAD + b"\xff\xff\xff\xfftEXt" + b"x" * 99,
    "a million chunks": lambda: PNG_HEAD + _chunk(b"teXt", b"") * 1_000_000,
    "a text that inflates": lambda: (
        PNG_HEAD
        + _chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * (100 << 20)))
        + _chunk(b"IEND", b"")
    ),
    "a document type of laughs": lambda: (
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">' + b'<!ENTITY b "&a;&a;&a;">' * 1000 + b"]><svg>"
        + b"<metadata>&b;</metadata></svg>"
    ),
    "a million tags": lambda: b"<svg>" + b"<g>" * 1_000_000 + b"</svg>",
    "comments without an end": lambda: b"<!--" * 1_000_000 + b"<svg></svg>",
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
from backprop_gui.origin import OriginError, read
begun = time.perf_counter()
try:
    read(Path(sys.argv[1]))
except OriginError as error:
    print(error)
print(time.perf_counter() - begun)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_little_memory(tmp_path: Path, name: str) -> None:
    path = _put(tmp_path, HOSTILE[name]())
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(backprop_gui.__file__).parents[1])},
    )
    said, _seconds, kilobytes = done.stdout.splitlines()
    assert path.name in said
    assert int(kilobytes) < 100 << 10


def test_a_file_without_end_is_refused_for_its_size(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    with path.open("wb") as stream:
        stream.write(PNG_HEAD)
        stream.truncate(10 << 30)
    assert "larger than" in _refusal(path)
