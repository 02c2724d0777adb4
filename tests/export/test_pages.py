"""Pages and handouts, opened by poppler."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.export.contents import What
from backprop_gui.export.formats import PER_PAGE
from backprop_gui.export.pages import pdf_pages
from backprop_gui.export.picture import Look, moment_picture
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.paint.theme import LIGHT, interface_font
from backprop_gui.system.job import unheard
from tests.export.conftest import Tool

RUN = Run(Setup())
MOMENTS = [moment_at(RUN, Position(1, step)) for step in range(1, 16)]


def _pictures():
    size, font = QSizeF(960, 540), interface_font()
    return [moment_picture(What.BOTH, moment, size, Look(), font) for moment in MOMENTS]


@pytest.mark.parametrize("per_page", PER_PAGE)
def test_every_position_is_on_its_page_in_order(
    qtbot: QtBot, tmp_path: Path, tool: Tool, per_page: int
) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(
        pdf_pages(_pictures(), LIGHT.ground, "Week 3", "x", per_page=per_page, report=unheard)
    )
    pages = -(-15 // per_page)
    said = tool("pdfinfo", "-f", 1, "-l", 99, path)
    assert re.search(rf"Pages: +{pages}\n", said)
    for page in range(1, pages + 1):
        words = tool("pdftotext", "-f", page, "-l", page, path, "-")
        found = [int(n) for n in re.findall(r"(\d+) of 15", words)]
        first = (page - 1) * per_page + 1
        assert sorted(found) == list(range(first, min(first + per_page, 16)))
        assert ("page" in words) == (per_page > 1)


@pytest.mark.parametrize(("per_page", "size"), [(1, "720 x 405"), (2, "59[56]"), (4, "842")])
def test_handouts_are_on_a4(
    qtbot: QtBot, tmp_path: Path, tool: Tool, per_page: int, size: str
) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(
        pdf_pages(_pictures()[:4], LIGHT.ground, "", "x", per_page=per_page, report=unheard)
    )
    assert re.search(rf"Page size: +{size}", tool("pdfinfo", path))


def test_it_reports_each_page_and_ends_there_if_asked_to(qtbot: QtBot) -> None:
    seen = []

    def report(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 4:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        pdf_pages(_pictures(), LIGHT.ground, "", "x", per_page=1, report=report)
    assert seen == [(n, 15) for n in range(1, 5)]
