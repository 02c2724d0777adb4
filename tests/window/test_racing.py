"""A mistake that is raced: chosen in a dialog, and drawn in plot and landscape."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.core.kept_run import MOST_KEPT
from backprop_gui.core.network import Setup
from backprop_gui.dialogs.race_dialog import RaceDialog
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.mistaken import Mistaken, mistaken_in
from backprop_gui.paint.theme import LIGHT
from backprop_gui.state.session import Session
from backprop_gui.widgets.landscape_map import LandscapeMap
from backprop_gui.window.main_window import MainWindow
from backprop_gui.window.racing import ask_for_race

SIGN_LOST = Mistaken("de_dw1", "sign_lost")


@pytest.fixture
def session(qtbot: QtBot):
    parent = QObject()
    made = Session(parent=parent)
    yield made
    made.end()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def _asked(
    parent: QWidget,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    answer: Callable[[RaceDialog], object],
) -> list[str]:
    """Answer the dialog, and return what is said."""
    said: list[str] = []
    monkeypatch.setattr(RaceDialog, "exec", answer)
    ask_for_race(session, parent, LIGHT, said.append)
    return said


def test_the_mistake_that_is_chosen_is_raced(
    parent: QWidget, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(dialog: RaceDialog) -> None:
        dialog.line_choice.choose("new_w1")
        dialog.mistake_choice.choose("new_w1.plus_for_minus")
        dialog.go.click()

    said = _asked(parent, session, monkeypatch, answer)
    assert said == ["Racing “new w₁: plus in place of minus”: see the curves, and the list of runs"]
    wanted = Setup(method=Mistaken("new_w1", "plus_for_minus"))
    assert wanted in [each.setup for each in session.state.kept]


def test_each_line_offers_just_its_own_mistakes_told_apart(parent: QWidget) -> None:
    dialog = RaceDialog(parent, LIGHT)
    for name in ARTICLE.step_of:
        dialog.line_choice.choose(name)
        choices = dialog.mistake_choice
        offered = [choices.itemData(place) for place in range(choices.count())]
        assert offered == [each.code for each in mistaken_in(name)]
        texts = [choices.itemText(place) for place in range(choices.count())]
        assert len(set(texts)) == len(texts)
        for code in offered:
            choices.choose(code)
            assert dialog.answer().code == code
            assert dialog.problem == ""


def test_where_there_is_no_room_for_a_mistake_a_sentence_says_so(
    parent: QWidget, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.add_runs(Setup(w1=n / 8, max_iterations=3) for n in range(1, MOST_KEPT + 1))
    said = _asked(parent, session, monkeypatch, lambda _dialog: pytest.fail("it asks in vain"))
    assert said == ["24 runs are kept. Remove one to make room for a mistake."]


def test_a_mistake_is_drawn_in_the_landscape_as_soon_as_it_is_computed(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.arrangement.enlarge(window.views.landscape)
    window.session.race(SIGN_LOST)
    qtbot.waitUntil(lambda: not window.session.state.missing)
    (shown,) = window.views.landscape.findChildren(LandscapeMap)
    paths = {path.name: path for path in shown._paths()}
    assert paths[SIGN_LOST.title].upto == 913


def test_a_run_with_a_mistake_does_not_become_the_present_one(window: MainWindow) -> None:
    window.session.race(SIGN_LOST)
    window.views.runs.present_requested.emit(window.session.state.kept[-1].id)
    assert window.session.setup == Setup()
    assert window.messages.note.accessibleName().startswith("This run has a mistake")
