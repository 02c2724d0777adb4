"""The restore line in files that other programs have saved again, cut off, padded or put in."""

import io
import random
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pptx import Presentation
from pptx.util import Pt

from backprop_gui.core.network import Setup
from backprop_gui.export.metadata import xmp
from backprop_gui.lesson.moment import Position
from backprop_gui.storage.embedded_line import experiment_in
from backprop_gui.storage.restore_line import Experiment, RestoreLineError, line
from tests.storage.test_opening import GIVEN, KINDS, LINE

OTHER = Experiment(Setup(w2=0.25), Position(1, 5))
OTHER_LINE = line(OTHER)
FORMER = Path(__file__).parents[1] / "former"


def found(data: bytes) -> Experiment:
    return experiment_in(io.BytesIO(data))


def picture(text: str, *, compressed: bool = True, key: str = "Backprop") -> bytes:
    info, stream = PngInfo(), io.BytesIO()
    info.add_itxt(key, text, zip=compressed)
    Image.effect_noise((300, 200), 50).save(stream, "PNG", pnginfo=info)
    return stream.getvalue()


def deck(keywords: str, *pictures: bytes) -> bytes:
    made, stream = Presentation(), io.BytesIO()
    slide = made.slides.add_slide(made.slide_layouts[5])
    for each in pictures:
        slide.shapes.add_picture(io.BytesIO(each), Pt(10), Pt(10))
    made.core_properties.keywords = keywords
    made.save(stream)
    return stream.getvalue()


def stored(archive: bytes) -> bytes:
    """Return the same zip with nothing compressed, as some programs keep pictures."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as given, zipfile.ZipFile(stream, "w") as made:
        for name in sorted(given.namelist(), reverse=True):  # the properties last
            made.writestr(name, given.read(name))
    return stream.getvalue()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "table"])
@pytest.mark.parametrize("more", [b"\0", b"\0" * 3_000_000, b"more\n", b"\xff\xd9", KINDS["svg"]])
def test_bytes_behind_the_end_of_a_file_are_no_matter(kind: str, more: bytes) -> None:
    assert found(KINDS[kind] + more) == GIVEN


@pytest.mark.parametrize(
    "name", ["run.png", "run.apng", "run.webp", "run.gif", "run.mp4", "run.pdf"]
)
def test_a_file_cut_off_behind_its_line_has_it(name: str) -> None:
    data = (FORMER / name).read_bytes()
    whole = found(data)
    ends = [cut for cut in range(len(data)) if _is_found(data[:cut])]
    assert ends == list(range(ends[0], len(data)))
    assert {found(data[:cut]) for cut in ends[:: 1 + len(ends) // 50]} == {whole}


def _is_found(data: bytes) -> bool:
    try:
        found(data)
    except RestoreLineError:
        return False
    return True


BEHIND: dict[str, Callable[[], bytes]] = {
    "a .tex behind a comment": lambda: b"% My exam, 2026\n" + KINDS["tex"],
    "a .tex behind a line of 5 MB": lambda: b"%" + b"x" * (5 << 20) + b"\n" + KINDS["tex"],
    "a .md behind front matter": lambda: b"---\ntitle: Mine\n---\n\n" + KINDS["md"],
    "a .md in Windows' lines": lambda: b"# Mine\r\n" + KINDS["md"].replace(b"\n", b"\r\n"),
    "JSON behind a mark and blanks": lambda: b"\xef\xbb\xbf\n\n  " + KINDS["json"],
    "JSON on one line": lambda: b" ".join(KINDS["json"].split()),
    "JSON with other fields first": lambda: b'{"mine": [1], ' + KINDS["json"].lstrip(b"{"),
    "a page behind a comment": lambda: b"<!-- saved from -->\r\n" + KINDS["html"],
    "a text below a picture": lambda: f"<svg><text>{LINE}</text></svg>".encode(),
    "a line of text": lambda: f"{LINE}\n".encode(),
}


@pytest.mark.parametrize("name", BEHIND)
def test_what_stands_before_the_line_is_no_matter(name: str) -> None:
    assert found(BEHIND[name]()) == GIVEN


def test_the_line_is_found_wherever_it_stands_in_a_long_file() -> None:
    """Among others where it lies across the ends of what is read at a time."""
    chance = random.Random(3)
    noise = chance.randbytes(3 << 20)
    places = [(1 << 20) * n + shift for n in (1, 2) for shift in range(-65_700, 200, 655)]
    for part in (LINE.encode() + b";", picture(LINE)[:400]):
        for place in places:
            assert found(noise[:place] + part + noise[place : (2 << 20) + 500]) == GIVEN


@pytest.mark.parametrize("compressed", [False, True])
def test_a_wrong_checksum_around_a_whole_line_is_no_matter(compressed: bool) -> None:
    data = bytearray(picture(LINE, compressed=compressed))
    place = data.index(b"IDAT") - 8  # the checksum of the chunk, and that of zlib before it
    data[place - 4 * compressed : place + 4] = b"\0\0\0\0" * (1 + compressed)
    assert found(bytes(data)) == GIVEN


def test_the_last_box_of_a_video_may_end_with_the_line() -> None:
    text = LINE.encode()
    box = (16 + len(text)).to_bytes(4) + b"data" + b"\0\0\0\1\0\0\0\0" + text
    video = (8 + len(box)).to_bytes(4) + b"\xa9cmt" + box
    assert found(video) == GIVEN
    assert not _is_found(video[:-1]), "at=7:9 may have been at=7:91"


@pytest.mark.parametrize("put", [lambda data: data, stored], ids=["packed", "stored"])
@pytest.mark.parametrize("compressed", [False, True])
def test_a_deck_of_one_s_own_with_an_exported_picture_opens(
    put: Callable[[bytes], bytes], compressed: bool
) -> None:
    photograph = picture("Sunset", key="Description")
    given = picture(LINE, compressed=compressed)
    data = put(deck("lecture, autumn", photograph, given))
    assert found(data) == GIVEN
    assert found(data + b"\0" * 100_000) == GIVEN
    with pytest.raises(RestoreLineError, match="there is no experiment"):
        found(put(deck("lecture, autumn", photograph)))


def test_an_exported_drawing_in_a_text_document_opens() -> None:
    for folder in ("word/media", "Pictures"):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("content.xml", "<x/>" * 1000)
            made.writestr(f"{folder}/image1.svg", KINDS["svg"])
        assert found(stream.getvalue()) == GIVEN


@pytest.mark.parametrize("put", [lambda data: data, stored], ids=["packed", "stored"])
def test_a_deck_s_own_line_comes_before_those_of_pictures_in_it(
    put: Callable[[bytes], bytes],
) -> None:
    for compressed in (False, True):
        other = picture(OTHER_LINE, compressed=compressed)
        assert found(put(deck(LINE, other))) == GIVEN


def test_of_two_lines_that_of_the_metadata_comes_first_and_otherwise_the_first() -> None:
    both = f"{OTHER_LINE}\n{LINE}\n".encode()
    assert found(both) == OTHER
    page = f'<title>{OTHER_LINE}</title><meta name="backprop" content="{LINE}">'.encode()
    drawing = f"<svg><title>{OTHER_LINE}</title><metadata>{LINE}</metadata></svg>".encode()
    assert [found(page), found(drawing)] == [GIVEN, GIVEN]
    assert found(b"%PDF-1.4\n" + xmp(OTHER_LINE, LINE)) == GIVEN
    info, stream = PngInfo(), io.BytesIO()
    info.add_text("Title", OTHER_LINE)
    info.add_text("Backprop", LINE)
    Image.new("RGB", (9, 9)).save(stream, "PNG", pnginfo=info)
    assert found(stream.getvalue()) == GIVEN
    assert found(f"<metadata>{OTHER_LINE}</metadata>{page.decode()}".encode()) == OTHER


def test_a_line_that_is_damaged_does_not_hide_a_whole_one() -> None:
    broken = LINE.replace("eta=", "eta=-")
    assert found(f"<metadata>{broken}</metadata><!-- {LINE} -->".encode()) == GIVEN
    assert found(f"{LINE[:60]}{LINE} ".encode()) == GIVEN
    with pytest.raises(RestoreLineError, match="eta must be 0 or more"):
        found(f"{broken} ".encode())


def test_a_deck_that_libreoffice_has_saved_opens_without_the_colons_of_its_keywords() -> None:
    data = (FORMER / "saved_by_libreoffice.pptx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        properties = archive.read("docProps/core.xml")
    assert b"backprop 1 input=0.1" in properties
    assert b"backprop 1:" not in properties
    assert found(data) == Experiment(Setup(w1=-0.25, eta=5e-324, max_iterations=9), Position(7, 9))


def test_a_deck_that_this_libreoffice_saves_opens(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed")
    (tmp_path / "mine.pptx").write_bytes(deck(LINE))
    (tmp_path / "slides.pptx").write_bytes(deck("autumn", picture(LINE)))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pptx", "--outdir", "saved"]
    names = ["mine.pptx", "slides.pptx"]
    subprocess.run([*command, *names], cwd=tmp_path, check=True, capture_output=True)
    assert [found((tmp_path / "saved" / name).read_bytes()) for name in names] == [GIVEN, GIVEN]


def test_a_text_that_is_packed_and_longer_than_is_looked_at_has_what_begins_it() -> None:
    text = zlib.compress(LINE.encode() + b" " * (1 << 20))
    assert found(b"zTXtBackprop\0\0" + text) == GIVEN
    assert not _is_found(b"zTXtBackprop\0\0" + zlib.compress(b" " * (1 << 20) + LINE.encode()))


@pytest.mark.parametrize("checksum", [b"7abc", b"0000", b"-1:9"])
def test_a_checksum_that_looks_like_digits_is_no_part_of_the_line(
    tmp_path: Path, checksum: bytes
) -> None:
    text = b"Backprop\0" + line(Experiment(Setup(), Position(1, 9))).encode()
    chunk = len(text).to_bytes(4) + b"tEXt" + text + checksum
    path = tmp_path / "p.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk)
    with path.open("rb") as stream:
        assert experiment_in(stream) == Experiment(Setup(), Position(1, 9))
