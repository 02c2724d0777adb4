"""The fifteen pips."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.numbers import COMMA, Numerals
from backprop_gui.lesson.steps import Phase
from backprop_gui.views.timeline import Timeline


def _moment(step: int, setup: Setup | None = None) -> Moment:
    run = Run(setup or Setup())
    if setup:
        run.advance(10**6)
    return moment_at(run, Position(run.iteration, step))


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    made = Timeline(_moment(9))
    qtbot.addWidget(made)
    made.show()
    return made


def _pips(timeline: Timeline) -> list[QPushButton]:
    return sorted(timeline.findChildren(QPushButton), key=lambda pip: int(pip.text()))


def _texts(timeline: Timeline) -> list[str]:
    return [label.text() for label in timeline.findChildren(QLabel) if label.text()]


def test_there_is_a_named_pip_for_each_step(timeline: Timeline) -> None:
    pips = _pips(timeline)
    assert [int(pip.text()) for pip in pips] == list(range(1, 16))
    for pip, step in zip(pips, ARTICLE.steps, strict=True):
        assert step.quantity.title in pip.toolTip()
        assert step.quantity.title in pip.accessibleName()
    assert _texts(timeline) == ["Forward", "Backward", "Update"]


@pytest.mark.parametrize("step", [1, 5, 9, 15])
def test_the_current_step_is_marked_and_those_before_it_are_done(
    timeline: Timeline, step: int
) -> None:
    timeline.show_moment(_moment(step))
    states = [pip.property("state") for pip in _pips(timeline)]
    assert states == ["done"] * (step - 1) + ["now"] + ["ahead"] * (15 - step)


def test_a_click_chooses_the_step(qtbot: QtBot, timeline: Timeline) -> None:
    for step in (1, 9, 15):
        with qtbot.waitSignal(timeline.step_chosen) as chosen:
            qtbot.mouseClick(_pips(timeline)[step - 1], Qt.MouseButton.LeftButton)
        assert chosen.args == [step]


def test_the_enter_key_chooses_the_step_that_has_the_focus(
    qtbot: QtBot, timeline: Timeline
) -> None:
    with qtbot.waitSignal(timeline.step_chosen) as chosen:
        qtbot.keyClick(_pips(timeline)[6], Qt.Key.Key_Return)
    assert chosen.args == [7]


@pytest.mark.parametrize(
    ("setup", "last", "reason"),
    [
        (Setup(max_iterations=900), 5, "E is below the tolerance"),
        (Setup(max_iterations=3), 5, "The maximum of 3 iterations is reached"),
        (Setup(target=1e150, eta=1e300), 14, "w₁ ← is no longer finite"),
    ],
)
def test_where_the_run_stops_the_steps_beyond_are_absent_and_it_says_why(
    timeline: Timeline, setup: Setup, last: int, reason: str
) -> None:
    timeline.show_moment(_moment(15, setup))
    assert [pip.isEnabled() for pip in _pips(timeline)] == [n <= last for n in range(1, 16)]
    assert any(reason in text for text in _texts(timeline))
    timeline.show_moment(_moment(9))
    assert all(pip.isEnabled() for pip in _pips(timeline))
    assert _texts(timeline) == ["Forward", "Backward", "Update"]


def test_the_sentence_on_the_end_has_the_decimal_sign_and_no_phase(timeline: Timeline) -> None:
    timeline.show_moment(_moment(15, Setup(tolerance=0.0125)))
    for numerals, written in ((Numerals(), "0.0125"), (Numerals(decimal_sign=COMMA), "0,0125")):
        timeline.show_numerals(numerals)
        (caption,) = [c for c in timeline.findChildren(QLabel) if written in c.text()]
        assert caption.property("phase") not in [phase.value for phase in Phase]
    timeline.show_moment(_moment(9))
    phases = [c.property("phase") for c in timeline.findChildren(QLabel) if c.text()]
    assert phases == [phase.value for phase in Phase]


def test_a_lit_quantity_lights_its_pip_alone(timeline: Timeline) -> None:
    timeline.show_lit("de_dw2")
    assert [pip.text() for pip in _pips(timeline) if pip.property("isLit")] == ["9"]
    timeline.show_lit(None)
    assert not [pip for pip in _pips(timeline) if pip.property("isLit")]


def test_pips_say_aloud_where_they_stand(timeline: Timeline) -> None:
    told = [
        QAccessible.queryAccessibleInterface(pip).text(QAccessible.Text.Description)
        for pip in _pips(timeline)
    ]
    assert told == ["done"] * 8 + ["current"] + ["ahead"] * 6
