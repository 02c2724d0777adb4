"""Digits on the screen where the language of the desktop has digits of its own."""

import unicodedata
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate, QLocale
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QSpinBox,
    QStyledItemDelegate,
    QWidget,
)

from backprop_gui.app import application
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.dialogs.export.data_dialog import DataDialog
from backprop_gui.dialogs.export.handout_dialog import ExampleDialog
from backprop_gui.dialogs.export.slides_dialog import SlidesDialog
from backprop_gui.dialogs.preferences_dialog import Preferences, PreferencesDialog
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.numbers import FILES
from backprop_gui.storage.settings import Settings

NATIVE = ["ar_EG", "fa_IR", "mr_IN"]
MOMENT = moment_at(Run(Setup()), Position(1, 9))


@pytest.fixture(params=NATIVE)
def native(request: pytest.FixtureRequest) -> Iterator[QLocale]:
    """Yield a language with its own digits, which is the desktop's meanwhile."""
    before, made = QLocale(), QLocale(request.param)
    QLocale.setDefault(made)
    yield made
    QLocale.setDefault(before)


def _texts(parent: QWidget) -> Iterator[str]:
    """Yield what can be read or heard of a window and all that is in it."""
    for widget in (parent, *parent.findChildren(QWidget)):
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface:
            yield from (interface.text(kind) for kind in QAccessible.Text if kind.value < 5)
            if values := interface.valueInterface():
                yield str(values.currentValue())
        yield from (widget.toolTip(), widget.windowTitle())
        for has_text in (QLineEdit, QProgressBar, QAbstractSpinBox):
            if isinstance(widget, has_text):
                yield widget.text()
        if isinstance(widget, QComboBox):
            yield from map(widget.itemText, range(widget.count()))
        if isinstance(widget, QAbstractItemView) and widget.model():
            yield from _cells(widget)


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            data = model.index(row, column).data()
            yield QStyledItemDelegate().displayText(data, view.locale()) if data is not None else ""


def _foreign(texts: Iterator[str]) -> set[str]:
    is_foreign = (
        (text, any(unicodedata.category(c) == "Nd" and not c.isascii() for c in text))
        for text in texts
    )
    return {text for text, foreign in is_foreign if foreign}


def test_all_digits_of_the_window_are_of_one_kind(native: QLocale, make_window) -> None:
    assert native.toString(4) != "4"
    window = make_window(Settings(digits=9))
    for step in (1, 9, 15):
        window.session.go_to_step(step)
        assert not _foreign(_texts(window))
    assert any(box.text().startswith("9") for box in window.findChildren(QSpinBox))
    window.session.go_to_last()
    assert not _foreign(_texts(window))


def test_all_digits_of_a_dialog_are_of_one_kind(native: QLocale, qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    for dialog in (
        SlidesDialog(MOMENT, FILES, parent),
        ExampleDialog(MOMENT, parent),
        DataDialog(813, parent),
        PreferencesDialog(Preferences("light", 100, 4, ".", True, False, False), parent),
    ):
        dialog.show()
        assert not _foreign(_texts(dialog))


def test_the_program_lets_qt_write_the_same_digits(native: QLocale) -> None:
    application._use_plain_digits()
    texts = (QLocale().toString(2026), QLocale().toString(QDate(2026, 11, 26)))
    assert texts[0] == "2026"
    assert not _foreign(iter(texts))


def test_other_languages_keep_their_own_ways(qtbot) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        application._use_plain_digits()
        assert QLocale().name() == "de_DE"
    finally:
        QLocale.setDefault(before)
