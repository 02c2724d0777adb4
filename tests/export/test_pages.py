"""Pages and handouts, opened by poppler."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSizeF
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.export.contents import What
from backprop_gui.export.formats import PER_PAGE
from backprop_gui.export.grid import RULE_PX, grid_of
from backprop_gui.export.orders import PictureOrder, SlidesOrder
from backprop_gui.export.pages import handout_pages, most_on_page, pdf_pages
from backprop_gui.export.paper import A4, Paper, PaperSheet, usual_paper
from backprop_gui.export.picture import Look, moment_picture
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.paint.theme import LIGHT, interface_font
from backprop_gui.system.job import unheard
from tests.export.conftest import Tool

RUN = Run(Setup())
STEPS = range(1, 16)
MM = 96 / 25.4  # logical pixels
MOMENTS = [moment_at(RUN, Position(1, step)) for step in STEPS]


def _pictures():
    size, font = QSizeF(960, 540), interface_font()
    return [moment_picture(What.BOTH, moment, size, Look(), font) for moment in MOMENTS]


def _order(per_page: int, what: What, sheet: PaperSheet = A4, **options) -> SlidesOrder:
    each = PictureOrder(what, Look(title="Week 3"), QSizeF(960, 540), 1.0)
    return SlidesOrder(each, "1:1-15", per_page=per_page, sheet=sheet, **options)


def _handout(
    per_page: int, what: What = What.BOTH, sheet: PaperSheet = A4, report=unheard, **options
) -> bytes:
    order = _order(per_page, what, sheet, **options)
    return handout_pages(MOMENTS, order, interface_font(), "x", report)


def _words(tool: Tool, path: Path) -> list[str]:
    """The words of each page."""
    return tool("pdftotext", path, "-").split("\f")[:-1]


def test_each_position_is_a_page_of_its_own_size(qtbot: QtBot, tmp_path: Path, tool: Tool) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(pdf_pages(_pictures(), LIGHT.ground, "Week 3", "x", unheard))
    assert "720 x 405" in tool("pdfinfo", path)
    pages = _words(tool, path)
    assert [re.findall(r"(\d+) of 15", words) for words in pages] == [[str(n)] for n in STEPS]
    assert not any("page" in words for words in pages)


@pytest.mark.parametrize(
    ("what", "per_page", "fit", "has_lines"),
    [
        (What.BOTH, 2, 2, False),
        (What.BOTH, 4, 4, True),
        (What.BOTH, 6, 6, False),
        (What.NETWORK, 4, 4, False),
        (What.FORMULA, 6, 6, True),
        (What.VALUES, 6, 2, False),  # more of them could not be read
    ],
)
def test_every_position_is_on_its_page_in_order(
    qtbot: QtBot, tmp_path: Path, tool: Tool, what: What, per_page: int, fit: int, has_lines: bool
) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(_handout(per_page, what, has_lines=has_lines))
    pages = _words(tool, path)
    assert len(pages) == -(-15 // fit)
    for number, words in enumerate(pages):
        found = sorted(int(n) for n in re.findall(r"(\d+) of 15", words))
        assert found == list(range(number * fit + 1, min(number * fit + fit, 15) + 1))
        assert f"page {number + 1} of {len(pages)}" in words
        assert "Week 3" in words


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("what", [What.BOTH, What.NETWORK, What.FORMULA])
def test_a_page_holds_as_many_as_were_asked_for(qtbot: QtBot, what: What, paper: Paper) -> None:
    for is_landscape in (None, False, True):
        for has_lines in (False, True):
            for most in (2, 4, 6):
                order = _order(most, what, PaperSheet(paper, is_landscape), has_lines=has_lines)
                is_small = most == 6 and what is not What.FORMULA
                fewer = is_small and (has_lines or is_landscape is False)
                assert most_on_page(MOMENTS[0], order, interface_font()) == (4 if fewer else most)


@pytest.mark.parametrize(
    ("per_page", "what", "sheet", "has_lines"),
    [
        (2, What.BOTH, A4, True),
        (4, What.BOTH, PaperSheet(Paper.LETTER), False),
        (6, What.BOTH, A4, False),
        (6, What.BOTH, PaperSheet(Paper.LETTER, False), True),
        (4, What.BOTH, PaperSheet(Paper.A4, True), True),
        (6, What.VALUES, PaperSheet(Paper.A4, True), False),
        (6, What.FORMULA, A4, True),
    ],
)
def test_no_text_of_a_handout_is_smaller_than_nine_points(
    qtbot: QtBot,
    tmp_path: Path,
    tool: Tool,
    per_page: int,
    what: What,
    sheet: PaperSheet,
    has_lines: bool,
) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(_handout(per_page, what, sheet, has_lines=has_lines))
    page = ET.fromstring(tool("pdftohtml", "-xml", "-stdout", "-zoom", 3, "-i", path))
    points = {spec.get("id"): float(spec.get("size")) / 3 for spec in page.iter("fontspec")}
    small = {
        "".join(text.itertext()) for text in page.iter("text") if points[text.get("font")] < 8.9
    }
    assert {word.strip() for word in small} <= {"h", "o", "1", "2"}  # lowered beside a symbol


@pytest.mark.parametrize(
    ("sheet", "size"),
    [
        (PaperSheet(Paper.A4, False), "59[56]"),
        (PaperSheet(Paper.A4, True), "842"),
        (PaperSheet(Paper.LETTER, False), "612 x 792"),
        (PaperSheet(Paper.LETTER, True), "792 x 612"),
    ],
)
def test_a_handout_is_on_the_paper_asked_for(
    qtbot: QtBot, tmp_path: Path, tool: Tool, sheet: PaperSheet, size: str
) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(_handout(2, What.FORMULA, sheet))
    assert re.search(rf"Page size: +{size}", tool("pdfinfo", path))


@pytest.mark.parametrize("sheet", [A4, PaperSheet(Paper.LETTER, True)])
@pytest.mark.parametrize("has_lines", [False, True])
@pytest.mark.parametrize("most", PER_PAGE)
def test_nothing_on_a_page_overlaps_or_leaves_it(
    most: int, has_lines: bool, sheet: PaperSheet
) -> None:
    grid = grid_of(most, sheet, lambda size, _style: size.width(), has_lines=has_lines)
    areas = [area for place in grid.places for area in place if area] + [grid.foot]
    page = QRectF(0, 0, grid.sheet.size.width(), grid.sheet.size.height())
    assert len(grid.places) == most
    for number, area in enumerate(areas):
        assert page.contains(area)
        assert not any(area.intersects(other) for other in areas[number + 1 :])
    for _cell, lines in grid.places:
        assert (lines is not None) == has_lines
        if lines:
            assert min(lines.width() / MM / 38, lines.height() / RULE_PX / 3) >= 1


@pytest.mark.parametrize(
    ("locale", "paper"),
    [
        ("de_DE.UTF-8", Paper.A4),
        ("en_US.UTF-8", Paper.LETTER),
        ("fr_CA", Paper.LETTER),
        ("en_GB.UTF-8", Paper.A4),
        ("C", Paper.A4),
        ("C.UTF-8", Paper.A4),
    ],
)
def test_the_usual_paper_is_that_of_the_locale(locale: str, paper: Paper) -> None:
    assert usual_paper({"LC_PAPER": locale}.get) is paper


def test_what_is_hidden_in_a_pdf_is_its_formula(qtbot: QtBot, tmp_path: Path, tool: Tool) -> None:
    path = tmp_path / "p.pdf"
    for data in (_handout(2), pdf_pages(_pictures(), LIGHT.ground, "", "x", unheard)):
        path.write_bytes(data)
        words = " ".join(tool("pdftotext", "-layout", path, "-").split())
        assert "∂outₒ/∂netₒ = outₒ (1 − outₒ) ≈ 0.5637 (1 − 0.5637) ≈ 0.2459" in words


def test_it_reports_each_page_and_ends_there_if_asked_to(qtbot: QtBot) -> None:
    for write in (
        lambda report: pdf_pages(_pictures(), LIGHT.ground, "", "x", report),
        lambda report: _handout(2, report=report),
    ):
        seen: list[tuple[int, int]] = []

        def report(done: int, total: int, seen: list[tuple[int, int]] = seen) -> None:
            seen.append((done, total))
            if done == 4:
                raise InterruptedError

        with pytest.raises(InterruptedError):
            write(report)
        assert seen == [(n, 15) for n in range(1, 5)]
