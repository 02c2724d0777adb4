"""The panel that checks our numbers against something else."""

import math
import re

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.paint.theme import DARK, LIGHT, Theme, interface_font
from backprop_gui.views.check_panel import CheckPanel
from tests.core.article import iteration
from tests.shown import typed

GRADIENTS = ("de_dw1", "de_dw2")
EXTREME = (
    Setup(w1=1e300, w2=-1e300),
    Setup(input=1e100, target=1e200),
    Setup(input=-1.7e308, target=-1.0, w1=-700.0, w2=-700.0),
    Setup(w1=0.12345678901234567, w2=-1.2345678901234567e-300),
)


def moment(setup: Setup | None = None, number: int = 5) -> Moment:
    setup = setup or Setup()
    return Moment(setup, Position(1, number), setup.w1, setup.w2)


@pytest.fixture
def panel(qtbot: QtBot) -> CheckPanel:
    made = CheckPanel(moment())
    qtbot.addWidget(made)
    made.resize(380, 600)
    made.show()
    return made


def rows(panel: CheckPanel, name: str) -> list[QWidget]:
    return [row for row in panel._rows if row.quantity == name]


def plain(widget: QWidget) -> list[str]:
    """Return what the visible labels of a widget say."""
    labels = (label for label in widget.findChildren(QLabel) if not label.isHidden())
    return [re.sub("<[^>]*>", "", label.text()) for label in labels]


def shown_number(text: str) -> float:
    return float(typed(text))


def enter(row: QWidget) -> None:
    middle = QPoint(2, 2).toPointF()
    QApplication.sendEvent(row, QEnterEvent(middle, middle, row.mapToGlobal(middle)))


def test_both_gradients_stand_beside_their_finite_differences(panel: CheckPanel) -> None:
    expected = iteration(Setup(), 0.5, 0.5)
    for name in GRADIENTS:
        texts = plain(rows(panel, name)[0])
        ours, theirs = (shown_number(text) for text in texts if re.fullmatch(r"−?\d.*", text))
        assert ours == pytest.approx(expected[name], rel=1e-9)
        assert theirs == pytest.approx(expected[name], rel=1e-7)
        assert any(text.startswith("✓ agree in ") for text in texts)


@pytest.mark.parametrize(("digits", "seen"), [(3, 10), (10, 10), (17, 17)])
def test_at_least_ten_digits_of_a_gradient_are_shown(
    panel: CheckPanel, digits: int, seen: int
) -> None:
    panel.show_numerals(Numerals(digits))
    ours = rows(panel, "de_dw2")[0]._ours.text()
    assert len(re.sub(r"<[^>]*>|[−.]", "", ours).lstrip("0")) == seen


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_digits_that_are_marked_are_the_same_in_both_and_the_next_ones_differ(
    panel: CheckPanel, theme: Theme
) -> None:
    panel.set_theme(theme)
    for name in GRADIENTS:
        row = rows(panel, name)[0]
        pattern = re.compile(r'<b style="color:(.*)">(.*)</b>(.*)')
        ours, theirs = (pattern.fullmatch(text) for text in (row._ours.text(), row._theirs.text()))
        assert ours
        assert theirs
        assert ours[2] == theirs[2] != ""
        assert ours[3][:1] != theirs[3][:1]
        assert theme.style_sheet("window").count(ours[1]) > 0


def test_all_digits_of_equal_numbers_are_marked(panel: CheckPanel) -> None:
    panel.show_moment(moment(Setup(input=0.0)))
    row = rows(panel, "de_dw1")[0]
    assert row._ours.text() == row._theirs.text()
    assert row._ours.text().endswith("</b>")
    assert "✓ agree in all digits" in plain(row)


def test_a_wrong_gradient_is_marked_as_one(panel: CheckPanel) -> None:
    at = moment()
    at.__dict__["values"] = at.values | {"de_dw1": at.values["de_dw1"] * 1.01}
    panel.show_moment(at)
    verdicts = [rows(panel, name)[0]._verdict for name in GRADIENTS]
    assert verdicts[0].text() == "✗ agree in about 2 digits"
    assert [verdict.property("state") for verdict in verdicts] == ["bad", "good"]


def test_where_a_comparison_means_nothing_there_is_a_remark_and_no_verdict(
    panel: CheckPanel,
) -> None:
    panel.show_moment(moment(Setup(w2=60.0)))
    texts = plain(rows(panel, "de_dw2")[0])
    assert any(text.startswith("Too small for a finite difference") for text in texts)
    assert not any("✓" in text or "✗" in text for text in texts)
    panel.show_moment(moment())
    assert not any("Too small" in text for text in plain(rows(panel, "de_dw2")[0]))


def test_the_method_is_explained_with_its_steps(panel: CheckPanel) -> None:
    assert panel._method.text().endswith("2h, with h = 6.06·10⁻⁶.")
    panel.show_moment(moment(Setup(w2=60.0)))
    assert re.search(r"h = \S+ for w₁ and \S+ for w₂\.$", panel._method.text())


@pytest.mark.parametrize("number", [1, 5, 15])
def test_the_gradients_are_shown_whichever_step_is_known(panel: CheckPanel, number: int) -> None:
    before = [plain(row) for row in panel._rows]
    panel.show_moment(moment(number=number))
    assert [plain(row) for row in panel._rows] == before


def test_the_article_s_fifteen_numbers_stand_beside_ours(panel: CheckPanel) -> None:
    printed = [plain(row)[1:4] for row in panel._printed]
    assert len(printed) == len(ARTICLE.steps)
    assert printed[0] == [".05", "0.05", "✓"]
    assert printed[1] == [".51249", "0.51250", "✗"]
    assert printed[8] == ["−.042386", "−0.042387", "✗"]
    assert printed[13] == ["0.5009298654", "0.5009298655", "✗"]
    assert all(len(plain(row)) == 5 for row in panel._printed if "✗" in plain(row))


def test_for_another_setup_the_way_back_to_the_article_is_offered_instead(
    qtbot: QtBot, panel: CheckPanel
) -> None:
    button = panel.findChild(QPushButton)
    assert not button.isVisible()
    panel.show_moment(moment(Setup(eta=2.0)))
    assert not panel._printed[0].isVisible()
    assert button.isVisible()
    button.setFocus()
    with qtbot.waitSignal(panel.article_requested):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    panel.show_moment(moment(Setup(tolerance=0.1)))
    assert panel._printed[0].isVisible()
    assert not button.isVisible()


def test_pointing_at_a_row_reports_its_quantity_and_leaving_it_none(
    panel: CheckPanel,
) -> None:
    pointed: list[str | None] = []
    panel.quantity_pointed.connect(pointed.append)
    for row in panel._rows:
        enter(row)
        QApplication.sendEvent(row, QEvent(QEvent.Type.Leave))
    names = [*GRADIENTS, *(step.quantity.name for step in ARTICLE.steps)]
    assert pointed[::2] == names
    assert pointed[1::2] == [None] * len(names)


def test_a_quantity_is_lit_in_all_its_rows_and_in_no_other(panel: CheckPanel) -> None:
    for name in ("de_dw2", "net_h", "w1", None, "de_dw1"):
        panel.show_lit(name)
        lit = [row.quantity for row in panel._rows if row.property("isLit")]
        assert lit == [name] * len(rows(panel, name))
    assert len(rows(panel, "de_dw1")) == 2


def test_clicking_a_gradient_gives_all_its_digits(qtbot: QtBot, panel: CheckPanel) -> None:
    with qtbot.waitSignal(panel.number_clicked) as clicked:
        qtbot.mouseClick(rows(panel, "de_dw2")[0], Qt.MouseButton.LeftButton)
    assert float(clicked.args[0]) == iteration(Setup(), 0.5, 0.5)["de_dw2"]


def test_a_hidden_panel_catches_up_when_it_is_shown(panel: CheckPanel) -> None:
    panel.hide()
    panel.show_moment(Moment(Setup(), Position(7, 5), 0.7, -1.3))
    assert panel._heading.text().endswith(" 1")
    panel.show()
    assert panel._heading.text().endswith(" 7")
    ours = shown_number(re.sub("<[^>]*>", "", rows(panel, "de_dw2")[0]._ours.text()))
    assert ours == pytest.approx(iteration(Setup(), 0.7, -1.3)["de_dw2"], rel=1e-9)


@pytest.mark.parametrize("setup", EXTREME)
@pytest.mark.parametrize("digits", [4, 17])
def test_extremes_raise_nothing_and_fit_side_by_side_on_a_small_panel(
    qtbot: QtBot, setup: Setup, digits: int
) -> None:
    panel = CheckPanel(moment(setup))
    qtbot.addWidget(panel)
    panel.setFont(interface_font())
    panel.resize(348, 220)
    panel.show_numerals(Numerals(digits))
    panel.show()
    qtbot.waitUntil(lambda: panel._method.width() > 0)
    for row in panel._rows:
        labels = [label for label in row.findChildren(QLabel) if label.isVisible()]
        for place, label in enumerate(labels):
            assert label.width() >= label.minimumSizeHint().width()
            assert not any(label.geometry().intersects(o.geometry()) for o in labels[:place])


@pytest.mark.parametrize("weight", [math.inf, math.nan])
def test_weights_that_are_not_finite_are_shown_as_such(panel: CheckPanel, weight: float) -> None:
    panel.show_moment(Moment(Setup(), Position(1, 1), weight, weight))
    assert "not finite" in " ".join(plain(rows(panel, "de_dw1")[0]))


def test_what_takes_the_keyboard_has_a_name(panel: CheckPanel) -> None:
    found = [w for w in panel.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert {type(w) for w in found} == {QScrollArea, QPushButton}
    assert all(w.accessibleName() for w in found)
