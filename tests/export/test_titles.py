"""Titles with odd characters, in files of every kind, as programs that are not ours read them."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from PySide6.QtCore import QSizeF
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.export.contents import What
from backprop_gui.export.making import Subject, carry_out
from backprop_gui.export.orders import ExampleOrder, Order, PictureOrder, SlidesOrder
from backprop_gui.export.picture import Look, Picture, moment_picture
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.paint.theme import interface_font
from backprop_gui.storage.opening import read
from tests.export.conftest import Tool

# Each, and what a title has in its place.
ODD = {
    "\v": " ", "\n": " ", "\u2028": " ", "\x85": " ", "\0": "␀", "\x1b": "␛", "\x7f": "␡",
    "\x9b": "�", "\ud800": "�", chr(0xDCFF): "�", "\ufffe": "�", "\uffff": "�", "\ufdd0": "�",
    "\U0001ffff": "�", "\u00a0": "\u00a0", "\u3000": "\u3000", "\u200d": "\u200d",
    "\u200f": "\u200f", "\U0001faea": "\U0001faea", "<&>\"'": "<&>\"'", "]]>": "]]>",
    "--": "--", "\u202e": "\u202e",
}  # fmt: skip
GIVEN = "".join(f"{n}{letter}" for n, letter in enumerate(ODD)) + "z"
TITLE = "".join(f"{n}{letter}" for n, letter in enumerate(ODD.values())) + "z\u202c"
SETUP = Setup(w1=-1 / 3, max_iterations=2)


def _carry_out(order: Order, path: Path) -> None:
    def make(order: PictureOrder, moment: Moment) -> Picture:
        return moment_picture(order.what, moment, order.size, order.look, interface_font())

    run = Run(SETUP)
    carry_out(order, Subject(run, moment_at(run, Position(1, 5)), make), path)


def _picture(path: Path, title: str = GIVEN, *, has_outlines: bool = False) -> None:
    look = Look(title=title)
    size = QSizeF(320, 200)
    _carry_out(PictureOrder(What.NETWORK, look, size, 1.0, has_outlines=has_outlines), path)


def _slides(path: Path, *, per_page: int = 1) -> None:
    order = PictureOrder(What.NETWORK, Look(title=GIVEN), QSizeF(320, 200), 1.0)
    _carry_out(SlidesOrder(order, "1:1-2", per_page=per_page), path)


def _example(path: Path) -> None:
    _carry_out(ExampleOrder("1", 5, title=GIVEN), path)


@pytest.mark.parametrize("letter", ODD)
@pytest.mark.parametrize("has_outlines", [False, True])
def test_an_svg_is_xml_whatever_the_title(
    qtbot: QtBot, tmp_path: Path, letter: str, has_outlines: bool
) -> None:
    _picture(tmp_path / "p.svg", f"a{letter}b", has_outlines=has_outlines)
    data = (tmp_path / "p.svg").read_bytes()
    for root in (ET.fromstring(data), etree.fromstring(data)):
        title = root.findtext("{http://www.w3.org/2000/svg}title")
        assert title.removesuffix("\u202c") == f"a{ODD[letter]}b"
    assert read(tmp_path / "p.svg").setup == SETUP


def test_a_png_has_the_title_in_its_text(qtbot: QtBot, tmp_path: Path) -> None:
    _picture(tmp_path / "p.png")
    with Image.open(tmp_path / "p.png") as image:
        image.load()
        assert image.text["Title"] == TITLE
    assert read(tmp_path / "p.png").setup == SETUP


@pytest.mark.parametrize("kind", ["picture", "outlines", "pages", "handout", "example"])
def test_a_pdf_has_the_title_in_its_properties_and_its_packet(
    qtbot: QtBot, tmp_path: Path, tool: Tool, kind: str
) -> None:
    path = tmp_path / "p.pdf"
    if kind in ("picture", "outlines"):
        _picture(path, has_outlines=kind == "outlines")
    elif kind == "example":
        _example(path)
    else:
        _slides(path, per_page=2 if kind == "handout" else 1)
    packet = re.search(rb"<\?xpacket begin.*?<\?xpacket end", path.read_bytes(), re.DOTALL)[0]
    root = etree.fromstring(packet[packet.index(b"<x:") : packet.rindex(b"<?xpacket")])
    assert [each.text for each in root.iter("{*}li")] == [TITLE]
    said = tool("pdfinfo", path)
    assert "12\ufffd13\ufffd14\u00a015" in said
    assert "Syntax" not in said
    assert kind == "outlines" or "1" in tool("pdftotext", path, "-")
    assert read(path).setup == SETUP


@pytest.mark.parametrize("kind", ["gif", "webp", "apng"])
def test_an_animation_of_any_title_opens(qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    _slides(tmp_path / f"p.{kind}")
    with Image.open(tmp_path / f"p.{kind}") as image:
        image.load()
        assert image.n_frames == 2
    assert read(tmp_path / f"p.{kind}").setup == SETUP


def test_a_deck_has_the_title_in_its_properties(qtbot: QtBot, tmp_path: Path) -> None:
    _slides(tmp_path / "p.pptx")
    assert Presentation(tmp_path / "p.pptx").core_properties.title == TITLE
    assert read(tmp_path / "p.pptx").setup == SETUP


class _Titles(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {"title": [], "h1": []}
        self._tag = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        self._tag = tag
        if tag in self.found:
            self.found[tag].append("")

    def handle_endtag(self, tag) -> None:
        self._tag = ""

    def handle_data(self, data) -> None:
        if self._tag in self.found:
            self.found[self._tag][-1] += data


def test_a_page_and_a_text_have_the_title(qtbot: QtBot, tmp_path: Path) -> None:
    for suffix in ("html", "md"):
        _example(tmp_path / f"p.{suffix}")
        assert read(tmp_path / f"p.{suffix}").setup == SETUP
    found = _Titles((tmp_path / "p.html").read_text(encoding="utf-8")).found
    assert (found["title"][0], found["h1"]) == (TITLE, [TITLE])
    heading = (tmp_path / "p.md").read_text(encoding="utf-8").splitlines()[2]
    plain = re.sub(r"\\([^\w\s])", r"\1", heading).replace("&amp;", "&")
    assert plain == f"# {TITLE}"


def test_latex_of_any_title_compiles(qtbot: QtBot, tmp_path: Path, tool: Tool) -> None:
    _example(tmp_path / "p.tex")
    assert read(tmp_path / "p.tex").setup == SETUP
    tool("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "p.tex", cwd=tmp_path)
    assert "Missing character" not in (tmp_path / "p.log").read_text(errors="replace")


@pytest.mark.parametrize("letter", ["\v", "\udcff", "\ufffe", "\u00a0"])
def test_the_command_line_takes_any_title(tmp_path: Path, letter: str) -> None:
    title = f"a{letter}b"
    command = [sys.executable, "-m", "backprop_gui", "export", "p.svg", "--title", title]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    root = ET.parse(tmp_path / "p.svg").getroot()
    assert root.findtext("{http://www.w3.org/2000/svg}title") == f"a{ODD[letter]}b"
