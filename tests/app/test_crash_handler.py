"""What happens when the program itself fails."""

import os
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backprop_gui.app import crash_handler
from backprop_gui.app.crash_handler import LOG, CrashHandler
from backprop_gui.dialogs.failure_dialog import FailureDialog
from backprop_gui.window.main_window import MainWindow

pytestmark = pytest.mark.qt_no_exception_capture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def kept() -> list[str]:
    return []


@pytest.fixture
def failures(window: MainWindow, folder: Path, kept: list[str]) -> Iterator[CrashHandler]:
    def keep() -> str:
        kept.append("kept")
        return "Backprop has kept a copy of your unsaved work."

    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    made = CrashHandler(folder, keep, window)
    made.install()
    yield made
    made.end()
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, FailureDialog):
            dialog.reject()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == hooks


def dialogs() -> list[FailureDialog]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, FailureDialog) and widget.isVisible()
    ]


def mistake(text: str = "the mistake") -> None:
    raise ZeroDivisionError(text)


def in_slot() -> None:
    QTimer.singleShot(0, mistake)


def in_thread() -> None:
    thread = threading.Thread(target=mistake)
    thread.start()
    thread.join()


def where_nobody_can_raise() -> None:
    class Broken:
        def __del__(self) -> None:
            mistake()

    Broken()


def in_paint_event() -> None:
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    laid_out = window.network._laid_out

    def fail() -> None:
        window.network._laid_out = laid_out
        mistake()

    window.network._laid_out = fail
    window.network.update()


@pytest.mark.parametrize("happen", [in_slot, in_thread, where_nobody_can_raise, in_paint_event])
def test_a_mistake_anywhere_opens_one_dialog_and_the_program_goes_on(
    qtbot: QtBot, window: MainWindow, failures: CrashHandler, folder: Path, kept, happen
) -> None:
    happen()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    (dialog,) = dialogs()
    report = dialog.findChild(QPlainTextEdit).toPlainText()
    assert "ZeroDivisionError: the mistake" in report
    assert "raise ZeroDivisionError(text)" in report
    assert kept == ["kept"]
    assert "the mistake" in (folder / LOG).read_text()
    dialog.reject()
    window.session.step_on()
    assert window.session.moment.position == (1, 6)


def test_where_the_work_cannot_be_kept_the_dialog_comes_all_the_same(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    def keep() -> str:
        raise RuntimeError("broken too")

    made = CrashHandler(folder, keep, window)
    made.install()
    QTimer.singleShot(0, mistake)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert "could not keep a copy" in text_of(dialogs()[0])
    assert "broken too" in (folder / LOG).read_text()
    dialogs()[0].reject()
    made.end()


def test_a_dialog_that_went_with_its_parent_ends_nothing(
    qtbot: QtBot, failures: CrashHandler, folder: Path
) -> None:
    parent = QWidget()
    parent.setWindowModality(Qt.WindowModality.ApplicationModal)
    parent.show()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is parent)
    QTimer.singleShot(0, mistake)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    parent.deleteLater()
    qtbot.waitUntil(lambda: not dialogs())
    QTimer.singleShot(0, lambda: [][0])  # another one: the same is told once
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert (folder / LOG).read_text().count("Backprop 0") == 2


def text_of(dialog: FailureDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_the_mistake_is_told_in_plain_words_and_its_own_text_as_it_is(
    qtbot: QtBot, failures: CrashHandler, folder: Path
) -> None:
    QTimer.singleShot(0, lambda: mistake("<b>bold</b>\nlong " + "x" * 5000))
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    (dialog,) = dialogs()
    headline = dialog.findChild(QLabel, "headline")
    assert headline.text().startswith("Something went wrong inside Backprop. You can continue.")
    assert "ZeroDivisionError: <b>bold</b> long xx" in text_of(dialog)
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText
        for label in dialog.findChildren(QLabel)
        if label.isVisible() and label.text() != "Log"
    )
    assert dialog.findChild(QLineEdit).text() == str(folder / LOG)
    assert dialog.findChild(QLineEdit).isReadOnly()


@pytest.mark.parametrize("kept", ["Kept.", "It could not be kept: " + "y" * 400])
def test_a_line_that_is_added_finds_its_room_and_covers_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, kept: str
) -> None:
    dialog = FailureDialog("a", kept, "report", tmp_path, window)
    dialog.show()
    qtbot.waitExposed(dialog)
    for text in ("", "large"):
        if text:
            font = dialog.font()
            font.setPointSizeF(font.pointSizeF() * 1.5)
            dialog.setFont(font)
        dialog.show_more(3)
        for _each in range(9):
            QApplication.processEvents()
        parts = [w for w in dialog.children() if isinstance(w, QWidget) and w.isVisible()]
        parts.sort(key=lambda part: part.y())
        for one, other in pairwise(parts):
            assert one.geometry().bottom() <= other.y() or one.y() == other.y()
        for label in parts:
            if isinstance(label, QLabel) and label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
        assert dialog.width() < 1000
        assert parts[-1].geometry().bottom() < dialog.height()


def test_the_report_can_be_copied(qtbot: QtBot, failures: CrashHandler) -> None:
    in_slot()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    buttons = dialogs()[0].findChildren(QPushButton)
    next(b for b in buttons if "Copy" in b.text().replace("&", "")).click()
    assert "the mistake" in QApplication.clipboard().text()


def test_a_storm_is_one_dialog_that_counts_and_a_log_that_ends(
    qtbot: QtBot, failures: CrashHandler, folder: Path, kept: list[str]
) -> None:
    for number in range(1000):
        QTimer.singleShot(0, lambda number=number: mistake(f"number {number}"))
    qtbot.waitUntil(lambda: failures._more == 999, timeout=20_000)
    assert len(dialogs()) == 1
    assert kept == ["kept"]
    log = (folder / LOG).read_text()
    assert "number 5\n" in log
    assert log.count("ZeroDivisionError") <= 2 * crash_handler._MOST_LOGGED
    dialogs()[0].reject()
    in_slot()
    qtbot.waitUntil(lambda: failures._logged == 1001)
    assert not dialogs(), "the same mistake was told already"


def test_another_mistake_later_is_told(qtbot: QtBot, failures: CrashHandler) -> None:
    in_slot()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    dialogs()[0].reject()
    QTimer.singleShot(0, lambda: {}["another"])
    qtbot.waitUntil(lambda: len(dialogs()) == 1)


def test_a_log_that_cannot_be_written_is_no_second_mistake(
    qtbot: QtBot, failures: CrashHandler, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write_text("")
    in_slot()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert "the mistake" in capsys.readouterr().err


def test_a_pipe_in_the_place_of_the_log_keeps_nobody_waiting(
    qtbot: QtBot, failures: CrashHandler, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.mkdir()
    os.mkfifo(folder / LOG)
    in_slot()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert "the mistake" in capsys.readouterr().err


def test_the_log_rotates(qtbot: QtBot, failures: CrashHandler, folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(crash_handler, "_LARGEST", 5_000)
    for number in range(60):
        QTimer.singleShot(0, lambda number=number: mistake(f"number {number}"))
    qtbot.waitUntil(lambda: failures._logged == 60)
    assert len(list(folder.glob(f"{LOG}*"))) == 1 + crash_handler._KEPT
    assert all(path.stat().st_size <= 6_000 for path in folder.iterdir())


def test_a_mistake_of_a_program_whose_files_have_changed_is_told_as_that(
    qtbot: QtBot, failures: CrashHandler, tmp_path: Path
) -> None:
    """Half of it is the old program and half the new one: any mistake may come of that."""
    part = tmp_path / "part.py"
    part.write_text("old")
    failures._files[str(part)] = crash_handler._state(str(part))
    in_slot()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert "inside Backprop" in dialogs()[0].findChild(QLabel, "headline").text()
    dialogs()[0].reject()
    part.write_text("new one")
    QTimer.singleShot(0, lambda: {}["another"])
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    said = dialogs()[0].findChild(QLabel, "headline").text()
    assert said.startswith("Backprop was changed or removed while it was running")


def test_a_report_is_made_where_python_cannot_format_one(
    qtbot: QtBot, failures: CrashHandler, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object) -> None:
        raise ImportError("no module named ast")

    monkeypatch.setattr(crash_handler.traceback, "format_exception", fail)
    in_slot()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert "ZeroDivisionError: the mistake" in (folder / LOG).read_text()
