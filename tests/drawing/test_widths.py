"""How wide a text is taken to be before anybody knows its font."""

import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from pytestqt.qtbot import QtBot

from backprop_gui.drawing.shapes import pieces
from backprop_gui.drawing.widths import LOWERED_SIZE, width
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.paint.theme import symbol_family

PX = 1000


@pytest.mark.parametrize("symbol", [each.symbol for each in ARTICLE.quantities.values()])
def test_a_symbol_is_as_wide_as_its_own_font_says(qtbot: QtBot, symbol: str) -> None:
    font = QFont(symbol_family())
    font.setItalic(True)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setPixelSize(PX)
    metrics = QFontMetricsF(font)
    wide = sum(
        metrics.horizontalAdvance(piece.text) * (LOWERED_SIZE if piece.is_lowered else 1.0)
        for piece in pieces(symbol, (symbol,))
    )
    assert width(symbol, PX, (symbol,)) == pytest.approx(wide, abs=0.005 * PX)
