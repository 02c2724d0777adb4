"""What carries out each command of the window."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from backprop_gui.export.contents import CARDS, What
from backprop_gui.state.navigation import Navigation
from backprop_gui.state.session import Session
from backprop_gui.views.error_plot import ErrorPlot
from backprop_gui.views.network_view import NetworkView
from backprop_gui.views.transport import Transport
from backprop_gui.widgets.arrangement import Arrangement
from backprop_gui.window.appearance import Appearance
from backprop_gui.window.clipboard import copy_selected
from backprop_gui.window.document import OpenDocument
from backprop_gui.window.help_menu import HelpMenu
from backprop_gui.window.messages import Messages
from backprop_gui.window.preferences import Preferring
from backprop_gui.window.racing import ask_for_race
from backprop_gui.window.sweeping import ask_for_sweep
from backprop_gui.window.typed import Typed

if TYPE_CHECKING:
    from backprop_gui.window.exporting import Exporting
    from backprop_gui.window.lecture_mode import LectureMode
    from backprop_gui.window.reading_panels import ReadingPanels
    from backprop_gui.window.showing import Views


class Window(Protocol):
    """What the commands need of the main window.

    `panels`, `views`, `lecture` and `exporting` come after the first frame, as the commands do.
    """

    session: Session
    navigation: Navigation
    network: NetworkView
    transport: Transport
    error_plot: ErrorPlot
    arrangement: Arrangement
    appearance: Appearance
    messages: Messages
    documents: OpenDocument
    typed: Typed
    help_menu: HelpMenu
    preferring: Preferring
    panels: "ReadingPanels"
    views: "Views"
    lecture: "LectureMode"

    @property
    def exporting(self) -> "Exporting":
        """What asks for exports."""

    def close(self) -> bool:
        """Close, unless the person does not want it."""


_Handlers = dict[str, Callable[..., object]]


def handlers(window: Window) -> _Handlers:
    """Return for each command, by its id, what carries it out."""
    return {
        **_of_files(window),
        **_of_runs(window),
        **_of_steps(window),
        **_of_views(window),
        **window.help_menu.handlers(),
    }


def _of_files(window: Window) -> _Handlers:
    documents = window.documents
    return {
        "new": documents.new,
        "new_window": partial(open_another, window),
        "open": documents.ask_for_file,
        "save": documents.save,
        "save_as": documents.save_as,
        "note": documents.edit_note,
        "picture": lambda: window.exporting.export_picture(),
        "slides": lambda: window.exporting.export_slides(),
        "example": lambda: window.exporting.export_example(),
        "data": lambda: window.exporting.export_data(),
        "again": lambda: window.exporting.export_again(),
        "quit": window.close,
    }


def _of_runs(window: Window) -> _Handlers:
    session = window.session
    return {
        "undo": session.undo,
        "redo": session.redo,
        "copy": partial(_copy, window),
        "article": window.typed.reset_to_article,
        "preferences": window.preferring.ask,
        "run": window.typed.toggle_running,
        "reset": session.reset,
        "keep": session.keep_present,
        "compare_exact": session.compare_with_exact,
        "sweep": lambda: ask_for_sweep(
            session,
            window.arrangement.window(),
            window.appearance.choices.numerals,
            window.messages.note.say,
        ),
        "race": lambda: ask_for_race(
            session, window.arrangement.window(), window.appearance.theme, window.messages.note.say
        ),
        "expect": partial(_draw_expected, window),
        "forget": session.clear_expected,
        "clear": session.clear_kept,
    }


def _of_steps(window: Window) -> _Handlers:
    session, go_on, go_back = window.session, window.navigation.go_on, window.navigation.go_back
    return {
        **{by: partial(go_on, by) for by in ("step", "phase", "iteration")},
        **{f"{by}_back": partial(go_back, by) for by in ("step", "phase", "iteration")},
        "goto": partial(_type_iteration, window),
        "first": partial(go_back, "run"),
        "end": partial(go_on, "run"),
        "predict": session.set_predicting,
        **{f"answer_{number}": partial(session.predict, number) for number in (1, 2, 3)},
    }


def _of_views(window: Window) -> _Handlers:
    plot = window.error_plot
    return {
        "lecture": lambda: window.lecture.toggle(),
        "blank": lambda: window.lecture.blank(),
        **{card.word: partial(_enlarge, window, card) for card in CARDS},
        "all": lambda: window.lecture.leave(),
        "fit": plot.fit,
        "zoom_in": plot.zoom_in,
        "zoom_out": plot.zoom_out,
        "motion": window.appearance.choose_motion,
    }


def open_another(window: Window) -> None:
    """Start the program once more."""
    from backprop_gui.window.second_window import start_another

    start_another(window.messages, window.messages.refuse)


def _enlarge(window: Window, card: What) -> None:
    views = {
        What.NETWORK: window.network,
        What.ERROR: window.error_plot,
        What.LANDSCAPE: window.views.landscape,
        What.RUNS: window.views.runs,
        **window.panels.views,
    }
    window.arrangement.enlarge(views[card])
    if card is What.WORKING:
        window.panels.working.begin_typing()


def _type_iteration(window: Window) -> None:
    window.arrangement.reveal(window.transport)
    window.transport.begin_typing()


def _draw_expected(window: Window, is_on: bool) -> None:
    arrangement, plot = window.arrangement, window.error_plot
    if is_on and not plot.isVisible():
        show = arrangement.enlarge if arrangement.has_stage else arrangement.reveal
        show(plot)
    window.session.set_drawing(is_on)


def _copy(window: Window) -> None:
    copy_selected(window.panels.values, lambda: window.exporting.pictures.copy())
