"""The style sheets: what is drawn can be seen, in both themes."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QCheckBox, QLabel, QMenu, QMessageBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.paint import theme as theme_module
from backprop_gui.paint.theme import DARK, LIGHT, Theme
from backprop_gui.system.resources import resource
from backprop_gui.widgets.card import Card, Page

pytestmark = pytest.mark.window


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return request.param


@pytest.fixture
def ground(qtbot: QtBot, theme: Theme) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    made.setObjectName("sidebar")  # it has the window's colour
    made.setStyleSheet(theme.style_sheet("window", "dialogs"))
    return made


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(image: QImage, colour: str) -> float:
    """Return the largest contrast of any pixel with the colour, as WCAG counts it."""
    ground = luminance(QColor(colour))
    pixels = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    others = [luminance(QColor.fromRgb(pixel)) for pixel in pixels]
    return max((max(o, ground) + 0.05) / (min(o, ground) + 0.05) for o in others)


def test_a_check_box_has_a_box_and_every_state_of_it_looks_different(
    qtbot: QtBot, ground: QWidget, theme: Theme
) -> None:
    other = QCheckBox("Other")
    box = QCheckBox("")
    for each in (other, box):
        ground.layout().addWidget(each)
    ground.show()
    with qtbot.waitActive(ground):
        ground.activateWindow()
    other.setFocus()
    seen = []
    for is_checked in (False, True):
        box.setChecked(is_checked)
        seen.append(box.grab().toImage())
        assert contrast(seen[-1], theme.window) >= 3
        box.setFocus()
        seen.append(box.grab().toImage())
        box.setEnabled(False)
        seen.append(box.grab().toImage())
        box.setEnabled(True)
        other.setFocus()
    for place, image in enumerate(seen):
        assert image not in seen[:place], place


def test_a_menu_entry_that_is_disabled_looks_so(qtbot: QtBot, ground: QWidget) -> None:
    menu = QMenu(ground)
    action = menu.addAction("Entry")
    menu.ensurePolished()
    enabled = menu.grab().toImage()
    action.setEnabled(False)
    assert menu.grab().toImage() != enabled


@pytest.mark.parametrize("title", ["This step", "Values", "Program"])
def test_the_label_of_the_tab_that_is_selected_is_whole(
    qtbot: QtBot, ground: QWidget, title: str
) -> None:
    card = Card(Page(title, QLabel()), Page("Other", QLabel()))
    ground.layout().addWidget(card)
    ground.show()
    tab = card._tabs[0]
    assert tab.isChecked()
    tab.resize(tab.sizeHint())
    as_shown = written(tab.grab().toImage())
    tab.resize(tab.sizeHint().width() + 40, tab.height())
    assert written(tab.grab().toImage()) == as_shown


def written(image: QImage) -> int:
    """Return how many columns the letters take, in the middle of the height."""
    ground = image.pixel(6, image.height() // 2)
    inside = range(3, image.width() - 3)
    rows = range(6, image.height() - 6)
    columns = [x for x in inside if any(image.pixel(x, y) != ground for y in rows)]
    return columns[-1] - columns[0]


@pytest.mark.parametrize("text", ["Short?", "Save the changes to a file with a rather long name?"])
def test_a_message_stands_beside_its_picture_and_is_whole(
    qtbot: QtBot, ground: QWidget, text: str
) -> None:
    box = QMessageBox(ground)
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(text)
    font = box.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    box.setFont(font)
    box.show()
    picture = box.findChild(QLabel, "qt_msgboxex_icon_label")
    label = box.findChild(QLabel, "qt_msgbox_label")
    assert picture.width() < 100
    assert label.width() >= label.minimumSizeHint().width()
    box.close()


@pytest.mark.parametrize("name", ["o'brien", 'a "quoted" name', "back\\slash", "(a) name; $5 ö"])
def test_the_folder_of_the_program_may_have_any_name(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def checked_box() -> QImage:
        box = QCheckBox()
        qtbot.addWidget(box)
        box.setStyleSheet(LIGHT.style_sheet("window", "dialogs"))  # Qt warns of what it cannot read
        box.setChecked(True)
        return box.grab().toImage()

    usual = checked_box()
    folder = shutil.copytree(resource("icons"), tmp_path / name / "icons").parent
    monkeypatch.setattr(
        theme_module,
        "resource",
        lambda asked: folder / asked if asked.startswith("icons/") else resource(asked),
    )
    assert checked_box() == usual
