"""What tells a run with a mistake: the angle of its step, and the check of its gradients."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.lesson import notation
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.race import Race
from backprop_gui.lesson.race_words import CheckWords, race_words
from backprop_gui.lesson.spoken import aloud
from backprop_gui.system.texts import _
from backprop_gui.widgets.check_rows import check_label
from backprop_gui.widgets.plain import hint, say

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_COMPUTING = _("This run is being computed.")
_HEADINGS = ("", _("its gradient"), _("finite difference"), "")


class RaceReading(QScrollArea):
    """What is said of one run with a mistake, at the iteration that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("checkScroll")
        self.setAccessibleName(_("Run with a mistake; the arrow keys scroll"))
        self.setWhatsThis(
            _(
                "Where the step of a run with a mistake points, beside −∇E, the direction in which "
                "E falls fastest; and its gradients beside finite differences of E."
            )
        )
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title = check_label("checkVerdict", wraps=True)
        self._title.setProperty("state", "bad")
        self._learned, self._angle = _sentence(), _sentence()
        self._table = QWidget()
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for place, text in enumerate(_HEADINGS):
            heading = check_label("checkReason", text)
            heading.setAlignment(_RIGHT)
            grid.addWidget(heading, 0, place)
        self._checks = tuple(_CheckLine(grid, 1 + 2 * row) for row in range(2))
        grid.setColumnStretch(3, 1)
        self.setWidget(self._laid_out())

    def _laid_out(self) -> QWidget:
        content = QFrame()
        content.setObjectName("checkContent")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        for part in (self._title, self._learned, self._angle, self._table):
            column.addWidget(part)
        column.addStretch(1)
        return content

    def show_race(self, title: str, race: Race | None, numerals: Numerals) -> None:
        """Show a race under the name of its run; None is one that is not computed yet."""
        words = race_words(race, numerals) if race else None
        say(self._title, f"✗ {title}")
        say(self._learned, words.learned if words else _COMPUTING)
        say(self._angle, words.angle if words else "")
        self._angle.setVisible(words is not None)
        checks = words.checks if words else ()
        self._table.setVisible(bool(checks))
        for line, check in zip(self._checks, checks, strict=False):
            line.show_check(check)


class RaceLine(QLabel):
    """The same in a few words, for a card without room; the tooltip has all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("raceSentence")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = self._short = ""

    def show_race(self, title: str, race: Race | None, numerals: Numerals) -> None:
        """Show a race under the name of its run; None is one that is not computed yet."""
        words = race_words(race, numerals) if race else None
        self._short = words.in_short if words else _COMPUTING
        self._whole = f"✗ {title}: {self._short}"
        self.setToolTip(hint(words.sentences if words else self._whole))
        self.setAccessibleName(aloud(words.sentences if words else self._whole))
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write the title where there is room for it, too."""
        super().resizeEvent(event)
        self._write()

    def _write(self) -> None:
        metrics, room = self.fontMetrics(), self.width()
        text = self._whole if metrics.horizontalAdvance(self._whole) <= room else self._short
        self.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))


class _CheckLine:
    """A gradient by both ways and whether they agree, in two rows of a grid."""

    def __init__(self, grid: QGridLayout, row: int) -> None:
        self._symbol = check_label("checkSymbol", is_rich=True)
        self._numbers = check_label("checkNumber"), check_label("checkNumber")
        self._verdict = check_label("checkVerdict")
        self._remark = check_label("checkReason", wraps=True)
        for place, part in enumerate((self._symbol, *self._numbers, self._verdict)):
            grid.addWidget(part, row, place)
        for number in self._numbers:
            number.setAlignment(_RIGHT)
        grid.addWidget(self._remark, row + 1, 1, 1, 3)

    def show_check(self, check: CheckWords) -> None:
        """Show a gradient."""
        symbol = ARTICLE.quantities[check.name].symbol
        self._symbol.setText(notation.rich(symbol))
        self._symbol.setAccessibleName(aloud(notation.plain(symbol)))
        for part, text in zip(self._numbers, (check.own, check.difference), strict=True):
            say(part, text)
        say(self._verdict, check.verdict)
        state = {True: "good", False: "bad", None: ""}[check.is_good]
        if self._verdict.property("state") != state:
            self._verdict.setProperty("state", state)
            self._verdict.style().polish(self._verdict)
        say(self._remark, check.remark)
        self._remark.setVisible(bool(check.remark))


def _sentence() -> QLabel:
    return check_label("raceSentence", wraps=True)
