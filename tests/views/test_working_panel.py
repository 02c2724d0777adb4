"""The card for a person's own numbers, and the column beside ours."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from backprop_gui.lesson.mistaken import Mistaken
from backprop_gui.lesson.own_working import Help
from backprop_gui.state.session import Session
from backprop_gui.views.values_table import ValuesTable
from backprop_gui.views.working_panel import WorkingPanel
from backprop_gui.widgets.own_formula import OwnFormula
from backprop_gui.widgets.working_field import WorkingField
from backprop_gui.widgets.working_rows import WorkingRow

SWAPPED = {"net_h": "0.05", "out_h": "0.5215"}
WRONG = {"net_h": "0.05", "out_h": "0.5125", "out_o": "0.5637", "dout_o_dnet_o": "0.3178"}


@pytest.fixture
def session(qtbot: QtBot):
    parent = QObject()
    made = Session(parent=parent)
    yield made
    made.end()


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> WorkingPanel:
    """A card bound to a session, as the window binds it."""
    made = WorkingPanel(session.moment)
    qtbot.addWidget(made)
    session.state_changed.connect(lambda state: made.show_working(state.working))
    session.state_changed.connect(lambda state: made.show_moment(state.moment))
    made.text_edited.connect(session.set_working_text)
    made.help_asked.connect(session.ask_help)
    made.test_chosen.connect(session.set_test_mode)
    made.handed_in.connect(session.finish_test)
    made.move_requested.connect(session.move_working)
    made.resize(420, 600)
    made.show()
    return made


def fields(panel) -> dict[str, WorkingField]:
    found = panel.findChildren(WorkingField)
    return dict(zip(("net_h", "out_h", "net_o", "out_o"), found, strict=False))


def texts(panel: WorkingPanel) -> list[str]:
    return [row.verdict.toolTip().partition(":")[0] for row in panel.findChildren(WorkingRow)]


def button(panel: WorkingPanel, text: str) -> QPushButton:
    (found,) = (b for b in panel.findChildren(QPushButton) if b.text() == text and b.isVisible())
    return found


def tool(panel: WorkingPanel, text: str) -> QPushButton:
    (found,) = (b for b in panel.tools.findChildren(QPushButton) if b.text() == text)
    return found


def test_enter_takes_a_number_and_goes_to_the_next_line(
    qtbot: QtBot, panel: WorkingPanel, session: Session
) -> None:
    first, second = list(fields(panel).values())[:2]
    first.setFocus()
    qtbot.keyClicks(first, "0,05")
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert session.state.working.texts == {"net_h": "0,05"}
    assert panel.focusWidget() is second


def test_escape_gives_back_what_was_there(
    qtbot: QtBot, panel: WorkingPanel, session: Session
) -> None:
    session.set_working_text("net_h", "0.05")
    first = fields(panel)["net_h"]
    first.setFocus()
    qtbot.keyClicks(first, "9")
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert first.text() == "0.05"
    assert session.state.working.texts == {"net_h": "0.05"}


def test_what_is_typed_is_known_before_it_is_taken_and_taken_by_commit(
    qtbot: QtBot, panel: WorkingPanel, session: Session
) -> None:
    first = fields(panel)["net_h"]
    qtbot.keyClicks(first, "0.5")
    assert panel.typed_texts == {"net_h": "0.5"}
    assert session.state.working.lines == ()
    panel.commit()
    assert (panel.typed_texts, session.state.working.texts) == ({}, {"net_h": "0.5"})


def test_the_arrow_keys_and_the_wheel_change_no_number(
    qtbot: QtBot, panel: WorkingPanel, session: Session
) -> None:
    session.set_working_text("net_h", "5")
    first, second = list(fields(panel).values())[:2]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert panel.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert panel.focusWidget() is first
    assert session.state.working.texts == {"net_h": "5"}


@pytest.mark.parametrize("text", ["1\n2\n3", "net_h = 0.05", "a\t1"])
def test_a_block_that_is_pasted_into_any_field_is_handed_on_whole(
    qtbot: QtBot, panel: WorkingPanel, session: Session, text: str
) -> None:
    session.set_working_text("out_h", "0.5")
    second = fields(panel)["out_h"]
    QGuiApplication.clipboard().setText(text)
    with qtbot.waitSignal(panel.pasted) as told:
        qtbot.keyClick(second, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [text, "out_h"]
    assert second.text() == "0.5"


def test_a_number_with_its_name_that_is_typed_is_handed_on(
    qtbot: QtBot, panel: WorkingPanel
) -> None:
    first = fields(panel)["net_h"]
    qtbot.keyClicks(first, "out_h=1")
    with qtbot.waitSignal(panel.pasted) as told:
        qtbot.keyClick(first, Qt.Key.Key_Return)
    assert told.args == ["out_h=1", "net_h"]


def test_the_first_wrong_line_is_named_and_each_line_has_its_verdict(
    panel: WorkingPanel, session: Session
) -> None:
    session.paste_working(WRONG)
    (headline,) = (each for each in panel.findChildren(QLabel) if "First wrong" in each.text())
    assert headline.text().startswith("✗")
    assert texts(panel)[6] == "first wrong line"
    assert texts(panel)[0] == "right"


def test_help_comes_in_three_steps_each_on_request(panel: WorkingPanel, session: Session) -> None:
    session.paste_working(WRONG)
    for offer, help in (
        ("Where do I look?", Help.WHERE),
        ("Ask me a question", Help.QUESTION),
        ("Show the line with my numbers", Help.LINE),
    ):
        assert not [f for f in panel.findChildren(OwnFormula) if f.isVisible()]
        button(panel, offer).click()
        assert session.state.working.help_with("dout_o_dnet_o") is help
    shown = [f.accessibleName() for f in panel.findChildren(OwnFormula) if f.isVisible()]
    assert any("0.5637" in name for name in shown)


def test_a_verdict_that_is_clicked_leads_to_its_step_and_lights_it(
    panel: WorkingPanel, session: Session
) -> None:
    session.paste_working(WRONG)
    row = panel.findChildren(WorkingRow)[6]
    told: list[object] = []
    panel.step_chosen.connect(told.append)
    panel.quantity_pointed.connect(told.append)
    row.verdict.click()
    assert told == [7, "dout_o_dnet_o"]


def test_a_test_says_nothing_until_it_is_handed_in(panel: WorkingPanel, session: Session) -> None:
    session.paste_working(WRONG)
    tool(panel, "Test").click()
    assert not any(row.verdict.isVisible() for row in panel.findChildren(WorkingRow))
    assert all(not field.accessibleDescription() for field in fields(panel).values())
    button(panel, "Hand in").click()
    assert texts(panel)[6] == "first wrong line"


def test_what_cannot_be_read_is_marked_and_holds_nothing_else_up(
    panel: WorkingPanel, session: Session
) -> None:
    session.paste_working({"net_h": "0.0.5", "out_o": "0.5637"})
    assert "0.0.5" in fields(panel)["net_h"].problem
    assert fields(panel)["net_h"].text() == "0.0.5"
    assert fields(panel)["out_o"].problem == ""


def test_elsewhere_it_says_whose_the_numbers_are_and_checks_them_here_on_request(
    panel: WorkingPanel, session: Session
) -> None:
    session.paste_working(WRONG)
    session.iteration_on()
    assert button(panel, "Go to iteration 1")
    button(panel, "Check it here").click()
    assert session.state.working.begins.iteration == 2
    assert not [b for b in panel.findChildren(QPushButton) if b.text() == "Check it here"
                and b.isVisible()]  # fmt: skip


def test_each_field_is_called_by_its_line_and_says_its_verdict(
    panel: WorkingPanel, session: Session
) -> None:
    session.paste_working(WRONG)
    first = fields(panel)["net_h"]
    assert (first.accessibleName(), first.accessibleDescription()) == ("Your net h", "right")


def test_the_column_beside_our_values_is_off_until_it_is_wanted(
    qtbot: QtBot, session: Session
) -> None:
    view = ValuesTable(session.moment)
    qtbot.addWidget(view)
    view.resize(420, 300)
    view.show()
    view.show_working(session.state.working)
    assert not view.findChildren(WorkingField)
    button(view, "Yours").click()
    session.paste_working(WRONG)
    view.show_working(session.state.working)
    assert [fields(view)[name].text() for name in ("net_h", "out_h")] == ["0.05", "0.5125"]
    button(view, "Yours").click()
    assert not any(field.isVisible() for field in view.findChildren(WorkingField))


def test_after_a_correction_the_next_wrong_line_is_the_one_that_is_spoken_of(
    panel: WorkingPanel, session: Session
) -> None:
    session.paste_working(WRONG | {"new_w1": "7"})
    button(panel, "Where do I look?").click()
    session.set_working_text("dout_o_dnet_o", "0.2459")
    (spoken,) = (each for each in panel.findChildren(QLabel) if "7 does not" in each.text())
    assert spoken.text().startswith("new w₁")


def told(panel: WorkingPanel, session: Session, texts: dict[str, str], name: str) -> list[str]:
    """Open all help with a line of a working, and return what can be raced then."""
    session.paste_working(texts)
    session.ask_help(name, Help.LINE)
    buttons = (b for b in panel.findChildren(QPushButton) if b.isVisible())
    return [b.text() for b in buttons if b.text().startswith("Race")]


def test_the_cause_of_a_wrong_line_is_raced_with_one_click(
    qtbot: QtBot, panel: WorkingPanel, session: Session
) -> None:
    assert told(panel, session, WRONG, "dout_o_dnet_o") == ["Race this mistake"]
    with qtbot.waitSignal(panel.race_requested) as asked:
        button(panel, "Race this mistake").click()
    assert asked.args == [Mistaken("dout_o_dnet_o", "slope_squared")]


def test_nothing_is_raced_before_the_cause_is_told(panel: WorkingPanel, session: Session) -> None:
    session.paste_working(WRONG)
    for help in (Help.WHERE, Help.QUESTION):
        session.ask_help("dout_o_dnet_o", help)
        assert not [b for b in panel.findChildren(QPushButton) if b.text().startswith("Race")]


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        ({"net_h": "0.05", "out_h": "0.5215"}, "out_h"),
        ({"net_h": "0.05", "out_h": "77.7"}, "out_h"),
    ],
    ids=["a slip of the fingers", "no cause"],
)
def test_what_no_formula_gives_cannot_be_raced(
    panel: WorkingPanel, session: Session, texts: dict[str, str], name: str
) -> None:
    assert told(panel, session, texts, name) == []
