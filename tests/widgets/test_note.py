"""A short note beside the menus."""

from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.widgets.note import Note


def test_a_long_note_leaves_the_menus_to_be_seen_and_is_whole_in_its_tooltip(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(500, 300)
    for name in ("File", "Edit", "Help"):
        window.menuBar().addMenu(name)
    picture = QWidget()
    window.setCentralWidget(picture)
    window.show()
    note = Note(window.menuBar(), picture)
    text = "Saved /home/somebody/" + "a folder of a long name/" * 8 + "end.backprop"
    note.say(text)
    menus = window.menuBar().actionGeometry(window.menuBar().actions()[-1]).right()
    assert note.sizeHint().width() <= window.width() - menus
    assert note.text().startswith("Saved /home")
    assert note.text().endswith(".backprop")
    assert note.toolTip() == text
    note.say("Saved")
    assert (note.text(), note.toolTip()) == ("Saved", "")


def test_a_note_over_the_picture_stands_at_its_lower_edge_whatever_was_said_before(
    qtbot: QtBot,
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(700, 500)
    window.menuBar().addMenu("File")
    picture = QWidget()
    window.setCentralWidget(picture)
    window.show()
    note = Note(window.menuBar(), picture)
    note.say("Said beside the menus")
    window.menuBar().hide()
    QApplication.processEvents()
    note.say("Said over the picture")
    QApplication.processEvents()
    assert picture.isAncestorOf(note)
    assert abs(note.geometry().center().x() - picture.rect().center().x()) <= 1
    assert picture.height() - 30 < note.geometry().bottom() < picture.height()
    window.menuBar().show()
    note.say("And beside them again")
    assert window.menuBar().isAncestorOf(note)


def test_a_note_that_stays_is_whole_beside_the_menus_or_over_the_picture(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(700, 300)
    for name in ("File", "Edit", "Help"):
        window.menuBar().addMenu(name)
    picture = QWidget()
    window.setCentralWidget(picture)
    window.show()
    note = Note(window.menuBar(), picture)
    long = "A question"
    while note.fontMetrics().horizontalAdvance(long) < 600:
        long += " of length"
    for text, place in (("Short?", window.menuBar()), (long, picture)):
        note.stay(text)
        assert note.text() == text
        assert place.isAncestorOf(note)
        assert not note._end.isActive()
    note.say("For a while")
    assert note._end.isActive()
