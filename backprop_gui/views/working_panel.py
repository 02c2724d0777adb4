"""The card "Your working": a person's own numbers, what is wrong with them, and help."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from backprop_gui.core.network import Setup
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.own_working import NO_WORKING, OwnWorking
from backprop_gui.lesson.working_words import Shown, shown_verdicts
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import tool
from backprop_gui.widgets.moment_view import MomentView
from backprop_gui.widgets.working_field import WorkingFields
from backprop_gui.widgets.working_head import WorkingHead
from backprop_gui.widgets.working_help import WorkingHelp
from backprop_gui.widgets.working_rows import WorkingRow

_ABREAST = 58  # units of the text: from here on the help stands beside the rows
_WORTH = 1.15  # times the usual text, in which it rather stands there
_MOST_GROWTH = 1.7
_LEAST_WIDTH, _LEAST_HEIGHT = 28.2, 84  # in units of the text, and pixels


class WorkingPanel(MomentView):
    """A field for each line, the verdicts on them, and help with one line at a time.

    Signals:
        text_edited(str, str): the person typed another text into a line, by its code name.
        pasted(str, str): the person put more than a number into a line: the text, its code name.
        help_asked(str, object): the person asks for help with a line: its code name, and the Help.
        test_chosen(bool): the person wants a test, or none.
        handed_in(), clear_requested(), move_requested(): the person asks for that.
        iteration_chosen(object): the person wants to see the iteration that the working is of.
        step_chosen(int): a verdict was clicked; its step.
        setup_wanted(Setup): the person wants numbers in which a hidden mistake would show.
        race_requested(object): the person wants to race a Mistaken, the cause of a wrong line.
    """

    text_edited = Signal(str, str)
    pasted = Signal(str, str)
    help_asked = Signal(str, object)
    test_chosen = Signal(bool)
    handed_in = Signal()
    clear_requested = Signal()
    move_requested = Signal()
    iteration_chosen = Signal(object)
    step_chosen = Signal(int)
    setup_wanted = Signal(Setup)
    race_requested = Signal(object)

    def __init__(self, moment: Moment, parent: QWidget | None = None) -> None:
        super().__init__(moment, parent)
        self.setWhatsThis(
            _(
                "Checks numbers that you have worked out yourself: type them, or paste a column. "
                "Each line is judged by your own numbers above it."
            )
        )
        self._theme = LIGHT
        self._working = NO_WORKING
        self._chosen = ""
        self._rows: dict[str, WorkingRow] = {}
        self._fields: WorkingFields | None = None
        self._problems: tuple[str, ...] = ()
        self.tools = self._made_tools()
        self._head = WorkingHead()
        self._help = WorkingHelp()
        self._content = QWidget()
        self._scroll = QScrollArea()
        self._lay_out()

    @property
    def typed_texts(self) -> dict[str, str]:
        """What is typed and not taken yet, by code name."""
        return self._fields.typed if self._fields else {}

    def commit(self) -> None:
        """Take what is typed."""
        if self._fields:
            self._fields.commit()

    def begin_typing(self) -> None:
        """Put the keyboard into the first line that is empty, or into the first."""
        if self._fields:
            fields = self._fields.by_name.values()
            empty = (field for field in fields if not field.text())
            next(empty, next(iter(fields))).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_moment(self, moment: Moment) -> None:
        """Say whether the working is of the iteration of a moment: nothing else follows it."""
        self._moment = moment
        if self.isVisible() and self._fields:
            self._show_head()

    def show_working(self, working: OwnWorking) -> None:
        """Show a working."""
        if working.lines != self._working.lines:
            self._problems, self._chosen = (), ""  # what is first wrong may be another line now
        self._working = working
        if self.isVisible():
            self._refresh()

    def show_problems(self, problems: tuple[str, ...]) -> None:
        """Show what could not be read of a text that was pasted, up to the next change."""
        self._problems = problems
        if self.isVisible():
            self._refresh()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        for row in self._rows.values():
            row.set_theme(theme)
        if self.isVisible():
            self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the help beside the rows, or below them where there is no room."""
        super().resizeEvent(event)
        self._turn()

    def _made_tools(self) -> QWidget:
        tools = QWidget()  # for the heading of the card around
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addStretch(1)
        paste = tool(_("Paste"), _("Paste a column, or lines such as net_h = 0.05"))
        paste.clicked.connect(self._on_paste_clicked)
        self._clear = tool(_("Clear"), _("Clear your working; Undo brings it back"))
        self._clear.clicked.connect(lambda: self.clear_requested.emit())
        self._test = tool(_("Test"), _("Say nothing until you hand in"), is_toggle=True)
        self._test.clicked.connect(self.test_chosen)
        self._test.clicked.connect(self.begin_typing)  # and the keyboard stays with the numbers
        for widget in (paste, self._clear, self._test):
            row.addWidget(widget)
        return tools

    def _lay_out(self) -> None:
        self._content.setObjectName("checkContent")
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._content)
        self._parts.setContentsMargins(0, 0, 0, 4)
        self._parts.setSpacing(12)
        self._table = QVBoxLayout()
        self._table.setSpacing(0)
        self._parts.addLayout(self._table)
        self._parts.addWidget(self._help, 1, Qt.AlignmentFlag.AlignTop)
        self._scroll.setObjectName("checkScroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._head)
        column.addWidget(self._scroll, 1)
        self._head.handed_in.connect(self.handed_in)
        self._head.move_requested.connect(self.move_requested)
        self._head.iteration_chosen.connect(self.iteration_chosen)
        self._head.line_chosen.connect(self._choose)
        self._head.setup_wanted.connect(self.setup_wanted)
        self._help.asked.connect(self._on_help_asked)
        self._help.race_requested.connect(self.race_requested)

    def _make_rows(self) -> WorkingFields:
        """Make the rows when they are first seen: the window opens without them."""
        fields = WorkingFields(self)
        fields.edited.connect(self.text_edited)
        fields.pasted.connect(lambda name, text: self.pasted.emit(text, name))
        for name, field in fields.by_name.items():
            row = self._rows[name] = WorkingRow(name, field)
            row.set_theme(self._theme)
            row.pointed.connect(self.quantity_pointed)
            row.chosen.connect(self._choose)
            self._table.addWidget(row)
        self._table.addStretch(1)
        self._fields = fields
        return fields

    def _refresh(self) -> None:
        fields = self._fields or self._make_rows()
        working = self._working
        shown = shown_verdicts(working, self._numerals)
        fields.show(working, shown.problems, shown.words)
        for name, row in self._rows.items():
            row.show_verdict(shown.said(name))
        self._clear.setEnabled(bool(working.lines))
        self._test.setChecked(working.is_test)
        self._show_head()
        self._show_help(shown)

    def _show_head(self) -> None:
        found = shown_verdicts(self._working, self._numerals).found
        self._head.show_working(self._working, found, self._moment, self._numerals, self._problems)

    def _show_help(self, shown: Shown) -> None:
        """Say more of the line that the person has chosen, else of the first wrong one."""
        first = shown.found.first_wrong if shown.found else None
        name = self._chosen if self._chosen in self._working.texts else first
        line = shown.line(name) if name else None
        for each, row in self._rows.items():
            row.set_chosen(bool(line) and each == name)
        self._help.setVisible(line is not None)
        if line and shown.found:
            self._help.show_line(line, shown.found, self._working, self._numerals, self._theme)

    def _show_lit(self) -> None:
        for name, row in self._rows.items():
            row.set_lit(name == self._lit)

    def minimumSizeHint(self) -> QSize:
        """Return the room in which a verdict is whole, and as much as the heading takes."""
        return QSize(round(_LEAST_WIDTH * self.fontInfo().pixelSize()), _LEAST_HEIGHT)

    def _grow(self) -> None:
        """Write larger where the card has the window to itself."""
        for part in (self._head, self._content):
            part.setStyleSheet("")
        if self._is_alone and self._rows:
            needed = sum(row.sizeHint().height() for row in self._rows.values())
            high = min(_MOST_GROWTH, max(1.0, self._scroll.height() / max(1, needed)))
            wide = self._scroll.width() / (_ABREAST * self.fontInfo().pixelSize())
            points = self.font().pointSizeF() * (min(high, wide) if wide >= _WORTH else high)
            for part in (self._head, self._content):
                part.setStyleSheet(f"QWidget {{ font-size: {points:.1f}pt }}")
        self._turn()

    def _turn(self) -> None:
        # Half a pixel: the size of letters is a whole number.
        is_beside = self._scroll.width() >= _ABREAST * (self._content.fontInfo().pixelSize() - 0.5)
        ways = QBoxLayout.Direction
        self._parts.setDirection(ways.LeftToRight if is_beside else ways.TopToBottom)

    def _choose(self, name: str) -> None:
        """Say more of a line, and go to its step."""
        self._chosen = name
        self.step_chosen.emit(ARTICLE.step_of[name])
        self.quantity_pointed.emit(name)
        self._refresh()
        self._reveal_help()

    def _reveal_help(self) -> None:
        """Bring the help into view, as soon as what is new of it has its place."""
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self._help))

    def _on_help_asked(self, name: str, help: object) -> None:
        self._chosen = name
        self.help_asked.emit(name, help)
        self.quantity_pointed.emit(name)
        self._reveal_help()

    def _on_paste_clicked(self) -> None:
        text = QGuiApplication.clipboard().text()
        self.pasted.emit(text, next(iter(ARTICLE.step_of)))
