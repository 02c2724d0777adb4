"""The formula card."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.shapes import Ink
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.paint.theme import DARK, LIGHT, Theme
from backprop_gui.views.formula_view import FormulaView
from tests.core.article import iteration

RUN = Run(Setup())


def _moment(step: int) -> Moment:
    return moment_at(RUN, Position(1, step))


@pytest.fixture
def view(qtbot: QtBot) -> FormulaView:
    made = FormulaView(_moment(9))
    qtbot.addWidget(made)
    made.resize(640, 190)
    made.show()
    return made


def _centre_of(view: FormulaView, text: str) -> QPoint:
    setting = view._plan.setting
    assert setting
    placed = next(p for p in setting.placed if p.piece.text == text)
    x = (placed.x + placed.glyphs.width / 2) * setting.size
    return QPoint(round(x), round(placed.y * setting.size - 3))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_all_fifteen_formulas_are_inked_in_both_themes(view: FormulaView, theme: Theme) -> None:
    view.set_theme(theme)
    seen = set()
    for step in ARTICLE.steps:
        view.show_moment(_moment(step.number))
        image = view.canvas.grab().toImage()
        colours = {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 2)
            for y in range(0, image.height(), 2)
        }
        assert {theme.inks[ink] for ink in theme.inks if ink.value == "text"} <= colours
        assert len(colours) > 4
        seen.add(view.canvas.accessibleDescription())
        assert step.why in view.findChild(QLabel, "sentence").text()
    assert len(seen) == 15


def test_pointing_at_a_symbol_tells_its_quantity_and_leaving_lets_go(
    qtbot: QtBot, view: FormulaView
) -> None:
    with qtbot.waitSignal(view.quantity_pointed) as pointed:
        qtbot.mouseMove(view.canvas, _centre_of(view, "∂outₒ/∂netₒ"))
    assert pointed.args == ["dout_o_dnet_o"]
    assert "0.2459" in view.canvas.toolTip()


def test_a_click_on_a_number_copies_all_of_it(qtbot: QtBot, view: FormulaView) -> None:
    with qtbot.waitSignal(view.number_clicked) as clicked:
        qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=_centre_of(view, "−0.3363"))
    assert clicked.args == ["-0.3362860838265538"]


def test_a_lit_quantity_changes_the_picture_and_back(view: FormulaView) -> None:
    plain = view.canvas.grab().toImage()
    view.show_lit("dout_o_dnet_o")
    assert view.canvas.grab().toImage() != plain
    view.show_lit(None)
    assert view.canvas.grab().toImage() == plain


def test_digits_are_those_asked_for(view: FormulaView) -> None:
    value = iteration(Setup(), 0.5, 0.5)["de_dw2"]
    for digits in (3, 9, 17):
        view.show_numerals(Numerals(digits))
        shown = view.canvas.accessibleDescription().split()[-1]
        assert shown == f"{value:.{digits}g}".replace("-", "−")


def test_a_large_formula_says_the_iteration_and_has_large_letters(view: FormulaView) -> None:
    view.resize(1000, 230)
    view.set_large(27)
    assert view._plan.setting
    assert view._plan.setting.size >= 27
    assert "Iteration 1" in view.findChild(QLabel, "sentence").text()
    assert view.findChild(QLabel, "sentence").font().pixelSize() >= 27
    view.set_large(None)
    assert "Iteration" not in view.findChild(QLabel, "sentence").text()


def test_a_hidden_card_waits_and_then_catches_up(view: FormulaView) -> None:
    view.hide()
    view.show_moment(_moment(13))
    view.show()
    assert view.canvas.accessibleDescription().startswith("∂E/∂w₁ =")


@pytest.mark.parametrize("large", [None, 27])
def test_the_formula_s_place_is_the_same_in_all_steps(
    qtbot: QtBot, view: FormulaView, large: int | None
) -> None:
    view.resize(1000, 240)
    view.set_large(large)
    places = set()
    for step in ARTICLE.steps:
        view.show_moment(_moment(step.number))
        qtbot.waitUntil(lambda: not view.layout().geometry().isEmpty())
        QApplication.sendPostedEvents()
        setting = view._plan.setting
        baseline = setting.placed[0].y * setting.size
        places.add((view.canvas.y(), round(baseline, 3), round(setting.size, 3)))
    assert len(places) == 1


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_sigmoid_s_curve_is_seen_at_the_right_of_the_card(
    view: FormulaView, theme: Theme
) -> None:
    view.set_theme(theme)
    view.show_moment(_moment(11))
    image = view.canvas.grab().toImage()
    right = {
        image.pixelColor(x, y).name()
        for x in range(2 * image.width() // 3, image.width())
        for y in range(image.height())
    }
    assert theme.inks[Ink.BACKWARD] in right
    view.show_moment(_moment(12))
    assert view.canvas.figure is None
