"""The main window: composes the views and wires them to the session.

What is not part of the first frame is imported where it is used, so that the window opens sooner.
"""

import math
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow

from backprop_gui.export.contents import What
from backprop_gui.state.navigation import Navigation
from backprop_gui.state.session import Session
from backprop_gui.state.state import Axes
from backprop_gui.storage.experiment_file import Document, View
from backprop_gui.storage.settings import Settings, fitting
from backprop_gui.system.texts import _
from backprop_gui.views.error_plot import ErrorPlot
from backprop_gui.views.network_view import NetworkView
from backprop_gui.views.transport import Transport, nearest_speed
from backprop_gui.widgets.arrangement import Arrangement
from backprop_gui.widgets.card import Page
from backprop_gui.widgets.command import When
from backprop_gui.window.appearance import Appearance, Choices
from backprop_gui.window.arrivals import Arrivals, accept_file
from backprop_gui.window.clipboard import Clipboard
from backprop_gui.window.commands import Commands
from backprop_gui.window.document import OpenDocument, Unsaved
from backprop_gui.window.handlers import handlers
from backprop_gui.window.help_menu import HelpMenu
from backprop_gui.window.lazy_exporting import LazyExporting, menu_of
from backprop_gui.window.messages import Messages
from backprop_gui.window.preferences import Preferring
from backprop_gui.window.typed import Typed

if TYPE_CHECKING:
    from threading import Thread

    from backprop_gui.views.outcome_panel import OutcomePanel
    from backprop_gui.views.setup_panel import SetupPanel
    from backprop_gui.views.timeline import Timeline
    from backprop_gui.window.exporting import Exporting
    from backprop_gui.window.lecture_mode import LectureMode
    from backprop_gui.window.reading_panels import ReadingPanels
    from backprop_gui.window.showing import Showing, Views

_SIZE = QSize(1680, 1050)
_FRAME = QSize(8, 40)  # what a desktop puts around a window
_LEAST_SIZE = QSize(640, 400)
_PREPARED_AFTER_MS = 500  # the window is there, and nobody has read the first formula yet


class MainWindow(QMainWindow):
    """Backprop's window. It ends the session's thread when it closes.

    The first frame has the network and the buttons; what takes longer follows when it is on the
    screen, see `complete`.

    Signals:
        opened(): the first frame is on the screen; what takes longer follows.
        completed(): all that belongs to the window is in place.
        remembered(Settings): the person has chosen what to remember.
        closed(Settings): the window is closing; what to remember.
    """

    opened = Signal()
    completed = Signal()
    remembered = Signal(object)
    closed = Signal(object)

    setup_panel: "SetupPanel"
    outcome_panel: "OutcomePanel"
    timeline: "Timeline"
    panels: "ReadingPanels"
    lecture: "LectureMode"
    views: "Views"
    showing: "Showing"

    def __init__(self, settings: Settings, log_folder: Path = Path()) -> None:
        super().__init__()
        self.setObjectName("backprop")
        self.appearance = Appearance(Choices.of(settings), self)
        self.session = Session(settings.setup, self)
        self.session.set_speed(nearest_speed(settings.speed or math.inf))
        moment = self.session.moment
        self.network = NetworkView(moment)
        self.session.set_axes(Axes(settings.is_log_iterations, settings.is_log_error))
        self.session.set_look(settings.look)
        self.transport = Transport(self.session.state, self.session.speed)
        self.error_plot = plot = ErrorPlot(self.session.state)
        self.navigation = Navigation(self.session, self)
        self._is_complete = self._is_discarded = self._is_ended = False
        self._recent = settings.recent
        self.arrangement = Arrangement(
            Page(What.NETWORK.card, self.network, has_picture=True),
            Page("", self.transport),
            Page(What.ERROR.card, plot, plot.tools, has_picture=True, set_alone=plot.set_alone),
        )
        self.arrangement.set_layout(settings.layout)
        for part in (self.arrangement, self.network):
            part.set_text_scale(self.appearance.text_scale)
        self.messages = Messages(self, self.arrangement)
        self._lazy_exporting = LazyExporting(self._made_exporting, self.messages)
        self._preparing: Thread | None = None
        self.clipboard = Clipboard(self.messages)
        self.typed = Typed(
            self.messages, self.session, self.network, self.arrangement, self._show_place
        )
        self.documents = self._made_documents(settings)
        self.help_menu = HelpMenu(
            self,
            self.appearance,
            log_folder,
            self.messages.hold,
            is_welcome_wanted=settings.is_welcome_wanted,
        )
        self.preferring = Preferring(
            self, self.appearance, self.help_menu, opens_new_windows=settings.opens_new_windows
        )
        self.arrivals = Arrivals(self, self.documents, self.preferring)
        self.commands = self._made_commands()
        self._begin(settings)

    def _made_documents(self, settings: Settings) -> OpenDocument:
        return OpenDocument(
            self.session,
            self._view,
            lambda: self.appearance.choices.numerals,
            self.typed.gate,
            self.typed.setup,
            self.typed.working,
            self,
            settings.recent,
            settings.folder,
        )

    def _begin(self, settings: Settings) -> None:
        """Look as the settings say, before anything is on the screen."""
        self.setAcceptDrops(True)
        self.commands["motion"].setChecked(settings.is_moving)
        for view in (self.network, self.transport):
            view.show_numerals(self.appearance.choices.numerals)
        self.network.set_moving(settings.is_moving)
        self.network.first_painted.connect(self.complete)
        self.appearance.theme_changed.connect(self.network.set_theme)
        self.appearance.theme_changed.connect(self.error_plot.set_theme)
        self.appearance.apply("window")
        self.setMinimumSize(_LEAST_SIZE)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _FRAME))
        self.restoreGeometry(QByteArray(settings.geometry))
        self.network.setFocus()

    def settings(self) -> Settings:
        """Return what to remember of this window; what cannot be is as by default."""
        speed, documents, choices = self.session.speed, self.documents, self.appearance.choices
        look = self.session.state.look
        return fitting(
            setup=documents.saved_setup,  # what is not saved is asked about, or kept aside
            theme=choices.theme,
            speed=None if math.isinf(speed) else speed,
            **self.session.state.axes._asdict(),
            digits=choices.digits,
            is_moving=choices.is_moving,
            geometry=bytes(self.saveGeometry().data()),
            layout=self.arrangement.layout_chosen,
            text_percent=choices.text_percent,
            decimal_sign=choices.decimal_sign,
            opens_new_windows=self.preferring.opens_new_windows,
            is_welcome_wanted=self.help_menu.is_welcome_wanted,
            recent=documents.recent,
            folder=documents.folder,
            landscape_layer=look.layer.value,
            is_landscape_linear=look.is_linear,
            landscape_beside=look.beside.value,
        )

    def complete(self) -> None:
        """Put in place what the first frame does without: timeline, panels, plot and formula."""
        from backprop_gui.system.reduced_motion import ask_whether_reduced

        self.opened.emit()
        self._add_panels()
        self._is_complete = True
        self._wire()
        self.appearance.apply("window", "dialogs")
        self.repaint()  # the panels are on the screen before pyqtgraph is imported
        self.error_plot.load(self.font())
        beside_plot = self.views.landscape.page, self.views.runs.page
        self.arrangement.add_pages(*self.panels.pages(), beside_plot=beside_plot)
        self.commands.enable()
        ask_whether_reduced(self, self.appearance.reduce_motion)
        QTimer.singleShot(_PREPARED_AFTER_MS, self, self._prepare)
        self.completed.emit()

    def _prepare(self) -> None:
        from backprop_gui.paint.typesetting import prepare

        if not self._is_ended:
            self._preparing = prepare()

    @property
    def unsaved(self) -> Unsaved | None:
        """The work that is in no file and not given up, or None."""
        return None if self._is_discarded else self.documents.unsaved

    @property
    def exporting(self) -> "Exporting":
        """What asks for exports and has them written."""
        return self._lazy_exporting.exporting

    def _made_exporting(self) -> "Exporting":
        from backprop_gui.window.exporting import Exporting
        from backprop_gui.window.pictures import seen

        views, arrangement, appearance = self.views, self.arrangement, self.appearance
        numerals = self.showing.show_numerals
        screen = partial(seen, views, arrangement, appearance, self.lecture, numerals)
        return Exporting(self.session, screen, self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about what is not saved, and end the threads before the window goes."""
        if self._is_complete and not self._is_ended:
            if not self.typed.may_close(self.documents):
                event.ignore()
                return
            self._is_discarded = True
        self._end()
        super().closeEvent(event)

    def end(self) -> None:
        """Close without asking: the caller keeps what is not saved."""
        self._end()
        self.hide()

    def _end(self) -> None:
        if self._is_ended:
            return
        self._is_ended = True
        self.session.end()
        if self._preparing:
            self._preparing.join()
        self._lazy_exporting.end()
        if self._is_complete:
            self.landscape.end()
            self.lecture.end()
        self.closed.emit(self.settings())

    def event(self, event: QEvent) -> bool:
        """Tell a key that is held down from one that is pressed again."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self.navigation.is_key_held = event.isAutoRepeat()
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file, unless the window gave it away itself."""
        if event.source() is None and self._is_complete:
            accept_file(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that is dropped."""
        self.arrivals.open_dropped(event)

    def _add_panels(self) -> None:
        from backprop_gui.window import acts
        from backprop_gui.window.landscape import Landscape
        from backprop_gui.window.lecture_mode import LectureMode
        from backprop_gui.window.showing import Showing, made_views
        from backprop_gui.window.working import bind_working

        session, navigation, messages = self.session, self.navigation, self.messages
        self.views = views = made_views(
            session, self.network, self.transport, self.error_plot, self
        )
        self.panels, self.setup_panel = views.panels, views.setup_panel
        self.outcome_panel, self.timeline = views.outcome_panel, views.timeline
        self.typed.watch(self.setup_panel, self.panels)
        self.lecture = LectureMode(self, self.arrangement, views, self.appearance, messages.note)
        self.lecture.changed.connect(self.commands.show_lecture)
        self.transport.hold(self.timeline)
        self.arrangement.add_to_sidebar(self.setup_panel.page, Page(_("Now"), self.outcome_panel))
        numerals = self.appearance.choices.numerals
        self.showing = Showing(session, navigation, views, messages, self.commands, numerals, self)
        acts.bind(views, session, navigation, self.typed, self.clipboard)
        gate = self.typed.gate
        bind_working(views.panels, session, gate, messages)
        self.landscape = Landscape(
            session, views.landscape, gate, lambda: self.appearance.choices.numerals, self
        )

    def _made_commands(self) -> Commands:
        gate = self.typed.gate
        documents, themes = self.documents.fill_menu, partial(self.appearance.fill_menu, gate=gate)
        return Commands(self, gate, handlers(self), {"documents": documents, "themes": themes})

    def _wire(self) -> None:
        self.panels.digits_chosen.connect(self._on_digits_chosen)
        before = self.typed.gate.before
        self.arrangement.drag_started.connect(before(self._lazy_exporting.drag))
        self.arrangement.export_requested.connect(before(self._lazy_exporting.export_card))
        self.transport.offer_exports(menu_of(self.commands, self))
        self.help_menu.tried.connect(before(self._on_tried))
        self.arrangement.enlarged_changed.connect(self._on_enlarged_changed)
        self.preferring.changed.connect(lambda: self.remembered.emit(self.settings()))
        self.documents.opened.connect(self._on_opened)
        self.documents.changed.connect(self._on_document_changed)
        for teller in (self.documents, self.help_menu):
            teller.said.connect(self.messages.say)
            teller.refused.connect(self.messages.refuse)
        views = self.views
        views.runs.sweep_requested.connect(self.commands["sweep"].trigger)
        views.runs.race_requested.connect(self.commands["race"].trigger)
        for view in (self.panels, views.error_curve, views.landscape, views.runs):
            self.appearance.theme_changed.connect(view.set_theme)
        self.appearance.text_changed.connect(self._on_text_changed)
        self.appearance.numerals_changed.connect(self.showing.show_numerals)
        self.appearance.motion_changed.connect(self.network.set_moving)
        self.appearance.motion_changed.connect(self.commands["motion"].setChecked)

    def _view(self) -> View:
        """How the experiment is looked at."""
        state = self.session.state
        return View(self.appearance.choices.digits, **state.axes._asdict(), look=state.look)

    def _on_opened(self, opened: Document) -> None:
        if opened.view:
            self._on_digits_chosen(opened.view.digits)

    def _on_document_changed(self) -> None:
        self.outcome_panel.show_about(self.documents.note)
        if self.documents.recent != self._recent:
            self._recent = self.documents.recent
            self.remembered.emit(self.settings())

    def _on_digits_chosen(self, digits: int) -> None:
        self.setup_panel.commit()  # not by the gate: the keys stay with the digits
        self.appearance.choose(replace(self.appearance.choices, digits=digits))

    def _on_text_changed(self, scale: float) -> None:
        for part in (self.arrangement, self.network):
            part.set_text_scale(scale)
        self.error_plot.set_interface_font(self.appearance.font)

    def _show_place(self) -> None:
        self.transport.show_state(self.session.state)

    def _on_tried(self, what: str) -> None:
        from backprop_gui.window.welcome_script import play

        play(what, self.navigation, self.documents, self.arrangement, self.views)

    def _on_enlarged_changed(self) -> None:
        is_one_alone = self.arrangement.is_one_alone
        self.commands.enable_where(When.ONE_ALONE, is_enabled=is_one_alone)
        self.help_menu.make_room(is_one_alone)
