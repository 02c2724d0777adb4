"""What the window gives away, and takes back."""

import html
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, QSizeF, Qt, QUrl
from PySide6.QtGui import QDrag, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from backprop_gui.core import kernel
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.dialogs.export.picture_dialog import PictureDialog
from backprop_gui.export import computed_map, contents, formats, render
from backprop_gui.export.contents import What
from backprop_gui.export.making import Subject, carry_out, picture_of
from backprop_gui.export.orders import DataOrder, PictureOrder, SlidesOrder
from backprop_gui.export.picture import Look, Picture
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.surface import Layer, Region
from backprop_gui.state.state import Axes
from backprop_gui.state.worker import Cancelled
from backprop_gui.storage.opening import read
from backprop_gui.storage.settings import Settings
from backprop_gui.widgets.export_button import ExportButton
from backprop_gui.window.exporting import next_name
from backprop_gui.window.main_window import MainWindow
from tests.conftest import MakeWindow


def _order(window: MainWindow, what: What = What.NETWORK) -> PictureOrder:
    return PictureOrder(what, Look(), window.exporting.pictures.sizes()[what], 1.0)


def _write(qtbot: QtBot, window: MainWindow, order, path: Path) -> None:
    with qtbot.waitSignal(window.exporting.said, timeout=20_000) as said:
        window.exporting.write(order, path)
    assert said.args == [f"Saved {path}"]


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_anything_on_the_screen_becomes_a_file_that_opens_as_what_it_shows(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, suffix: str
) -> None:
    for number, what in enumerate(contents.PICTURES, start=1):
        setup = Setup(w1=number / 8)
        window.session.set_setup(setup)
        window.session.go_to_step(9)
        path = tmp_path / f"p{suffix}"
        _write(qtbot, window, _order(window, what), path)
        assert [each.name for each in tmp_path.iterdir()] == [path.name]
        assert read(path) == (setup, Position(1, 9)), what
        path.unlink()


@pytest.mark.parametrize("scale", [1.0, 3.0])
def test_a_picture_of_the_window_is_its_cards_at_the_scale(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, scale: float
) -> None:
    order = _order(window, What.WINDOW)
    _write(qtbot, window, PictureOrder(What.WINDOW, Look(), order.size, scale), tmp_path / "w.png")
    size = window.arrangement.size() * scale
    with Image.open(tmp_path / "w.png") as picture:
        assert picture.size == (size.width(), size.height())
        assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 50


def test_export_again_writes_what_is_shown_now_to_the_next_free_name(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    _write(qtbot, window, _order(window), tmp_path / "net.png")
    for name in ("net-2.png", "net-3.png"):
        window.session.step_on()
        with qtbot.waitSignal(window.exporting.said):
            qtbot.keyClick(
                window,
                Qt.Key.Key_E,
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
            )
        assert read(tmp_path / name).position == window.session.moment.position


def test_export_again_asks_where_there_was_none(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(PictureDialog, "exec", lambda dialog: asked.append(dialog))
    window.exporting.export_again()
    assert len(asked) == 1


def test_names_are_counted_on_and_never_taken_twice(tmp_path: Path) -> None:
    (tmp_path / "a-2.png").touch()
    (tmp_path / "b-9.png").touch()
    assert next_name(tmp_path / "a.png", Path.exists).name == "a-3.png"
    assert next_name(tmp_path / "b-9.png", Path.exists).name == "b-10.png"


def test_the_dialog_s_picture_is_written_where_the_person_says(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def accept(dialog: PictureDialog) -> None:
        dialog.kinds.choose(".svg")
        dialog._on_accepted()

    monkeypatch.setattr(PictureDialog, "exec", accept)
    asked = {}

    def choose(dialog: QFileDialog) -> bool:
        asked.update(name=Path(dialog.selectedFiles()[0]).name, filters=dialog.nameFilters())
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("mine")
        return True

    monkeypatch.setattr(QFileDialog, "exec", choose)
    with qtbot.waitSignal(window.exporting.said):
        qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert asked == {"name": "network.svg", "filters": ["SVG vector picture (*.svg)"]}
    assert [path.name for path in tmp_path.iterdir()] == ["mine.svg"]


def test_what_a_thread_says_has_the_person_s_decimal_sign(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    window = make_window(Settings(decimal_sign=","))
    order = SlidesOrder(_order(window), "5000")
    with qtbot.waitSignal(window.exporting.refused) as refused:
        window.exporting.write(order, tmp_path / "s.pdf")
    assert "5\u202f000" in refused.args[0]
    assert "5,000" not in refused.args[0]


def test_what_cannot_be_written_is_told_and_nothing_is_left(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    for name in ("nowhere/p.png", "p.bmp", "p"):
        with qtbot.waitSignal(window.exporting.refused) as told:
            window.exporting.write(_order(window), tmp_path / name)
        assert Path(name).name in told.args[0]
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", [What.NETWORK, What.ERROR, What.WINDOW, What.BOTH, What.DATA])
def test_after_any_wrong_name_a_good_one_is_written(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, what: What
) -> None:
    suffix = ".csv" if what is What.DATA else ".png"
    (tmp_path / f"folder{suffix}").mkdir()
    (tmp_path / f"loop{suffix}").symlink_to(f"loop{suffix}")
    order = DataOrder(1, 1) if what is What.DATA else _order(window, what)
    if what is What.BOTH:
        order = SlidesOrder(order, "1:1")
    stems = ("folder", "loop", "nul\0", "half \ud800", "long" * 75, "nowhere/p")
    for name in ("p", "p.bmp", *(f"{stem}{suffix}" for stem in stems)):
        with qtbot.waitSignal(window.exporting.refused, timeout=20_000):
            window.exporting.write(order, tmp_path / name)
        assert not window.exporting.is_busy, name
    _write(qtbot, window, order, tmp_path / f"good{suffix}")
    assert len(list(tmp_path.iterdir())) == 3


def test_a_name_that_cannot_be_counted_on_is_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.exporting.said, timeout=20_000):
        window.exporting.write(_order(window), tmp_path / f"{'n' * 251}.png")
    with qtbot.waitSignal(window.exporting.refused):
        window.exporting.export_again()
    assert not window.exporting.is_busy


def test_a_picture_of_widgets_can_be_cancelled_while_it_is_painted(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    exporting = window.exporting
    exporting.write(_order(window, What.WINDOW), tmp_path / "w.png")
    assert exporting.is_busy
    with qtbot.waitSignal(exporting.said) as said:
        exporting._progress.cancelled.emit()
    assert said.args[0].startswith("Cancelled")
    assert not exporting.is_busy
    assert list(tmp_path.iterdir()) == []


def test_positions_beyond_the_run_are_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    order = SlidesOrder(_order(window), "5000")
    with qtbot.waitSignal(window.exporting.refused) as told:
        window.exporting.write(order, tmp_path / "s.pdf")
    assert "iteration 5,000: this run stops at 813" in told.args[0]
    assert list(tmp_path.iterdir()) == []


def test_positions_that_the_dialog_offers_go_as_far_as_the_run(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.session.set_setup(Setup(max_iterations=13))
    order = SlidesOrder(_order(window), "1,2,10,100,last", is_offer=True)
    with qtbot.waitSignal(window.exporting.said):
        window.exporting.write(order, tmp_path / "s.png")
    found = [read(path).position.iteration for path in sorted(tmp_path.iterdir())]
    assert found == [1, 2, 10, 13]


def test_a_cancelled_export_leaves_the_old_file_and_nothing_beside_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    old = tmp_path / "s.gif"
    old.write_text("old")
    order = SlidesOrder(_order(window), "1-100:1-15")
    exporting = window.exporting
    with qtbot.waitSignal(exporting._worker.progressed):
        exporting.write(order, old)
    with qtbot.waitSignals([exporting.said, exporting._worker.ended]) as _ended:
        exporting._progress.cancelled.emit()
    assert old.read_text() == "old"
    assert list(tmp_path.iterdir()) == [old]


def test_the_window_steps_on_while_an_export_goes_on(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    order = SlidesOrder(_order(window), "1-4:1-15")
    with qtbot.waitSignal(window.exporting.said, timeout=20_000):
        window.exporting.write(order, tmp_path / "s.pdf")
        window.session.go_to_last()
        window.session.set_setup(Setup(w1=2.0))
    assert read(tmp_path / "s.pdf").setup == Setup()


def test_closing_the_window_ends_an_export(qtbot: QtBot, make_window, tmp_path: Path) -> None:
    window = make_window()
    window.exporting.write(SlidesOrder(_order(window), "1-100:1-15"), tmp_path / "s.gif")
    window.close()
    assert not window.exporting.is_busy
    assert list(tmp_path.iterdir()) == []


@pytest.mark.window
def test_copying_gives_pixels_svg_and_the_step_in_words(qtbot: QtBot, window: MainWindow) -> None:
    window.session.go_to_step(9)
    window.network.setFocus()
    qtbot.keyClick(window.network, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.hasImage()
    svg = bytes(mime.data("image/svg+xml").data())
    assert svg.startswith(b"<?xml")
    assert b"at=1:9" in svg
    assert mime.text().startswith("Iteration 1, step 9 (backward): ∂E/∂w₂ = ∂E/∂outₒ · ")
    assert "≈ −0.04239\nHow much is w₂" in mime.text()


@pytest.mark.window
def test_a_card_s_button_drags_its_picture_as_pixels_svg_text_and_file(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[QMimeData] = []
    contents: list[bytes] = []

    def carry(drag: QDrag, _action: Qt.DropAction) -> Qt.DropAction:
        dragged.append(drag.mimeData())
        contents.append(Path(drag.mimeData().urls()[0].toLocalFile()).read_bytes())
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", carry)
    buttons = [each for each in window.findChildren(ExportButton) if each.isVisible()]
    assert len(buttons) >= 3
    for button in buttons:
        centre = QPointF(button.rect().center()).toPoint()
        QTest.mousePress(button, Qt.MouseButton.LeftButton, pos=centre)
        QTest.mouseMove(button, centre + QPointF(60, 40).toPoint())
        QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=centre)
    assert len(dragged) == len(buttons)
    for mime, content in zip(dragged, contents, strict=True):
        assert mime.hasImage()
        assert mime.hasFormat("image/svg+xml")
        assert Image.open(io.BytesIO(content)).format == "PNG"
    assert len(set(contents)) == len(buttons)


def _drop(window: MainWindow, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    QApplication.processEvents()


@pytest.mark.window
def test_a_file_that_is_dropped_opens_as_the_experiment_that_it_came_from(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.documents, "may_discard", lambda: True)
    window.session.set_setup(Setup(w1=0.25))
    window.session.go_to_last()
    window.session.go_to_iteration(300)
    shown = window.session.moment
    _write(qtbot, window, _order(window), tmp_path / "p.png")
    window.typed.reset_to_article()
    assert window.session.setup == Setup()
    _drop(window, tmp_path / "p.png")
    assert window.session.moment == shown
    assert window.setup_panel.boxes["w1"].value == 0.25


def test_a_file_without_an_experiment_changes_nothing_and_is_told(
    window: MainWindow, tmp_path: Path
) -> None:
    run, told = window.session.run, []
    window.messages.refuse = told.append
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.save(str(tmp_path / "foreign.png"))
    for name in ("foreign.png", "nowhere.png"):
        _drop(window, tmp_path / name)
        assert name in told[-1]
    assert len(told) == 2
    assert window.session.run is run


def test_open_asks_for_a_file_and_opens_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(qtbot, window, DataOrder(1, 1), tmp_path / "d.csv")
    monkeypatch.setattr(window.documents, "may_discard", lambda: True)
    window.session.set_setup(Setup(w1=0.25))
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: True)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: [str(tmp_path / "d.csv")])
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert window.session.setup == Setup()


def test_a_far_position_is_gone_to_without_holding_the_window(
    qtbot: QtBot, window: MainWindow
) -> None:
    setup = Setup(target=1.5, max_iterations=3_000_000)
    window.session.open(setup, Position(2_000_000, 7))
    assert window.session.is_running
    with qtbot.waitSignal(
        window.session.state_changed,
        timeout=60_000,
        check_params_cb=lambda state: not state.is_running,
    ):
        pass
    assert window.session.moment.position == (2_000_000, 7)


def test_a_position_beyond_the_run_is_its_end(window: MainWindow) -> None:
    window.session.open(Setup(), Position(5000, 9))
    assert window.session.moment.position == (813, 5)


@pytest.mark.parametrize(("answer", "count"), [("replace", 3), ("cancel", 1)])
def test_numbered_pictures_are_replaced_only_if_the_person_says_so(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    count: int,
) -> None:
    old = tmp_path / "steps-02.png"
    old.write_text("old")
    exporting = window.exporting
    monkeypatch.setattr(exporting, "_asked_where", lambda *_words: tmp_path / "steps.png")
    asked = []

    def reply(_parent, _title, question: str, offered) -> str:
        asked.append(question)
        assert list(offered) == ["replace"]
        return answer

    monkeypatch.setattr("backprop_gui.window.exporting.ask", reply)
    exporting._on_order_made(SlidesOrder(_order(window), "1:1-3"), formats.PNG)
    qtbot.waitUntil(lambda: not exporting.is_busy)
    assert "steps-02.png" in asked[0]
    assert len(list(tmp_path.iterdir())) == count
    assert (old.read_bytes() == b"old") == (answer == "cancel")


def test_exporting_numbered_pictures_again_replaces_none(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    kept = [tmp_path / name for name in ("steps-2-01.png", "steps-3-02.png", "steps-4.png")]
    for each in kept:
        each.write_text("an earlier session's")
    _write(qtbot, window, SlidesOrder(_order(window), "1:1-2"), tmp_path / "steps.png")
    with qtbot.waitSignal(window.exporting.said):
        window.exporting.export_again()
    assert [each.read_text() for each in kept] == ["an earlier session's"] * 3
    assert (tmp_path / "steps-5-01.png").exists()
    assert (tmp_path / "steps-5-02.png").exists()


@pytest.mark.parametrize(
    "name", ["steps-2.png", "steps-2024.png", "steps-04.png", "steps-02-old.png", "steps-002.png"]
)
def test_about_a_picture_that_stays_nobody_is_asked(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).touch()
    monkeypatch.setattr("backprop_gui.window.exporting.ask", pytest.fail)
    assert window.exporting._may_replace(
        SlidesOrder(_order(window), "1:1-3"), tmp_path / "steps.png"
    )


def test_the_error_plot_s_picture_has_the_axes_the_part_and_the_former_runs_of_the_screen(
    window: MainWindow,
) -> None:
    def svg() -> bytes:
        picture = window.exporting.pictures.picture(_order(window, What.ERROR))
        return render.svg(picture, None, "", "", outlines=True)

    window.session.go_to_last()
    seen = [svg()]
    for change in (
        window.error_plot.zoom_in,
        lambda: window.session.set_axes(Axes(True, True)),
        lambda: window.session.set_setup(Setup(w1=3.0)),
        window.session.clear_kept,
    ):
        change()
        seen.append(svg())
    assert len(set(seen)) == len(seen)


def test_a_click_on_a_card_s_button_asks_for_that_card_s_picture(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(PictureDialog, "exec", lambda dialog: asked.append(dialog.what.chosen))
    for button in window.findChildren(ExportButton):
        if button.isVisible():
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert sorted(asked) == ["error", "formula", "network", "values"]


def test_slides_and_worked_examples_are_offered_beside_the_controls(window: MainWindow) -> None:
    offered = [button.menu() for button in window.transport.findChildren(QPushButton, "exports")]
    (menu,) = offered
    assert [window.commands[name] for name in ("slides", "example")] == menu.actions()[:2]


def test_pictures_of_the_landscape_show_what_the_screen_shows_of_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.session.add_runs((Setup(eta=5.0), Setup(eta=20.0)))
    qtbot.waitUntil(lambda: not window.session.state.missing)
    hidden, shown = window.session.state.kept
    window.session.show_kept(hidden.id, False)
    part = Region(-2.0, 3.0, -1.0, 5.0)
    look = window.session.state.look._replace(region=part, is_linear=True, is_typed=True)
    window.session.set_look(look)
    for what in contents.SURFACES:
        made = window.exporting.pictures.as_shown(_order(window, what)).look
        assert (made.region, made.is_linear, made.is_widened) == (part, True, False)
        path = tmp_path / f"{what.word}.svg"
        order = replace(_order(window, what), has_outlines=False)
        _write(qtbot, window, order, path)
        text = html.unescape(path.read_text())
        assert shown.name in text, what
        assert hidden.name not in text, what


def test_the_landscape_s_card_exports_its_picture(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(
        PictureDialog,
        "exec",
        lambda self: asked.append(
            (self.what.chosen, [self.what.itemData(n) for n in range(self.what.count())])
        ),
    )
    window._lazy_exporting.export_card(window.views.landscape)
    ((chosen, offered),) = asked
    assert chosen == "landscape"
    assert {"landscape", "slices", "relief"} <= set(offered)
    assert window.exporting.pictures.what_of(window.views.landscape) is What.LANDSCAPE


def test_the_picture_of_the_error_plot_shows_the_runs_that_the_plot_shows(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.session.add_runs((Setup(eta=5.0), Setup(eta=20.0)))
    qtbot.waitUntil(lambda: not window.session.state.missing)
    window.session.show_kept(window.session.state.kept[0].id, False)
    twin = window.exporting.pictures.screen().error_plot.twin()
    assert twin._kept.runs == window.session.state.kept[1:]


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return the list of all calls of the kernel from now on."""
    calls: list[object] = []
    advance = kernel.advance

    def counting(*given):
        calls.append(given)
        return advance(*given)

    monkeypatch.setattr(kernel, "advance", counting)
    return calls


def test_copies_and_previews_show_a_map_of_starts_as_the_screen_does_and_compute_none(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = window.session.state.look
    window.session.set_look(look._replace(layer=Layer.ITERATIONS))
    pictures = window.exporting.pictures
    assert window.views.landscape.map.start_map is None
    calls = _counted(monkeypatch)
    pictures.copy(replace(pictures.shown(What.LANDSCAPE), has_outlines=False))
    copied = QGuiApplication.clipboard().mimeData().data("image/svg+xml").toStdString()
    assert "not computed yet" in copied
    dialog = PictureDialog(pictures.picture, pictures.sizes(), Numerals(4), window)
    dialog.what.choose(What.LANDSCAPE.word)
    assert len(calls) < 4_000  # those of the run alone: of a map there are 16,384 and more


def test_a_file_has_the_map_of_starts_that_the_screen_has_not_computed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(computed_map, "_SIDE", 4)
    look = window.session.state.look
    window.session.set_look(look._replace(layer=Layer.ITERATIONS))
    order = replace(_order(window, What.LANDSCAPE), has_outlines=False)
    path = tmp_path / "starts.svg"
    _write(qtbot, window, order, path)
    words = path.read_text()
    assert "not computed yet" not in words
    assert re.search(r"[\d,]+ iterations", words)


@pytest.mark.parametrize("suffix", [".png", ".pdf", ".pptx", ".gif"])
def test_computing_a_map_of_starts_for_a_file_can_be_cancelled_and_leaves_no_file(
    qapp: QApplication, tmp_path: Path, suffix: str
) -> None:
    each = PictureOrder(
        What.LANDSCAPE, Look(layer=Layer.ENDS), QSizeF(640, 360), 1.0, has_outlines=False
    )
    order = SlidesOrder(each, "1:1-3") if suffix in (".pptx", ".gif") else each
    run = Run(Setup())
    moment = moment_at(run, Position(1, 1))

    def make(given: PictureOrder, of: Moment) -> Picture:
        return picture_of(given, of, window_font, lambda: pytest.fail("no plot"))

    def cancel(_done: int, total: int) -> None:
        if total == 128 * 128:  # starts
            raise Cancelled

    window_font = qapp.font()
    with pytest.raises(Cancelled):
        carry_out(order, Subject(run, moment, make), tmp_path / f"p{suffix}", cancel)
    assert list(tmp_path.iterdir()) == []
