"""Where the cards stand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPushButton,
    QSplitter,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backprop_gui.widgets.arrangement import Arrangement
from backprop_gui.widgets.card import Card, Page
from backprop_gui.widgets.tab import Tab

NARROW = {"network", "transport", "setup", "now", "step"}
NAMES = ("network", "transport", "plot", "step", "values", "program", "setup", "now")


@pytest.fixture
def pages() -> dict[str, Page]:
    return {name: Page(name, QLabel(name)) for name in NAMES}


@pytest.fixture
def arrangement(qtbot: QtBot, pages: dict[str, Page]) -> Arrangement:
    made = Arrangement(pages["network"], pages["transport"], pages["plot"])
    made.add_to_sidebar(pages["setup"], pages["now"])
    qtbot.addWidget(made)
    made.resize(1400, 800)
    made.show()
    made.add_pages(pages["step"], pages["values"], pages["program"])
    return made


def _seen(pages: dict[str, Page]) -> set[str]:
    return {name for name, page in pages.items() if page.content.isVisible()}


def test_a_wide_window_shows_the_step_the_plot_and_the_details_beside_each_other(
    arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    assert _seen(pages) == set(NAMES) - {"program"}  # a tab behind the values


def _settle() -> None:
    """Let the layouts come to rest: each tells the one around it by an event."""
    for _each in range(4):
        QApplication.processEvents()


def _place(part: QWidget, whole: QWidget) -> tuple[int, int, int, int]:
    corner = part.mapTo(whole, part.rect().topLeft())
    return corner.x(), corner.y(), part.width(), part.height()


def _tabs(arrangement: Arrangement) -> dict[str, QPushButton]:
    return {b.text(): b for b in arrangement.findChildren(QPushButton, "tab") if b.isVisible()}


def test_in_a_narrow_window_the_plot_stands_at_the_side_and_the_details_are_tabs(
    qtbot: QtBot, arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    arrangement.resize(1000, 700)
    assert _seen(pages) == NARROW | {"plot"}
    names = ["step", "values", "program"]
    qtbot.waitUntil(lambda: list(_tabs(arrangement)) == names)
    curve = pages["plot"].content
    qtbot.waitUntil(lambda: curve.height() >= 120)
    assert curve.width() >= 220


def test_in_a_narrow_and_low_window_the_plot_is_a_tab_too(
    qtbot: QtBot, arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    arrangement.resize(1000, 600)
    assert _seen(pages) == NARROW
    names = ["step", "plot", "values", "program"]
    qtbot.waitUntil(lambda: list(_tabs(arrangement)) == names)
    tabs = _tabs(arrangement)
    tabs["program"].click()
    assert "program" in _seen(pages)
    assert "step" not in _seen(pages)
    arrangement.resize(1400, 800)
    assert _seen(pages) >= set(NAMES) - {"program", "values"}


def test_in_a_slim_window_what_stands_at_the_side_is_tabs_too(
    qtbot: QtBot, arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    arrangement.resize(800, 700)
    names = ["step", "plot", "values", "program", "setup", "now"]
    qtbot.waitUntil(lambda: list(_tabs(arrangement)) == names)
    assert _seen(pages) == {"network", "transport", "step"}
    arrangement.reveal(pages["setup"].content)
    assert _seen(pages) == {"network", "transport", "setup"}
    arrangement.resize(1000, 600)
    assert _seen(pages) == NARROW
    arrangement.resize(1400, 800)
    assert _seen(pages) == set(NAMES) - {"program"}


def test_larger_text_needs_a_larger_window_for_each_column(
    qtbot: QtBot, arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    arrangement.resize(1000, 600)
    arrangement.set_text_scale(1.5)
    assert _seen(pages) == {"network", "transport", "step"}
    arrangement.set_text_scale(1.0)
    assert _seen(pages) == NARROW


def test_what_is_revealed_comes_out_from_behind_a_card_alone(
    arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    arrangement.enlarge(pages["values"].content)
    arrangement.reveal(pages["plot"].content)
    assert not arrangement.is_one_alone
    assert pages["plot"].content.isVisible()


@pytest.mark.parametrize("name", ["network", "plot", "values", "step", "setup"])
def test_a_card_is_enlarged_to_the_whole_and_back(
    qtbot: QtBot, arrangement: Arrangement, pages: dict[str, Page], name: str
) -> None:
    before = _seen(pages)
    content = pages[name].content
    width = content.width()
    arrangement.enlarge(content)
    assert _seen(pages) == {name}
    qtbot.waitUntil(lambda: content.width() >= 0.9 * arrangement.width() > width)
    arrangement.enlarge(content)
    assert _seen(pages) == before


def test_a_tab_that_is_behind_comes_to_the_front_when_enlarged(
    arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    arrangement.enlarge(pages["program"].content)
    assert _seen(pages) == {"program"}
    arrangement.enlarge(pages["values"].content)
    assert _seen(pages) == {"values"}
    arrangement.restore()
    assert "values" in _seen(pages)


def test_a_double_click_enlarges_and_restores(
    qtbot: QtBot, arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    before = _seen(pages)
    for seen in ({"plot"}, before):
        with qtbot.waitSignal(arrangement.enlarged_changed):
            qtbot.mouseDClick(pages["plot"].content, Qt.MouseButton.LeftButton)
        assert _seen(pages) == seen


def test_the_stage_is_the_network_and_the_step_without_headings(
    arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    before = _seen(pages)
    arrangement.set_stage()
    assert _seen(pages) == {"network", "step"}
    assert not [w for w in arrangement.findChildren(QLabel, "heading") if w.isVisible()]
    assert arrangement.is_one_alone
    arrangement.restore()
    assert _seen(pages) == before
    assert not arrangement.is_one_alone


def test_a_window_that_changes_its_width_meanwhile_is_arranged_when_restored(
    arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    arrangement.enlarge(pages["network"].content)
    arrangement.resize(1000, 700)
    assert _seen(pages) == {"network"}
    arrangement.restore()
    assert _seen(pages) == NARROW | {"plot"}


def test_the_tools_of_a_page_are_seen_with_it_alone(qtbot: QtBot) -> None:
    tools = QPushButton("tool")
    card = Card(Page("one", QWidget(), tools), Page("two", QWidget()))
    qtbot.addWidget(card)
    card.show()
    assert tools.isVisible()
    card.show_page(1)
    assert not tools.isVisible()


def test_what_was_enlarged_is_brought_back_where_the_window_got_wide_meanwhile(
    arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    arrangement.resize(1000, 700)
    arrangement.enlarge(pages["values"].content)
    arrangement.resize(1500, 800)
    arrangement.enlarge(pages["values"].content)
    assert not arrangement.is_one_alone
    assert _seen(pages) == set(NAMES) - {"program"}


def test_the_stage_is_shared_out_for_the_size_that_the_window_gets(
    qtbot: QtBot, arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    arrangement.resize(660, 700)
    arrangement.set_stage()
    arrangement.resize(1024, 768)
    cards = [pages[name].content.parentWidget().parentWidget() for name in ("network", "step")]
    network, step = (card.height() for card in cards)
    assert network == pytest.approx(0.68 * (network + step), rel=0.05)


def _alone(arrangement: Arrangement, pages: dict[str, Page]) -> set[str]:
    return _seen(pages) if arrangement.is_one_alone else set()


@pytest.mark.parametrize("width", [1400, 1000])
def test_each_level_leads_back_to_the_one_before_with_the_tab_that_was_open(
    arrangement: Arrangement, pages: dict[str, Page], width: int
) -> None:
    arrangement.resize(width, 800)
    arrangement.reveal(pages["values"].content)
    before = _seen(pages)
    arrangement.enlarge(pages["program"].content)
    arrangement.set_stage()
    arrangement.enlarge(pages["values"].content)
    shown = []
    for _each in range(3):
        shown.append(_alone(arrangement, pages))
        arrangement.restore()
    assert shown == [{"values"}, {"network", "step"}, {"program"}]
    assert _seen(pages) == before
    arrangement.restore()  # there is nothing before that
    assert _seen(pages) == before


def test_the_stage_is_left_for_what_was_there_before_it(
    arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    arrangement.enlarge(pages["program"].content)
    arrangement.set_stage()
    arrangement.enlarge(pages["setup"].content)
    assert arrangement.has_stage
    arrangement.leave_stage()
    assert not arrangement.has_stage
    assert _alone(arrangement, pages) == {"program"}


def test_one_card_in_place_of_another_is_no_level(
    arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    before = _seen(pages)
    for name in ("program", "plot", "values", "program"):
        arrangement.enlarge(pages[name].content)
        assert _alone(arrangement, pages) == {name}
    arrangement.restore()
    assert _seen(pages) == before


def test_a_tab_that_a_person_chooses_in_a_card_alone_stays(
    arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    arrangement.resize(1000, 800)
    arrangement.enlarge(pages["values"].content)
    _tabs(arrangement)["program"].click()
    arrangement.restore()
    assert "program" in _seen(pages)


def test_the_controls_are_whole_in_a_window_that_is_too_low_for_the_cards(
    qtbot: QtBot, arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    for name in ("network", "step", "setup", "now"):
        pages[name].content.setMinimumHeight(300)
    controls = pages["transport"].content
    controls.setMinimumHeight(90)
    for width in (700, 1000, 1400):
        arrangement.resize(width, 320)
        qtbot.waitUntil(lambda: controls.visibleRegion().boundingRect() == controls.rect())
        assert controls.height() >= 90


def test_switching_tabs_moves_nothing(
    qtbot: QtBot, arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    for name, height in (("step", 60), ("values", 160), ("program", 20)):
        pages[name].content.setMinimumHeight(height)
    for size in ((700, 600), (1000, 500), (1000, 720), (1400, 640)):
        arrangement.resize(*size)
        _settle()
        places = set()
        for name in ("values", "program"):
            _tabs(arrangement)[name].click()
            _settle()
            shown = [pages[each].content for each in (name, "network", "transport")]
            places.add(tuple(_place(each, arrangement) for each in shown))
        assert len(places) == 1, size


def test_a_sentence_below_a_box_takes_nothing_from_the_controls(
    arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    controls = pages["transport"].content
    arrangement.resize(1400, 640)
    _settle()
    before = _place(controls, arrangement)
    pages["setup"].content.setMinimumHeight(700)
    _settle()
    assert _place(controls, arrangement) == before
    assert controls.visibleRegion().boundingRect() == controls.rect()


def _dividers(arrangement: Arrangement) -> list[list[int]]:
    _settle()
    return [parts.sizes() for parts in arrangement.findChildren(QSplitter)]


def test_where_the_dividers_stand_hangs_on_the_window_s_size_alone(
    arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    pages["network"].content.setMinimumSize(560, 224)
    pages["step"].content.setMinimumHeight(90)
    before = _dividers(arrangement)
    for size in ((1000, 400), (700, 900), (1900, 1000)):
        arrangement.resize(*size)
        _settle()
    arrangement.resize(1400, 800)
    assert _dividers(arrangement) == before
    assert not [sizes for sizes in arrangement.layout_chosen.values() if len(sizes) > 1]


def test_a_divider_that_a_person_moved_comes_back_where_it_was(
    arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    _settle()
    cards = pages["network"].content.parentWidget().parentWidget()
    parts = cards.parentWidget()
    assert isinstance(parts, QSplitter)
    parts.moveSplitter(300, 1)
    before = _dividers(arrangement)
    assert arrangement.layout_chosen["upper"] == tuple(parts.sizes())
    for size in ((1000, 400), (1900, 1000), (1400, 800)):
        arrangement.resize(*size)
        _settle()
    arrangement.set_stage()
    _settle()
    arrangement.leave_stage()
    assert _dividers(arrangement) == before


def test_with_a_card_alone_no_button_gets_the_keys_and_then_the_network_has_them_again(
    qtbot: QtBot, arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    network, plot = pages["network"].content, pages["plot"].content
    network.setFocus()
    qtbot.waitUntil(network.hasFocus)
    for _again in range(2):
        arrangement.enlarge(plot)
        assert not isinstance(QApplication.focusWidget(), QAbstractButton)
    assert network.hasFocus()
    plot.setFocus()
    arrangement.enlarge(plot)
    assert plot.hasFocus()  # what stays in sight keeps them
    arrangement.restore()
    assert plot.hasFocus()


def test_in_a_lecture_a_card_alone_has_a_title_in_place_of_tabs(
    arrangement: Arrangement, pages: dict[str, Page]
) -> None:
    def headed() -> tuple[list[str], list[str]]:
        tabs = [each.text() for each in arrangement.findChildren(Tab) if each.isVisible()]
        titles = arrangement.findChildren(QLabel, "heading")
        return tabs, [each.text() for each in titles if each.isVisible()]

    arrangement.enlarge(pages["program"].content)
    assert headed()[0] == ["values", "program"]
    arrangement.restore()
    arrangement.set_stage()
    arrangement.enlarge(pages["program"].content)
    assert headed() == ([], ["program"])
    arrangement.leave_stage()
    assert "program" in headed()[0]
