"""What shows each state of the session in the window."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from backprop_gui.core.kept_run import MOST_KEPT
from backprop_gui.lesson.ending import why_it_ends
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.spoken import spoken_step
from backprop_gui.state.navigation import Navigation
from backprop_gui.state.session import Session
from backprop_gui.state.state import State
from backprop_gui.system.texts import _
from backprop_gui.views.error_curve import ErrorCurve
from backprop_gui.views.error_plot import ErrorPlot
from backprop_gui.views.landscape_panel import LandscapePanel
from backprop_gui.views.network_view import NetworkView
from backprop_gui.views.outcome_panel import OutcomePanel
from backprop_gui.views.runs_view import RunsView
from backprop_gui.views.setup_panel import SetupPanel
from backprop_gui.views.timeline import Timeline
from backprop_gui.views.transport import Transport
from backprop_gui.widgets.accessible import announce
from backprop_gui.widgets.command import When
from backprop_gui.window.changes import words
from backprop_gui.window.commands import Commands
from backprop_gui.window.messages import Messages
from backprop_gui.window.questioning import Questioning
from backprop_gui.window.reading_panels import ReadingPanels

if TYPE_CHECKING:
    from collections.abc import Callable

    from backprop_gui.core.kept_run import KeptRun
    from backprop_gui.lesson.moment import Moment
    from backprop_gui.widgets.kept_runs_progress import KeptRunsProgress


class Views(NamedTuple):
    """All that shows a part of a state."""

    network: NetworkView
    transport: Transport
    timeline: Timeline
    panels: ReadingPanels
    setup_panel: SetupPanel
    outcome_panel: OutcomePanel
    error_plot: ErrorPlot
    error_curve: ErrorCurve  # in a lecture
    landscape: LandscapePanel
    runs: RunsView


def made_views(
    session: Session,
    network: NetworkView,
    transport: Transport,
    error_plot: ErrorPlot,
    parent: QObject,
) -> Views:
    """Return these views with those that the first frame does without."""
    moment = session.moment
    return Views(
        network,
        transport,
        Timeline(moment),
        ReadingPanels(moment, parent),
        SetupPanel(session.setup),
        OutcomePanel(moment),
        error_plot,
        ErrorCurve(session.state),
        LandscapePanel(session.state),
        RunsView(session.state),
    )


class Showing(QObject):
    """Shows each state to each view at most once, and not where its part is the one it shows.

    The menus show what of it is about `commands`.
    """

    def __init__(
        self,
        session: Session,
        navigation: Navigation,
        views: Views,
        messages: Messages,
        commands: Commands,
        numerals: Numerals,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._navigation, self._numerals = session, navigation, numerals
        self._views, self._messages, self._commands = views, messages, commands
        self._window = window
        self._questioning = Questioning(views.panels.formula, messages.note, views.network)
        self._linked = (views.network, views.timeline, views.outcome_panel, views.panels)
        self._shown: State | None = None
        self._announced: Moment | None = None
        self._computing: KeptRunsProgress | None = None
        # What of a state each shows, and how; equal runs may have more of their traces.
        self._inlets: tuple[tuple[Callable[[State], object], Callable[[State], None]], ...] = (
            (lambda s: s.run.setup, lambda s: views.setup_panel.show_setup(s.run.setup)),
            (lambda s: s.moment, self._show_moment),
            (lambda s: (s.moment, s.run.iterations, s.is_running), views.transport.show_state),
            (lambda s: (s.run.number, s.expected) if s.run.stop else None, self._show_outcome),
            (_compared, self._show_cost),
            (lambda s: s.is_drawing, lambda s: commands["expect"].setChecked(s.is_drawing)),
            (lambda s: (s.is_running, bool(s.moment.stop)), self._show_run),
            (lambda s: s.predicted.is_on, self._show_predicting),
            (lambda s: s.predicted, self._show_predicted),
            (lambda s: s.working, lambda s: views.panels.show_working(s.working)),
            (lambda s: (s.undoable, s.redoable), self._show_changes),
            (id, views.error_plot.show_state),
            (id, views.error_curve.show_state),
            (_in_landscape, views.landscape.show_state),
            (lambda s: (s.run, s.moment, id(s.kept), s.computing), views.runs.show_state),
            (lambda s: (s.computing, s.missing, len(s.kept)), self._show_computing),
        )
        session.state_changed.connect(self.show)
        session.end_met.connect(self._on_end_met)
        session.beginning_met.connect(self._on_beginning_met)
        session.full_met.connect(self._on_full_met)
        session.mistake_met.connect(self._on_mistake_met)
        session.run_failed.connect(self._on_run_failed)
        for linked in self._linked:
            linked.quantity_pointed.connect(self._on_quantity_pointed)
        self.show(session.state)
        self.show_numerals(numerals)

    def show_numerals(self, numerals: Numerals) -> None:
        """Write every number like this from now on."""
        self._numerals = numerals
        self._session.write_names_in(numerals)
        for view in self._views:
            view.show_numerals(numerals)
        self._show_outcome(self._session.state)
        self._show_cost(self._session.state)
        self._show_changes(self._session.state)

    def show(self, state: State) -> None:
        """Show a state."""
        before, self._shown = self._shown, state
        for part, show in self._inlets:
            if before is None or part(state) != part(before):
                show(state)
        if before and state.run.number != before.run.number:
            self._messages.end_problem()
        is_elsewhere = before and (state.moment is not before.moment or before.is_running)
        if is_elsewhere and not state.is_running:
            self._messages.note.end()  # it was about the moment before
        self._questioning.show_state(state, self._numerals)
        if not state.is_running and state.moment is not self._announced:
            self._announced = state.moment  # once, and not while the run goes on by itself
            announce(self._views.network, spoken_step(state.moment, self._numerals))

    def _show_moment(self, state: State) -> None:
        views, moment = self._views, state.moment
        views.network.show_moment(moment, is_step=self._navigation.is_going_on)
        for view in (views.timeline, views.outcome_panel, views.panels):
            view.show_moment(moment)

    def _show_run(self, state: State) -> None:
        self._commands.show_run(is_running=state.is_running, is_over=bool(state.moment.stop))

    def _show_predicting(self, state: State) -> None:
        """Say how to answer: in a lecture there is no switch to be seen."""
        self._commands["predict"].setChecked(state.predicted.is_on)
        if state.predicted.is_on:
            say = self._messages.note.say
            say(_("Before five steps Backprop asks what you expect: press 1, 2 or 3."))

    def _show_predicted(self, state: State) -> None:
        """Show what is asked in its card, and let the keys answer."""
        predicted = state.predicted
        self._views.panels.formula.show_predicted(predicted)
        self._commands.enable_where(When.ASKED, is_enabled=bool(predicted.asked))

    def _show_changes(self, state: State) -> None:
        """Say in words what can be undone and redone."""
        changes = {"undo": state.undoable, "redo": state.redoable}
        texts = {name: words(change, self._numerals) for name, change in changes.items()}
        for name, text in texts.items():
            self._commands.show_change(name, text)
        self._views.setup_panel.show_changes(texts)

    def _show_outcome(self, state: State) -> None:
        """Say how the run ended, if it has."""
        from backprop_gui.lesson.outcome import outcome

        ended = outcome(state.run, self._numerals) if state.run.stop else None
        self._views.outcome_panel.show_outcome(ended, state.guess(self._numerals))

    def _show_cost(self, state: State) -> None:
        """Say what rounding costs a run on paper, and what is for such a run alone."""
        setup, panel = state.run.setup, self._views.outcome_panel
        self._commands.show_setup(setup)
        sentences: list[str] = []
        exact = _exact_run(state)
        if setup.is_on_paper:
            from backprop_gui.lesson.rounding_cost import end_of, end_of_kept, words

            theirs = end_of_kept(exact) if exact else None
            sentences = words(setup, end_of(state.run), theirs, self._numerals)
        panel.show_cost(sentences, is_compared=exact is not None)

    def _show_computing(self, state: State) -> None:
        """Say what is computed beside the run, with a button that ends it."""
        if state.computing and not self._computing:
            from backprop_gui.widgets.kept_runs_progress import KeptRunsProgress

            self._computing = KeptRunsProgress(self._window)
            self._computing.cancelled.connect(self._session.stop_computing)
        if self._computing:
            self._computing.show_state(state)

    def _on_end_met(self) -> None:
        reason = why_it_ends(self._session.moment, self._numerals)
        last = _("This is the last iteration so far. The run continues.")
        self._messages.note.say(reason or last)

    def _on_beginning_met(self) -> None:
        self._messages.note.say(_("This is the first step of the run."))

    def _on_full_met(self) -> None:
        full = _("{most} runs are kept, the most that there can be. Remove one to keep another.")
        self._messages.note.say(full.format(most=MOST_KEPT))

    def _on_mistake_met(self) -> None:
        self._messages.note.say(
            _("This run has a mistake: it is for comparison. You can step through right runs only.")
        )

    def _on_run_failed(self, problem: str) -> None:
        notice = _(
            "Training failed in iteration {iteration}: {problem}. Press R to start it again."
        )
        iteration = self._session.known_iterations
        self._messages.refuse(
            notice.format(iteration=self._numerals.count(iteration), problem=problem)
        )

    def _on_quantity_pointed(self, name: str | None) -> None:
        for linked in self._linked:
            linked.show_lit(name)


def _exact_run(state: State) -> "KeptRun | None":
    """Return the exact run of the present setup where it is kept up to its end, or None."""
    exact = state.run.setup.exact
    return next((run for run in state.kept if run.setup == exact and _is_to_end(run)), None)


def _is_to_end(run: "KeptRun") -> bool:
    return run.stop is not None or run.iterations == run.setup.max_iterations


def _in_landscape(state: State) -> object:
    """Return what the landscape shows of a state."""
    return state.run, state.moment, id(state.kept), state.look, state.is_running


def _compared(state: State) -> object:
    """Return what decides about the sentences on what rounding costs."""
    exact = _exact_run(state) if state.run.setup.method else None
    known = (exact.is_whole, exact.last) if exact else None
    return state.run.setup, state.run.stop and state.run.iterations, known
