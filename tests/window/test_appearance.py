"""What a person prefers: colours, size of text, digits, motion, and the decimal sign."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.dialogs.preferences_dialog import PreferencesDialog
from backprop_gui.drawing.shapes import Text
from backprop_gui.export import render
from backprop_gui.export.formats import CSV, MARKDOWN, SVG
from backprop_gui.export.orders import DataOrder, ExampleOrder, PictureOrder
from backprop_gui.export.picture import What
from backprop_gui.paint.theme import DARK, LIGHT, interface_font
from backprop_gui.storage import experiment_file
from backprop_gui.storage.settings import Settings
from backprop_gui.window.main_window import MainWindow


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> Iterator[None]:
    font = qapp.font()
    yield
    qapp.setFont(font)


def choose(window: MainWindow, **choices: object) -> None:
    appearance = window.appearance
    appearance.choose(replace(appearance.choices, **choices))


def texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()  # a label that is new is shown then
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_the_dialog_s_rows_take_effect_at_once_and_are_remembered(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def use(dialog: PreferencesDialog) -> None:
        dialog.theme.choose("dark")
        dialog.text.choose("120")
        dialog.digits.choose("9")
        dialog.sign.choose(",")
        dialog.opening.choose("True")
        dialog.motion.setChecked(False)
        dialog.welcome.setChecked(False)

    monkeypatch.setattr(PreferencesDialog, "exec", use)
    window.preferring.ask()
    assert window.appearance.theme is DARK
    assert window.font().pointSizeF() == pytest.approx(1.2 * interface_font().pointSizeF())
    assert "0,563713916" in texts(window.outcome_panel)
    settings = window.settings()
    assert (settings.theme, settings.text_percent, settings.digits) == ("dark", 120, 9)
    assert (settings.decimal_sign, settings.opens_new_windows) == (",", True)
    assert (settings.is_moving, settings.is_welcome_wanted) == (False, False)


def test_the_dialog_begins_with_what_is_chosen(window: MainWindow, monkeypatch) -> None:
    choose(window, theme="light", digits=12, decimal_sign=",", is_moving=False)
    window.help_menu.is_welcome_wanted = False
    seen = []
    monkeypatch.setattr(PreferencesDialog, "exec", lambda d: seen.append(d.preferences()))
    window.preferring.ask()
    (shown,) = seen
    assert (shown.theme, shown.digits, shown.decimal_sign) == ("light", 12, ",")
    assert (shown.is_moving, shown.is_welcome_wanted, shown.opens_new_windows) == (
        False,
        False,
        False,
    )


def test_preferences_hold_for_the_next_window(make_window) -> None:
    settings = Settings(theme="dark", text_percent=150, decimal_sign=",", digits=6)
    window = make_window(settings)
    assert window.appearance.theme is DARK
    assert "0,0565442" in texts(window.outcome_panel)
    assert window.setup_panel.boxes["input"].text() == "0,1"
    chosen = window.settings()
    assert replace(chosen, geometry=b"", layout={}) == settings


@pytest.mark.parametrize(
    ("digits", "output", "slope"), [(3, "0.564", "0.246"), (9, "0.563713916", "0.24594")]
)
def test_the_digits_are_those_of_every_number_that_has_room(
    window: MainWindow, digits: int, output: str, slope: str
) -> None:
    window.session.go_to_step(8)
    choose(window, digits=digits)
    assert output in texts(window.outcome_panel)
    drawn = [shape.text for shape in window.network._laid_out().shapes if isinstance(shape, Text)]
    assert any(text.startswith(slope) for text in drawn)


def test_going_back_to_the_point_leaves_no_comma(window: MainWindow) -> None:
    window.session.go_to_last()
    before = [texts(part) for part in (window.outcome_panel, window.transport, window.panels.check)]
    choose(window, decimal_sign=",")
    during = [texts(part) for part in (window.outcome_panel, window.transport, window.panels.check)]
    assert before != during
    assert "0,8900135432882583" in during[0]
    choose(window, decimal_sign=".")
    after = [texts(part) for part in (window.outcome_panel, window.transport, window.panels.check)]
    assert after == before


def test_numbers_typed_with_the_comma_are_what_they_were(qtbot: QtBot, window: MainWindow) -> None:
    choose(window, decimal_sign=",")
    box = window.setup_panel.boxes["w1"]
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "0,123456789012345678")
    box.commit()
    assert window.session.setup.w1 == 0.123456789012345678
    run = window.session.run
    box.commit()  # the text that is shown is the number that there is
    assert window.session.run is run
    assert box.text() == "0,12345678901234568"


def test_a_window_with_the_comma_writes_files_with_the_point(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    def written(order, path: Path) -> bytes:
        with qtbot.waitSignal(window.exporting.said, timeout=20_000):
            window.exporting.write(order, path)
        return path.read_bytes()

    def all_files() -> list[bytes]:
        exporting = window.exporting
        made = [
            written(DataOrder(1, 1), tmp_path / f"d{CSV.suffix}"),
            written(ExampleOrder("1", 6, False, ""), tmp_path / f"e{MARKDOWN.suffix}"),
            experiment_file.encoded(window.documents.document()),
        ]
        for what in (What.NETWORK, What.BOTH, What.VALUES, What.ERROR, What.WINDOW):
            order: PictureOrder = exporting.pictures.shown(what)
            made.append(render.svg(exporting.pictures.picture(order), None, "", "", outlines=False))
        exporting.pictures.copy()
        clipboard = QApplication.clipboard()
        made.append(clipboard.text().encode())
        window.panels.values.copy_all("Text")
        made.append(clipboard.text().encode())
        return made

    window.session.set_setup(Setup(w1=0.25))
    window.session.go_to_step(9)
    with_point = all_files()
    assert SVG.suffix == ".svg"
    choose(window, decimal_sign=",")
    with_comma = all_files()
    assert [a == b for a, b in zip(with_point, with_comma, strict=True)] == [True] * 10
    assert window.setup_panel.boxes["w1"].text() == "0,25", "the screen has it as before"


def test_larger_text_makes_the_sidebar_wider_and_the_rows_higher(window: MainWindow) -> None:
    side, rows = window.arrangement._side, window.panels.values._table.verticalHeader()
    width, height = side.width(), rows.defaultSectionSize()
    choose(window, text_percent=150)
    QApplication.processEvents()
    assert side.width() >= round(1.5 * width)
    assert rows.defaultSectionSize() > 1.2 * height
    choose(window, text_percent=100)
    QApplication.processEvents()
    assert (side.width(), rows.defaultSectionSize()) == (width, height)


def test_a_desktop_that_asks_for_less_motion_changes_no_preference(window: MainWindow) -> None:
    window.appearance.reduce_motion()
    assert not window.network._is_moving
    assert window.settings().is_moving
    assert not window.commands["motion"].isChecked()
    window.commands["motion"].trigger()
    assert window.network._is_moving
    window.commands["motion"].trigger()
    assert not window.network._is_moving
    assert not window.settings().is_moving


def test_each_choice_is_remembered_at_once_wherever_it_is_made(window: MainWindow) -> None:
    """A new window reads the file while this one is still open."""
    remembered = []
    window.remembered.connect(remembered.append)
    window.appearance._themes["dark"].trigger()
    assert remembered[-1].theme == "dark"
    window.panels.values._digits_box.setValue(9)
    assert remembered[-1].digits == 9
    window.commands["motion"].trigger()
    assert not remembered[-1].is_moving


def test_the_menu_s_themes_are_those_of_the_preferences(window: MainWindow) -> None:
    window.appearance._themes["dark"].trigger()
    assert (window.appearance.theme, window.settings().theme) == (DARK, "dark")
    window.appearance._themes["light"].trigger()
    assert (window.appearance.theme, window.settings().theme) == (LIGHT, "light")
