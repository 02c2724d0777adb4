"""The dialogs from which orders follow."""

import itertools

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.dialogs.export.data_dialog import DataDialog
from backprop_gui.dialogs.export.handout_dialog import ExampleDialog
from backprop_gui.dialogs.export.picture_dialog import PictureDialog
from backprop_gui.dialogs.export.slides_dialog import SlidesDialog
from backprop_gui.dialogs.form import Form
from backprop_gui.export import contents, formats
from backprop_gui.export.contents import What
from backprop_gui.export.orders import (
    ComparisonOrder,
    DataOrder,
    ExampleOrder,
    PictureOrder,
    SlidesOrder,
    is_wide,
)
from backprop_gui.export.paper import Paper, PaperSheet
from backprop_gui.export.picture import moment_picture
from backprop_gui.lesson import positions
from backprop_gui.lesson.dialect import Dialect
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.rounded import Rounded
from backprop_gui.paint.theme import DARK, LIGHT, interface_font

MOMENT = moment_at(Run(Setup()), Position(1, 9))
SIZES = dict.fromkeys(contents.PICTURES, QSizeF(960, 600))


def _picture(order: PictureOrder):
    what = What.NETWORK if order.what in (What.ERROR, What.WINDOW) else order.what
    return moment_picture(what, MOMENT, order.size, order.look, interface_font())


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def _shown(qtbot: QtBot, dialog: Form) -> Form:
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


@pytest.fixture
def picture(qtbot: QtBot, parent: QWidget) -> PictureDialog:
    return _shown(qtbot, PictureDialog(_picture, SIZES, FILES, parent))


@pytest.fixture
def slides(qtbot: QtBot, parent: QWidget) -> SlidesDialog:
    return _shown(qtbot, SlidesDialog(MOMENT, FILES, parent))


def _problem(dialog: Form) -> str:
    return dialog._problem.text() if dialog._problem.isVisible() else ""


def _press_export(dialog: Form) -> None:
    buttons = dialog.findChild(QDialogButtonBox)
    button = next(b for b in buttons.buttons() if b.text().startswith("Export"))
    button.click()


@pytest.mark.parametrize(
    ("choice", "pixels"),
    [("1", (960, 600)), ("4", (3840, 2400)), ("slide0", (1920, 1080)), ("slide3", (2880, 2160))],
)
def test_a_size_is_that_many_pixels(picture: PictureDialog, choice: str, pixels) -> None:
    picture.size_choice.choose(choice)
    order = picture.order()
    made = order.pixels or (order.size * order.scale).toSize()
    assert (made.width(), made.height()) == pixels
    assert picture._sides.text() == f"{pixels[0]} × {pixels[1]}"


def test_a_width_is_met_and_the_shape_is_the_screen_s(picture: PictureDialog) -> None:
    picture.size_choice.choose("width")
    picture.width_text.setText("1 600")
    assert (picture.order().pixels.width(), picture.order().pixels.height()) == (1600, 1000)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "a number is missing"), ("0", "must be from 16"), ("100000", "not 100,000"),
     ("wide", "“wide” is not a number"), ("19999", "more than 80 million")],
)  # fmt: skip
def test_a_wrong_width_is_told_where_it_stands_and_nothing_is_ordered(
    qtbot: QtBot, picture: PictureDialog, text: str, said: str
) -> None:
    picture.size_choice.choose("width")
    picture.width_text.setText(text)
    assert said in _problem(picture)
    with qtbot.assertNotEmitted(picture.order_made):
        _press_export(picture)
    assert picture.isVisible()
    picture.width_text.setText("1600")
    assert _problem(picture) == ""


def test_the_preview_follows_every_choice(picture: PictureDialog) -> None:
    seen = [picture._preview.pixmap().toImage()]
    for choose in (
        lambda: picture.background.choose("dark"),
        lambda: picture.what.choose("values"),
        lambda: picture.texts.choose("large"),
        lambda: picture.what.choose("network"),
        lambda: picture.title.setText("Lecture"),
        lambda: picture.caption.setChecked(True),
        lambda: picture.background.choose("clear light"),
    ):
        choose()
        now = picture._preview.pixmap().toImage()
        seen.append(now)
    different = [one != other for one, other in itertools.pairwise(seen)]
    assert different == [True, True, False, True, True, True, True]


def test_the_preview_leaves_the_dialog_on_the_screen(picture: PictureDialog) -> None:
    assert picture.width() <= picture.screen().availableSize().width()
    assert picture._preview.width() >= 240
    for box in picture.findChildren(QComboBox):
        assert not box.isVisible() or box.height() >= box.sizeHint().height()
    shown = picture._preview.pixmap().deviceIndependentSize()
    assert shown.width() <= picture._preview.width()
    assert shown.height() <= picture._preview.height()


def test_a_label_says_what_its_row_is_for(slides: SlidesDialog) -> None:
    for box in (slides.kinds, slides.range_choice, slides.title):
        assert slides.form.labelForField(box).whatsThis() == box.whatsThis() != ""


def test_a_look_is_what_was_chosen(picture: PictureDialog) -> None:
    assert picture.order().look.theme is LIGHT
    picture.background.choose("clear dark")
    picture.texts.choose("large")
    picture.title.setText("a < b")
    look = picture.order().look
    assert (look.theme, look.is_transparent, look.is_large) == (DARK, True, True)
    assert (look.title, look.digits) == ("a < b", 4)


def test_letters_begin_as_suits_the_format_and_are_asked_for_vectors_alone(
    picture: PictureDialog,
) -> None:
    assert not picture.letters.isVisible()
    picture.kinds.choose(".svg")
    assert picture.letters.isVisible()
    assert picture.order().has_outlines
    picture.kinds.choose(".pdf")
    assert not picture.order().has_outlines


def test_export_gives_the_order_with_its_format(qtbot: QtBot, picture: PictureDialog) -> None:
    picture.kinds.choose(".pdf")
    expected = picture.order()
    with qtbot.waitSignal(picture.order_made) as made:
        _press_export(picture)
    assert made.args == [expected, formats.PDF]


@pytest.mark.parametrize(("place", "text"), [(0, "1:1-15"), (1, "1:9"), (2, "1,2,10,100,last")])
def test_a_range_is_written_as_a_list(slides: SlidesDialog, place: int, text: str) -> None:
    slides.range_choice.setCurrentIndex(place)
    assert slides.order().positions == text


def test_a_list_that_nobody_wrote_is_an_offer_and_a_written_one_is_not(
    slides: SlidesDialog,
) -> None:
    for place in range(3):
        slides.range_choice.setCurrentIndex(place)
        assert slides.order().is_offer
    slides.positions_text.setText("1,2,10,100")
    assert not slides.order().is_offer


@pytest.mark.parametrize("text", ["1 10", "1：1–3；２", "1 - 5"])
def test_a_list_is_read_in_the_dialog_as_on_the_command_line(
    slides: SlidesDialog, text: str
) -> None:
    slides.positions_text.setText(text)
    assert _problem(slides) == ""
    assert positions.parse(slides.order().positions) == positions.parse(text)
    slides.positions_text.setText(f"{text} 1,000")
    assert "List: “1,000” can be read in two ways" in _problem(slides)


def test_another_moment_is_another_range(slides: SlidesDialog) -> None:
    run = Run(Setup())
    run.advance(6)
    slides.prepare(moment_at(run, Position(7, 3)), FILES)
    assert slides.order().positions == "7:1-15"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("positions_text", "x", "List: “x” is not a position"),
        ("positions_text", "", "List: positions are missing"),
        ("seconds", "0", "Seconds for each: must be from 0.02 to 600"),
        ("seconds", "soon", "Seconds for each: “soon” is not a number"),
        ("loops", "-1", "Number of plays: must be from 0 to 65,535, not −1"),
    ],
)
def test_a_mistake_in_slides_names_its_field(
    slides: SlidesDialog, field: str, text: str, said: str
) -> None:
    slides.kinds.choose(".gif")
    getattr(slides, field).setText(text)
    assert said in _problem(slides)


def test_only_what_matters_for_the_format_is_asked(slides: SlidesDialog) -> None:
    asked = {
        ".pptx": {"what": True, "per_page": False, "seconds": False, "loops": False},
        ".pdf": {"what": True, "per_page": True, "seconds": False, "loops": False},
        ".gif": {"what": True, "per_page": False, "seconds": True, "loops": True},
        ".mp4": {"what": True, "per_page": False, "seconds": True, "loops": False},
        ".png": {"what": True, "per_page": False, "seconds": False, "loops": False},
    }
    for suffix, expected in asked.items():
        slides.kinds.choose(suffix)
        shown = {name: getattr(slides, name).isVisible() for name in expected}
        assert shown == expected, suffix


def test_large_texts_are_offered_where_there_are_some(
    picture: PictureDialog, slides: SlidesDialog
) -> None:
    for dialog in (picture, slides):
        dialog.kinds.choose(".png")
        dialog.what.choose("network")
        assert dialog.texts.isVisible()
        dialog.what.choose("values")
        assert not dialog.texts.isVisible()


def test_one_position_alone_is_not_asked_how_it_moves(slides: SlidesDialog) -> None:
    slides.kinds.choose(".gif")
    slides.seconds.setText("0")
    assert "Seconds for each" in _problem(slides)
    slides.positions_text.setText("1:9")
    assert not slides.seconds.isVisible()
    assert not slides.loops.isVisible()
    assert _problem(slides) == ""
    slides.kinds.choose(".mp4")
    assert slides.seconds.isVisible()


def test_sizes_of_a_vector_are_its_shapes(picture: PictureDialog) -> None:
    def texts() -> list[str]:
        return [picture.size_choice.itemText(n) for n in range(picture.size_choice.count())]

    pixels = texts()
    picture.size_choice.choose("slide1")
    picture.kinds.choose(".svg")
    assert texts() == ["As on the screen", "Slide 16:9", "Slide 4:3"]
    assert picture.size_choice.chosen == "slide1", "what was chosen stays chosen"
    sizes = [picture.order().size]
    for _other in range(2):
        picture.size_choice.setCurrentIndex((picture.size_choice.currentIndex() + 1) % 3)
        sizes.append(picture.order().size)
    assert len({size.width() / size.height() for size in sizes}) == 3
    picture.kinds.choose(".png")
    assert texts() == pixels


@pytest.mark.parametrize("name", ["picture", "slides"])
def test_every_option_that_is_asked_changes_the_order(
    request: pytest.FixtureRequest, name: str
) -> None:
    dialog = request.getfixturevalue(name)
    rows = set(dialog.options.values())
    for kind in range(dialog.kinds.count()):
        dialog.kinds.setCurrentIndex(kind)
        for box in (row for row in rows if isinstance(row, QComboBox) and row.isVisible()):
            before = dialog.order()
            box.setCurrentIndex((box.currentIndex() + 1) % box.count())
            assert dialog.order() != before, (dialog.kind.suffix, box.accessibleName())


def test_a_format_that_lacks_its_library_says_so_and_cannot_be_exported(
    monkeypatch: pytest.MonkeyPatch, slides: SlidesDialog
) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda _name: None)
    slides.kinds.choose(".gif")
    assert "-m pip install Pillow" in _problem(slides)
    assert not slides._go.isEnabled()
    slides.kinds.choose(".pdf")
    assert _problem(slides) == ""
    assert slides._go.isEnabled()


def test_a_video_without_ffmpeg_says_so(
    monkeypatch: pytest.MonkeyPatch, slides: SlidesDialog
) -> None:
    monkeypatch.setenv("PATH", "")
    slides.kinds.choose(".mp4")
    assert "the program ffmpeg: install it" in _problem(slides)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,2", "one iteration only"),
        ("1:3", "one iteration only"),
        ("1：3", "one iteration only"),
        ("1 3", "one iteration only"),
        ("1–3", "one iteration only"),
        ("1,000", "Iteration: “1,000” can be read in two ways"),
        ("x", "Iteration: “x”"),
    ],
)
def test_an_example_is_of_one_iteration(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, parent: QWidget, text: str, said: str
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    dialog = _shown(qtbot, ExampleDialog(MOMENT, parent))
    sheet = PaperSheet(Paper.LETTER, False)
    assert dialog.order() == ExampleOrder("1", 5, sheet=sheet)
    dialog.iteration.setText(text)
    assert said in _problem(dialog)
    dialog.iteration.setText("last")
    dialog.completeness.choose("blanked")
    assert dialog.order() == ExampleOrder("last", 5, True, sheet=sheet)
    dialog.yours.choose("yours")
    assert dialog.order() == ExampleOrder("last", 5, True, sheet=sheet, has_yours=True)
    dialog.rounding.choose("s-cut")
    assert dialog.order().method == Rounded(5, is_cut=True)
    dialog.digits.setText("9")
    assert "Significant digits: must be from 1 to 8, not 9" in _problem(dialog)


def test_a_handout_is_asked_for_its_paper_and_a_slide_for_its_shape(slides: SlidesDialog) -> None:
    slides.kinds.choose(".pdf")
    of_paper = [*(slides.options[name] for name in ("lines", "paper", "orientation"))]
    of_slide = [slides.shape, slides.texts]
    for count, is_handout in ((1, False), (4, True), (1, False)):
        slides.per_page.choose(str(count))
        assert {widget.isVisible() for widget in of_paper} == {is_handout}
        assert {widget.isVisible() for widget in of_slide} == {not is_handout}
    slides.per_page.choose("4")
    slides.lines.choose("lines")
    slides.options["paper"].choose("letter")
    slides.options["orientation"].choose("landscape")
    order = slides.order()
    assert (order.sheet, order.has_lines) == (PaperSheet(Paper.LETTER, True), True)
    slides.kinds.choose(".pptx")
    assert slides.order().per_page == 1
    assert not slides.order().has_lines


@pytest.mark.parametrize(
    ("per_page", "orientation", "lines", "held"),
    [
        ("6", "", "", None),
        ("4", "portrait", "lines", None),
        ("6", "portrait", "", 4),
        ("6", "landscape", "lines", 4),
    ],
)
def test_where_the_paper_holds_fewer_slides_that_is_said_beside_the_choice(
    slides: SlidesDialog, per_page: str, orientation: str, lines: str, held: int | None
) -> None:
    slides.kinds.choose(".pdf")
    slides.per_page.choose(per_page)
    slides.options["orientation"].choose(orientation)
    slides.lines.choose(lines)
    assert slides.held.isVisible() == bool(held)
    assert not held or f"holds {held}" in slides.held.text()
    slides.kinds.choose(".pptx")
    assert not slides.held.isVisible()


def test_data_of_a_long_run_are_thinned_to_what_a_sheet_takes(
    qtbot: QtBot, parent: QWidget
) -> None:
    dialog = _shown(qtbot, DataDialog(813, parent))
    assert dialog.order() == DataOrder(1, 813)
    dialog.prepare(10_000_000)
    assert dialog.order() == DataOrder(1000, 10_000_000)
    dialog.stride.setText("0")
    assert "must be from 1" in _problem(dialog)


def test_a_table_is_offered_as_the_person_s_spreadsheet_reads_it(
    qtbot: QtBot, parent: QWidget
) -> None:
    dialog = _shown(qtbot, DataDialog(813, parent))
    assert dialog.order().dialect == Dialect(",", ".")
    assert dialog.cells.isVisible()
    dialog.kinds.choose(".xlsx")  # which has numbers, whatever the decimal sign
    assert not dialog.cells.isVisible()
    dialog.kinds.choose(".csv")
    with_comma = Numerals(decimal_sign=",")
    dialog.prepare(813, with_comma)
    assert dialog.order().dialect == Dialect(";", ",")
    dialog.cells.choose("tabs")
    dialog.prepare(813, with_comma)
    assert dialog.order().dialect == Dialect("\t", "."), "what was chosen stays chosen"
    dialog.kinds.choose(".json")
    assert not dialog.cells.isVisible()
    assert dialog.order() == DataOrder(1, 813)


def test_each_choice_of_cells_is_a_table_that_can_be_read(parent: QWidget) -> None:
    dialog = DataDialog(813, parent)
    chosen = set()
    for place in range(dialog.cells.count()):
        dialog.cells.setCurrentIndex(place)
        chosen.add(dialog.order().dialect)
    assert chosen == {Dialect(a, b) for a in ",;\t" for b in ".," if a != b}


@pytest.mark.parametrize("name", ["picture", "slides"])
def test_tab_goes_through_the_rows_from_above_and_then_to_the_buttons(
    qtbot: QtBot, request: pytest.FixtureRequest, name: str
) -> None:
    dialog = request.getfixturevalue(name)
    dialog.activateWindow()
    seen = [dialog.kinds]
    while len(seen) < 40:
        following = seen[-1].nextInFocusChain()
        while not (
            following.isVisible()
            and following.isEnabled()
            and following.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            following = following.nextInFocusChain()
        if following is seen[0]:
            break
        seen.append(following)
    heights = [widget.mapTo(dialog, widget.rect().center()).y() for widget in seen]
    assert len(seen) > 6
    assert heights == sorted(heights)
    assert isinstance(seen[-1], QPushButton)


def test_a_form_is_as_large_as_its_rows_before_it_is_placed(qtbot: QtBot, parent: QWidget) -> None:
    dialog = SlidesDialog(MOMENT, FILES, parent)
    sizes = []
    dialog.setVisible(True)
    sizes.append(dialog.size())
    qtbot.waitExposed(dialog)
    sizes.append(dialog.size())
    assert sizes[0] == sizes[1]


def test_runs_are_compared_where_some_are_kept(slides: SlidesDialog) -> None:
    def offered() -> set[str]:
        return {slides.what.itemData(n) for n in range(slides.what.count())}

    slides.kinds.choose(".pptx")
    assert "compare" not in offered()
    slides.prepare(MOMENT, FILES, has_runs=True)
    slides.changed.emit()
    assert "compare" in offered()
    slides.what.choose("compare")
    assert not slides.positions_text.isVisible()
    assert not slides.texts.isVisible()
    slides.shape.choose("narrow")
    slides.title.setText("Mine")
    order = slides.order()
    assert isinstance(order, ComparisonOrder)
    assert (order.look.title, is_wide(order.size)) == ("Mine", False)
    slides.kinds.choose(".gif")
    assert "compare" not in offered()
    assert slides.positions_text.isVisible()
    assert isinstance(slides.order(), SlidesOrder)


def test_runs_are_compared_on_pages_too_whatever_was_chosen_for_a_handout(
    slides: SlidesDialog,
) -> None:
    slides.prepare(MOMENT, FILES, has_runs=True)
    slides.kinds.choose(formats.PDF.suffix)
    slides.per_page.choose("4")
    slides.what.choose(What.COMPARE.word)
    assert not slides.per_page.isVisibleTo(slides)
    assert slides.shape.isVisibleTo(slides)
    assert not slides.held.isVisibleTo(slides)
    order = slides.order()
    assert isinstance(order, ComparisonOrder)
    assert is_wide(order.size)
