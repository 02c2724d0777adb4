"""The switch between exact numbers and those on paper, and what it costs."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.lesson.methods import method_of
from backprop_gui.lesson.rounded import Rounded
from backprop_gui.window.main_window import MainWindow


def _actions(menu: QMenu) -> dict[str, QAction]:
    """Return the ways of a menu by what stands on them, with those of its menus."""
    menu.aboutToShow.emit()
    found = {}
    for action in menu.actions():
        title = action.text().replace("&", "")
        below = action.menu()
        if isinstance(below, QMenu):
            found |= {f"{title} {text}": each for text, each in _actions(below).items()}
        else:
            found[title] = action
    return found


def _choose(window: MainWindow, text: str) -> None:
    _actions(window.setup_panel.method.menu())[text].trigger()


def test_a_setup_is_computed_as_the_menu_says(window: MainWindow) -> None:
    session = window.session
    for text, code in (
        ("Significant digits 3", "3s"),
        ("Cut off", "3s-cut"),
        ("Decimals 4", "4d-cut"),
        ("Rounded", "4d"),
    ):
        _choose(window, text)
        assert session.setup == Setup(method=method_of(code))
        assert window.setup_panel.method.accessibleName().startswith("Numbers: ")
    checked = {t for t, a in _actions(window.setup_panel.method.menu()).items() if a.isChecked()}
    assert checked == {"Decimals 4", "Rounded"}
    _choose(window, "Exact")
    assert session.setup == Setup()


def test_a_change_of_the_numbers_is_undone_in_words(window: MainWindow) -> None:
    _choose(window, "Decimals 3")
    assert window.commands["undo"].text() == "&Undo: exact → 3 decimals"
    window.session.undo()
    assert window.session.setup == Setup()
    assert window.commands["redo"].text() == "&Redo: exact → 3 decimals"


def test_the_article_s_numbers_are_exact(window: MainWindow) -> None:
    window.session.set_setup(Setup(w1=0.3, method=Rounded(3)))
    window.typed.reset_to_article()
    assert window.session.setup == Setup()


def test_what_is_typed_is_taken_before_the_numbers_are_others(window: MainWindow) -> None:
    box = window.setup_panel.boxes["w1"]
    box.lineEdit().setText("0.3")
    _choose(window, "Significant digits 3")
    assert window.session.setup == Setup(w1=0.3, method=Rounded(3))
    box.lineEdit().setText("half")
    _choose(window, "Exact")
    assert window.session.setup == Setup(w1=0.3, method=Rounded(3))


def test_the_window_shows_the_numbers_on_paper(window: MainWindow) -> None:
    _choose(window, "Significant digits 3")
    window.session.go_to_step(15)
    shown = window.panels.values.shown_values()
    assert shown[:6] == ["0.0500", "0.512", "0.256", "0.564", "0.0564", "−0.336"]
    assert shown[-2:] == ["0.501", "0.538"]
    assert window.outcome_panel._values["de_dw1"].text() == "−0.00103"


def test_the_exact_run_stands_beside_one_on_paper_with_what_rounding_costs(
    qtbot: QtBot, window: MainWindow
) -> None:
    panel, compare = window.outcome_panel, window.commands["compare_exact"]
    assert not compare.isEnabled()
    assert panel._compare.isHidden()
    _choose(window, "Decimals 4")
    assert compare.isEnabled()
    assert "After 100 iterations" in panel._cost.text()
    assert "The exact run" not in panel._cost.text()
    panel._compare.click()
    qtbot.waitUntil(lambda: all(run.is_whole for run in window.session.state.kept))
    (kept,) = window.session.state.kept
    assert (kept.setup, kept.name, kept.last, kept.is_own) == (Setup(), "exact", 813, True)
    assert "The exact run reaches the tolerance at iteration 813." in panel._cost.text()
    assert panel._compare.isHidden()
    window.session.go_to_last()
    assert "On paper the run reaches the tolerance at iteration 818." in panel._cost.text()
    _choose(window, "Exact")
    assert panel._cost.isHidden()
    assert not compare.isEnabled()


def test_an_exact_run_that_was_left_in_the_middle_is_computed_to_its_end(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.session.go_to_iteration(50)
    window.session.reach_iteration(50)
    _choose(window, "Decimals 4")
    (kept,) = window.session.state.kept
    assert (kept.setup, kept.stop) == (Setup(), None)
    window.commands["compare_exact"].trigger()
    qtbot.waitUntil(lambda: all(run.is_whole for run in window.session.state.kept))
    (kept,) = window.session.state.kept
    assert (kept.last, kept.is_own) == (813, True)
    assert window.commands["undo"].text() == "&Undo: Compare with the exact run"
    window.session.undo()
    assert window.session.state.kept[0].iterations == 50


def test_whoever_points_reads_the_digits_on_paper(window: MainWindow) -> None:
    _choose(window, "Significant digits 3")
    window.session.go_to_step(5)
    assert "<p>0.564</p>" in window.network._explained("out_o")
