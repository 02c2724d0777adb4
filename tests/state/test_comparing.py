"""What a person does with the runs that are kept."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from backprop_gui.core.kept_run import MOST_KEPT
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Stop
from backprop_gui.lesson.mistaken import Mistaken
from backprop_gui.lesson.numbers import COMMA, Numerals
from backprop_gui.state.session import Session

FORGOTTEN = Mistaken("dout_o_dnet_o", "slope_forgotten")


@pytest.fixture
def session(qtbot: QtBot):
    parent = QObject()
    made = Session(parent=parent)
    yield made
    made.end()


def _run_and_change(session: Session, setup: Setup) -> None:
    """Go on by an iteration and begin another run, as a person who changes a number does."""
    session.iteration_on()
    session.set_setup(setup)


def _etas(session: Session) -> list[float]:
    return [each.setup.eta for each in session.state.kept]


def _told(session: Session) -> list[str]:
    told: list[str] = []
    session.full_met.connect(lambda: told.append("full"))
    return told


ACTS: dict[str, Callable[[Session], None]] = {
    "keep": lambda s: s.keep_present(),
    "remove_run": lambda s: s.remove_kept(s.state.kept[0].id),
    "rename_run": lambda s: s.rename_kept(s.state.kept[0].id, "Mine"),
    "hide_run": lambda s: s.show_kept(s.state.kept[0].id, False),
    "make_present": lambda s: s.make_present(s.state.kept[0].id),
    "sweep": lambda s: s.add_runs([Setup(eta=n, max_iterations=9) for n in (2.0, 3.0)]),
    "race": lambda s: s.race(FORGOTTEN),
    "clear": lambda s: s.clear_kept(),
}


@pytest.mark.parametrize("command", ACTS)
def test_what_is_done_to_kept_runs_is_undone_and_redone(
    qtbot: QtBot, session: Session, command: str
) -> None:
    _run_and_change(session, Setup(eta=5.0))
    session.iteration_on()
    before = session.state
    ACTS[command](session)
    qtbot.waitUntil(lambda: not session.state.missing)
    after = session.state
    assert (after.kept, after.run) != (before.kept, before.run)
    assert after.undoable is not None
    assert after.undoable.command == command
    session.undo()
    assert (session.state.kept, session.state.run) == (before.kept, before.run)
    session.redo()
    assert (session.state.kept, session.state.run) == (after.kept, after.run)


def test_what_a_person_keeps_or_names_never_makes_room(session: Session) -> None:
    session.iteration_on()
    session.keep_present()
    _run_and_change(session, Setup(eta=5.0))
    _run_and_change(session, Setup(eta=6.0))
    session.rename_kept(session.state.kept[1].id, "Mine")
    for n in range(2 * MOST_KEPT):
        _run_and_change(session, Setup(eta=10.0 + n))
    assert len(session.state.kept) == MOST_KEPT
    assert _etas(session)[:3] == [0.9, 5.0, 10.0 + 2 * MOST_KEPT - 1 - (MOST_KEPT - 2)]


def test_where_all_are_a_person_s_own_nothing_is_lost_and_it_is_told(session: Session) -> None:
    told = _told(session)
    for n in range(MOST_KEPT):
        session.set_setup(Setup(eta=1.0 + n))
        session.iteration_on()
        session.keep_present()
    full = session.state.kept
    assert not told
    session.set_setup(Setup(w1=2.0))
    session.keep_present()
    session.iteration_on()
    session.set_setup(Setup(w1=3.0))
    session.add_runs([Setup(eta=777.0)])
    assert session.state.kept == full
    assert told == ["full"] * 3
    assert session.setup == Setup(w1=3.0), "the change of the number is refused"


def test_a_person_s_run_stays_as_long_as_it_was_known(session: Session) -> None:
    session.go_to_last()
    session.keep_present()
    session.reset()
    _run_and_change(session, Setup(eta=5.0))
    (kept,) = session.state.kept
    assert (kept.iterations, kept.stop) == (813, Stop.TOLERANCE)


def test_no_two_kept_runs_have_the_same_name_or_colour(session: Session) -> None:
    starts = [Setup(eta=1.0), Setup(eta=1.0, w1=2.0), Setup(w1=2.0), Setup(tolerance=0.125)]
    for setup in (*starts, *(Setup(eta=1 / 3 + n * 1e-15) for n in range(MOST_KEPT - 4))):
        session.set_setup(setup)
        session.keep_present()
    assert len({each.name for each in session.state.kept}) == MOST_KEPT
    assert len({each.colour for each in session.state.kept}) == MOST_KEPT


def test_a_run_is_named_by_what_tells_it_from_the_present_one(session: Session) -> None:
    session.write_names_in(Numerals(4, COMMA))
    _run_and_change(session, Setup(eta=5.0))
    _run_and_change(session, Setup(eta=5.0, w1=-3.0, w2=-1.5))
    _run_and_change(session, Setup(eta=5.0, tolerance=0.25))
    names = [each.name for each in session.state.kept]
    assert names == ["η = 0,9", "w₁ = 0,5, w₂ = 0,5", "w₁ = −3, w₂ = −1,5, E < 5·10⁻⁵"]


def test_a_name_without_letters_is_the_one_by_default(session: Session) -> None:
    _run_and_change(session, Setup(eta=5.0))
    (kept,) = session.state.kept
    session.rename_kept(kept.id, " Mine\nand yours ")
    assert session.state.kept[0].name == "Mine and yours"
    session.rename_kept(kept.id, " \t ")
    assert session.state.kept[0] == replace(kept, is_own=True)


def test_a_run_that_becomes_the_present_one_is_the_same_to_the_last_bit(session: Session) -> None:
    session.go_to_last()
    session.set_setup(Setup(eta=5.0))
    session.iteration_on()
    session.make_present(session.state.kept[0].id)
    run = Run(Setup())
    run.advance(812)
    present = session.state.run
    assert (present.setup, present.iterations, present.stop) == (run.setup, 813, run.stop)
    assert present.weights(813) == (run.w1, run.w2)
    assert Setup(eta=5.0) in [each.setup for each in session.state.kept]


def test_a_mistake_is_raced_beside_the_right_run(qtbot: QtBot, session: Session) -> None:
    """The article's run ends at 813; that without the slope was found by another program."""
    session.race(FORGOTTEN)
    qtbot.waitUntil(lambda: not session.state.missing)
    right, raced = session.state.kept
    assert (right.setup, right.last, right.stop) == (Setup(), 813, Stop.TOLERANCE)
    assert (raced.setup, raced.last) == (Setup(method=FORGOTTEN), 104)
    assert (right.name, raced.name) == ("The article’s run", FORGOTTEN.title)
    assert right.is_own
    assert raced.is_own
    session.undo()
    assert session.state.kept == ()


def test_a_right_run_that_was_kept_at_its_beginning_goes_on_beside_a_race(
    qtbot: QtBot, session: Session
) -> None:
    session.keep_present()
    assert session.state.kept[0].last == 1
    session.race(FORGOTTEN)
    qtbot.waitUntil(lambda: not session.state.missing)
    assert [each.last for each in session.state.kept] == [813, 104]
    session.undo()
    assert [each.last for each in session.state.kept] == [1]


def test_the_right_run_is_not_kept_twice_where_it_is_the_present_one(session: Session) -> None:
    session.go_to_last()
    session.race(FORGOTTEN)
    assert [each.setup for each in session.state.kept] == [Setup(method=FORGOTTEN)]


def test_a_mistake_that_is_raced_again_is_drawn_again(session: Session) -> None:
    session.race(FORGOTTEN)
    kept = session.state.kept
    session.show_kept(kept[-1].id, is_shown=False)
    session.race(FORGOTTEN)
    assert session.state.kept == kept


def test_nobody_goes_through_a_run_with_a_mistake(qtbot: QtBot, session: Session) -> None:
    session.race(FORGOTTEN)
    before = session.state
    with qtbot.waitSignal(session.mistake_met):
        session.make_present(before.kept[-1].id)
    assert session.state is before
    with_mistake = Session(Setup(eta=5.0, method=FORGOTTEN))
    assert with_mistake.setup == Setup(eta=5.0)


def test_runs_of_a_sweep_are_computed_to_their_ends(qtbot: QtBot, session: Session) -> None:
    setups = [Setup(eta=eta) for eta in (0.5, 5.0, 20.0)]
    session.add_runs([*setups, setups[0]])
    qtbot.waitUntil(lambda: not session.state.missing)
    assert [each.setup for each in session.state.kept] == setups
    for kept in session.state.kept:
        run = Run(kept.setup)
        run.advance(10**6)
        assert (kept.iterations, kept.stop) == (run.iteration, run.stop)
        assert kept.trace.errors == run.trace().errors


def test_renaming_does_not_begin_a_computation_again(qtbot: QtBot, session: Session) -> None:
    session.add_runs([Setup(target=1.4, max_iterations=2_000_000_000)])
    qtbot.waitUntil(lambda: session.state.computing.done > 300_000)
    done = session.state.computing.done
    session.rename_kept(session.state.kept[0].id, "Long")
    assert session.state.computing.done >= done
    session.undo()
    assert session.state.computing.done >= done
    session.stop_computing()
    assert session.state.kept[0].trace is not None
