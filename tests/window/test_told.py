"""What assistive technology is told is what is on the screen: name, role, value and text."""

import gc
import itertools
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.lesson import numbers
from backprop_gui.lesson.numbers import FILES
from backprop_gui.state.state import Axes
from backprop_gui.storage.settings import Settings
from backprop_gui.views.transport import SPEEDS
from backprop_gui.widgets.banner import Banner
from backprop_gui.widgets.number_box import NumberBox
from backprop_gui.widgets.number_label import NumberLabel
from backprop_gui.widgets.progress import ProgressPanel
from backprop_gui.widgets.tab import Tab
from backprop_gui.window.main_window import MainWindow
from tests.conftest import MakeWindow
from tests.dialogs_of import openings
from tests.extent import spread
from tests.shown import RAISED, typed

Role, Text = QAccessible.Role, QAccessible.Text
UNSOUNDED = set("ₕₒ₁₂∂σ½·←η▶◀✕⚠\u200b{}<>\t")
LOST = re.compile(r"\b(out|net)[ho]\b")  # what becomes of outₒ where its lower letter is lost
BY_KIND = {
    QComboBox: Role.ComboBox,
    QLineEdit: Role.EditableText,
    QPlainTextEdit: Role.EditableText,
    QSpinBox: Role.SpinBox,
    NumberBox: Role.SpinBox,
    QSlider: Role.Slider,
    QTableWidget: Role.Table,
    QCheckBox: Role.CheckBox,
    Tab: Role.PageTab,
}
SETUPS = (Setup(), Setup(w1=-0.5, w2=1e-300, eta=0.0), Setup(target=1e200), Setup(input=0.0))


def tree(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield node
    for number in range(node.childCount()):
        child = node.child(number)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from tree(child)


INTERFACES = ("action", "attributes", "editableText", "selection", "tableCell", "text", "value")


def told(thing: QObject) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(thing)


def value(thing: QWidget) -> float:
    return told(thing).valueInterface().currentValue()


def plain(text: str) -> str:
    """Return a text without what only the eye needs."""
    return " ".join(re.sub("[\u200b⚠]", "", text).split())


def check(root: QWidget) -> int:
    """Compare all that a window tells with what it shows; return how many things those are."""
    nodes = list(tree(told(root)))
    for node in nodes:
        for kind in INTERFACES:
            getattr(node, f"{kind}Interface")()  # what is none must not crash, as PySide may
        name, description = node.text(Text.Name), node.text(Text.Description)
        for text in (name, description):
            assert not LOST.search(text), text
        thing = node.object()
        if not isinstance(thing, QWidget):
            continue
        where = f"{type(thing).__name__} {thing.objectName()} {name!r}"
        if not (isinstance(thing, QTableWidget) or thing.parent() is None):
            assert not UNSOUNDED & set(name + description), where
        check_one(thing, node, name, where)
    return len(nodes)


def check_one(thing: QWidget, node: QAccessibleInterface, name: str, where: str) -> None:
    for kind, role in BY_KIND.items():
        if isinstance(thing, kind):
            assert node.role() == role, where
            is_part = isinstance(thing, QLineEdit) and thing.objectName().startswith("qt_")
            assert is_part or name.strip(), where
    assert bool(node.state().disabled) == (not thing.isEnabled()), where
    if isinstance(thing, NumberBox):
        assert node.text(Text.Value) == thing.lineEdit().text(), where
        if not thing.problem:
            shown = thing.lineEdit().text().replace(",", ".")
            assert value(thing) == float(shown), where
        else:
            assert plain(node.text(Text.Description))
    elif isinstance(thing, QSpinBox):
        assert value(thing) == float(re.search(r"[\d.]+", node.text(Text.Value))[0]), where
    elif isinstance(thing, QComboBox):
        assert node.text(Text.Value) == thing.currentText(), where
    elif isinstance(thing, QAbstractButton):
        word = re.sub("[&|◀▶]", "", thing.text()).strip().replace("₁", "1")
        if sum(letter.isalpha() for letter in word) > 1:
            assert word in name, where  # who sees it says it, and is understood
        assert name.strip(), where
        if not isinstance(thing, Tab):
            assert bool(node.state().checked) == thing.isChecked(), where
    elif isinstance(thing, NumberLabel):
        text = thing.text() if thing.text() != "–" else "not known yet"
        said = name.replace(" times 10 to the minus ", "e-").replace("minus ", "-")
        assert said.replace("−", "-") == typed(text), where
    elif isinstance(thing, QLabel) and "<" not in thing.text() and not thing.pixmap():
        assert numbers_in(plain(thing.text())) == numbers_in(name), where


def numbers_in(text: str) -> list[str]:
    apart = re.sub(rf"(?<=10)(?=[{RAISED}])", " ", text)
    return re.findall(r"\d+(?:[.,]\d+)*", unicodedata.normalize("NFKC", apart))


def test_every_number_box_tells_the_number_that_it_shows(window: MainWindow) -> None:
    for name, box in window.setup_panel.boxes.items():
        assert (told(box).role(), value(box)) == (Role.SpinBox, getattr(Setup(), name))
        ends = told(box).valueInterface()
        assert ends.minimumValue() <= value(box) <= ends.maximumValue()
        assert ends.minimumStepSize() > 0
    box = window.setup_panel.boxes["w1"]
    box.lineEdit().setText("1 / 3")
    assert value(box) == 0.5  # what is used until it is taken
    box.commit()
    assert value(box) == 1 / 3
    box.stepBy(1)
    assert value(box) == window.session.setup.w1 > 1 / 3
    window.session.set_setup(Setup(w1=-1e-300))
    assert value(box) == -1e-300


def test_a_number_box_tells_the_ends_that_a_setup_has(window: MainWindow) -> None:
    for name, least, most in (
        ("w1", -sys.float_info.max, sys.float_info.max),
        ("eta", 0.0, sys.float_info.max),
        ("tolerance", 0.0, sys.float_info.max),
        ("max_iterations", 1, 2_000_000_000),
    ):
        ends = told(window.setup_panel.boxes[name]).valueInterface()
        assert (ends.minimumValue(), ends.maximumValue()) == (least, most), name
        for end in (least, most):
            assert getattr(replace(Setup(), **{name: end}), name) == end  # the setup takes it


def test_a_value_that_assistive_technology_sets_is_taken_or_refused_as_one_that_is_typed(
    window: MainWindow,
) -> None:
    boxes = window.setup_panel.boxes
    told(boxes["w1"]).valueInterface().setCurrentValue(0.31)
    assert (window.session.setup.w1, boxes["w1"].lineEdit().text()) == (0.31, "0.31")
    told(boxes["max_iterations"]).valueInterface().setCurrentValue(50.0)
    assert window.session.setup.max_iterations == 50
    told(boxes["eta"]).valueInterface().setCurrentValue(-1.0)
    assert window.session.setup.eta == Setup().eta
    assert "0 or more" in told(boxes["eta"]).text(Text.Description)


def test_a_new_value_is_told_once(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    events = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: events.append(event))
    window.session.set_setup(Setup(w1=0.25, eta=0.5))
    found = [e for e in events if e.type() == QAccessible.Event.ValueChanged]
    assert {e.object().objectName(): e.value() for e in found} == {"w1": 0.25, "eta": 0.5}
    assert len(found) == 2


def test_the_speed_is_told_as_it_is_shown(window: MainWindow) -> None:
    slider = window.transport._speed
    assert (told(slider).role(), value(slider), told(slider).text(Text.Value)) == (
        (Role.Slider, 100.0, "100/s")
    )
    for place, speed in enumerate(SPEEDS[:-1]):
        slider.setValue(place)
        assert value(slider) == speed == window.session.speed
        assert told(slider).text(Text.Value) == window.transport._speed_label.text()
    slider.setValue(slider.maximum())
    ends = told(slider).valueInterface()
    assert "full speed" in told(slider).text(Text.Value)
    assert "full speed" in told(slider).text(Text.Description)
    assert 1_000_000 < value(slider) == ends.maximumValue() < float("inf")
    ends.setCurrentValue(480.0)
    assert window.session.speed == 500
    assert ends.minimumStepSize() == 500
    assert ends.minimumValue() == 1


def test_the_scrubber_tells_the_iteration(qtbot: QtBot, window: MainWindow) -> None:
    window.session.go_to_last()
    window.session.go_to_iteration(100)
    ends = told(window.transport._scrubber).valueInterface()
    assert (ends.currentValue(), ends.minimumValue(), ends.maximumValue()) == (100, 1, 813)


def test_tabs_are_tabs_of_which_one_is_selected(window: MainWindow) -> None:
    lists = [node for node in tree(told(window)) if node.role() == Role.PageTabList]
    assert [len(list(tree(each))) for each in lists] == [5, 4], "details; plot, landscape and runs"
    tabs = list(tree(lists[0]))[1:]
    assert [tab.role() for tab in tabs] == [Role.PageTab] * 4
    assert [tab.text(Text.Name) for tab in tabs] == ["Values", "Program", "Check", "Yours"]
    for chosen in (1, 2, 3, 0):
        tabs[chosen].actionInterface().doAction("Press")
        assert [bool(tab.state().selected) for tab in tabs] == [n == chosen for n in range(4)]
        assert not any(tab.state().checkable for tab in tabs)
        assert window.panels.values.isVisible() == (chosen == 0)


def test_a_card_is_a_group_with_the_title_that_it_shows(window: MainWindow) -> None:
    groups = [n.text(Text.Name) for n in tree(told(window)) if n.role() == Role.Grouping]
    assert sorted(groups) == sorted(
        ["Controls", "Error", "Network", "Now", "Setup", "This step", "Values"]
    )


def test_a_symbol_is_read_with_its_lowered_letter(window: MainWindow) -> None:
    names = [n.text(Text.Name) for n in tree(told(window.outcome_panel))]
    assert {"out o", "w1", "w2", "dE by dw1", "dE by dw2"} <= set(names)


def test_the_table_is_read_in_words_and_numbers_as_shown(window: MainWindow) -> None:
    window.session.go_to_step(9)
    table = window.panels.values._table
    cells = {n.text(Text.Name) for n in tree(told(table)) if n.role() == Role.Cell}
    assert {"out o", "half the square of target minus out o", "dE by dw2", "current"} <= cells
    assert set(window.panels.values.shown_values()) <= cells
    assert not [text for text in cells if UNSOUNDED & set(text) or LOST.search(text)]


def test_the_formula_is_read_in_words_with_the_numbers_that_it_shows(window: MainWindow) -> None:
    for step in range(1, 16):
        window.session.go_to_step(step)
        canvas = window.panels.formula.canvas
        words = told(canvas).text(Text.Description)
        assert told(canvas).role() == Role.Graphic
        assert not UNSOUNDED & set(words)
        assert not LOST.search(words)
        # Each number of the shown formula is in the words, as often and in the same order.
        shown = re.findall(r"\d+\.\d+", canvas.accessibleDescription())
        assert re.findall(r"\d+\.\d+", words) == shown
    window.session.go_to_step(5)
    assert told(window.panels.formula.canvas).text(Text.Description) == (
        "error is half the square of target minus out o, which is about "
        "half the square of 0.9 minus 0.563714, which is about 0.05654."
    )


def test_the_plot_tells_what_it_shows(qtbot: QtBot, window: MainWindow) -> None:
    def said() -> str:
        qtbot.waitUntil(lambda: not window.error_plot._soon.isActive())
        return told(window.error_plot).text(Text.Description)

    assert told(window.error_plot).role() == Role.Chart
    assert said().startswith("The error of 1 iteration: 0.05654. At iteration 1, which is marked")
    window.session.go_to_last()
    window.session.go_to_iteration(100)
    error = FILES.short(window.session.moment.values["error"])
    assert said().startswith(
        "The error of 813 iterations, from 0.05654 to 4.986 times 10 to the minus 5. "
        f"At iteration 100, which is marked, it is {error}. "
        "The tolerance is 5 times 10 to the minus 5. "
    )
    assert "former" not in said()
    assert "Axis of iterations linear, axis of the error logarithmic." in said()
    window.session.set_axes(Axes(True, False))
    assert "Axis of iterations logarithmic, axis of the error linear." in said()
    window.session.set_setup(Setup(w1=0.7))
    assert "1 kept run is beside it." in said()


@pytest.mark.parametrize(
    ("width", "sign", "percent"),
    spread(
        list(itertools.product((1440, 1000, 700), (numbers.POINT, numbers.COMMA), (100, 150))), 4
    ),
)
def test_all_that_is_told_is_what_is_on_the_screen(
    make_window: MakeWindow, percent: int, sign: str, width: int
) -> None:
    window = make_window(Settings(text_percent=percent, decimal_sign=sign), size=(width, 900))
    for setup in SETUPS:
        window.session.set_setup(setup)
        assert check(window) > 30
        window.session.go_to_last()
        check(window)
        for page in window.panels.pages():
            window.arrangement.enlarge(page.content)
            check(window)
            window.arrangement.restore()
    for box in window.setup_panel.boxes.values():
        box.lineEdit().setText("nonsense")
        box.commit()
    window.messages.refuse("w₁ is wrong with outₒ")
    window.messages.note.say("Copied ∂E/∂w₁ = 0.5")
    check(window)
    window.lecture.toggle()
    check(window)
    window.lecture.toggle()
    check(window)


def test_while_the_run_goes_on_its_button_is_called_what_is_on_it(window: MainWindow) -> None:
    button = window.transport._run
    for text, act in (("Pause", window.session.start), ("Run", window.session.pause)):
        act()
        assert (button.text(), told(button).text(Text.Name)) == (text, text)


def test_every_dialog_tells_what_is_on_the_screen(window: MainWindow) -> None:
    found = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        QTimer.singleShot(0, dialog, dialog.close)
        found.append((dialog.windowTitle(), told(dialog).text(Text.Name), check(dialog)))

    for ask in openings(window):
        QTimer.singleShot(0, window, look)
        ask()
    assert len(found) == 8
    assert all(title in name and count > 5 for title, name, count in found)
    window.help_menu.show_welcome()
    window.help_menu.show_help()
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            assert check(dialog) > 5


def test_a_problem_is_an_alert_and_is_said_at_once(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: events.append(event))
    window.messages.refuse("No such file.")
    banner = window.findChild(Banner)
    assert (told(banner).role(), told(banner).text(Text.Name)) == (
        (Role.AlertMessage, "No such file.")
    )
    assert [e.type() for e in events if e.object() is banner] == [
        QAccessible.Event.Alert,
        QAccessible.Event.Announcement,
    ]
    events.clear()
    window.setup_panel.boxes["w1"].lineEdit().setText("x")
    window.setup_panel.boxes["w1"].commit()
    said = [e.message() for e in events if e.type() == QAccessible.Event.Announcement]
    assert len(said) == 1
    assert "The value is still 0.5" in said[0]


def test_the_bar_of_a_work_is_called_what_is_done_and_tells_per_cent(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    bar = ProgressPanel(over)
    bar.begin("Writing a.png")
    bar.show_progress(1, 4)
    ends = told(bar._bar).valueInterface()
    assert told(bar._bar).text(Text.Name) == "Writing a.png"
    assert (ends.currentValue(), ends.minimumValue(), ends.maximumValue()) == (25, 0, 100)


def test_what_is_told_outlives_no_widget_and_no_widget_it(qtbot: QtBot) -> None:
    gc.freeze()  # what all the tests have made need not be looked through each time
    for _each in range(30):
        holder = QWidget()
        tabs = [Tab("One"), Tab("Two")]
        for tab in tabs:
            tab.setParent(holder)
        assert [told(tab).role() for tab in tabs] == [Role.PageTab] * 2
        gc.collect()
        assert told(tabs[0]).text(Text.Name) == "One"
        holder.deleteLater()
        QApplication.sendPostedEvents(holder, 0)
        QApplication.processEvents()
        del holder, tabs, tab
        gc.collect()
    assert told(QPushButton("x")).role() == Role.Button
