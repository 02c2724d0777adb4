"""A short note beside the menus."""

from PySide6.QtWidgets import QMainWindow, QWidget
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
