"""The rows of the check: a gradient by two methods, and a number of the article beside ours."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from backprop_gui.drawing.shapes import Ink
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.checks import ALL_DIGITS, GradientCheck, Printed
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.spoken import aloud
from backprop_gui.paint.theme import Theme
from backprop_gui.system.texts import _, ngettext
from backprop_gui.widgets.plain import label, say

_GAP = 8
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CheckRow(QFrame):
    """A line that stands for a quantity.

    Signals:
        pointed(object): the pointer came, its quantity's code name, or went, None.
    """

    pointed = Signal(object)

    def __init__(self, quantity: str) -> None:
        super().__init__()
        self.quantity = quantity
        self.setObjectName("checkRow")
        self.setToolTip(ARTICLE.quantities[quantity].title)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(8, 3, 8, 3)
        self.grid.setHorizontalSpacing(_GAP)
        self.grid.setVerticalSpacing(2)
        self.symbol = check_label(
            "checkSymbol", notation.rich(ARTICLE.quantities[quantity].symbol), is_rich=True
        )
        self.symbol.setAccessibleName(aloud(notation.plain(ARTICLE.quantities[quantity].symbol)))
        self.grid.addWidget(self.symbol, 0, 0)

    def set_lit(self, is_lit: bool) -> None:
        """Light the row or not."""
        self.setProperty("isLit", is_lit)
        self.style().polish(self)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Report the quantity."""
        self.pointed.emit(self.quantity)

    def leaveEvent(self, event: QEvent) -> None:
        """Report that the pointer is gone."""
        self.pointed.emit(None)


class GradientRow(CheckRow):
    """A gradient by both methods, one above the other so that the eye compares digit by digit.

    Signals:
        clicked(str): the person clicked the row; the exact gradient by back-propagation.
    """

    clicked = Signal(str)

    def __init__(self, quantity: str) -> None:
        super().__init__(quantity)
        self._value = 0.0
        self._ours, self._theirs = (check_label("checkNumber", is_rich=True) for _each in range(2))
        self._verdict = check_label("checkVerdict", wraps=True)
        self._remark = check_label("checkNote", wraps=True)
        self.grid.addWidget(self._verdict, 0, 1)
        methods = (_("back-propagation"), self._ours), (_("finite difference"), self._theirs)
        for line, (method, number) in enumerate(methods, start=1):
            self.grid.addWidget(check_label("checkNote", method), line, 0)
            self.grid.addWidget(number, line, 1)
        self.grid.addWidget(self._remark, 3, 0, 1, 2)
        self.grid.setColumnStretch(1, 1)

    def show_check(self, check: GradientCheck, numerals: Numerals, theme: Theme) -> None:
        """Show a check with so many significant digits, the agreeing ones marked."""
        self._value = check.by_backpropagation
        texts = [numerals.short(x) for x in (self._value, check.by_difference)]
        colour = theme.inks[Ink.UPDATE]
        same = 0 if check.agreeing_digits is None else _common(*texts)
        for number, text in zip((self._ours, self._theirs), texts, strict=True):
            number.setText(f'<b style="color:{colour}">{text[:same]}</b>{text[same:]}')
            number.setAccessibleName(aloud(text))
        verdict = _verdict(check)
        self._verdict.setText(verdict)
        _set_property(self._verdict, "state", _state(check))
        self._verdict.setVisible(bool(verdict))
        say(self._remark, check.remark)
        self._remark.setVisible(bool(check.remark))
        self.setAccessibleName(f"{ARTICLE.quantities[self.quantity].spoken}: {verdict}")
        by_both = zip((_("back-propagation"), _("finite difference")), texts, strict=True)
        self.setAccessibleDescription(
            aloud(", ".join(f"{method} {text}" for method, text in by_both))
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(numbers.exact(self._value))


class PrintedRow(CheckRow):
    """A number of the article, ours, whether they agree, and why not."""

    def __init__(self, printed: Printed) -> None:
        super().__init__(printed.name)
        _set_columns(self, self.grid)
        self._numbers = check_label("checkNumber"), check_label("checkNumber")
        for place, number in enumerate(self._numbers, start=1):
            number.setAlignment(_RIGHT)
            self.grid.addWidget(number, 0, place)
        self._sign = sign = check_label("checkVerdict", "✓" if printed.agrees else "✗")
        sign.setProperty("state", "good" if printed.agrees else "other")
        sign.setAccessibleName(_("agrees") if printed.agrees else _("differs"))
        self.grid.addWidget(sign, 0, 3)
        self._reason = check_label("checkReason", wraps=True)
        if printed.reason:
            self.grid.addWidget(self._reason, 1, 1, 1, 3)
        self.show_printed(printed, FILES)

    def show_printed(self, printed: Printed, numerals: Numerals) -> None:
        """Write both numbers, and the reason."""
        texts = numerals.signed(printed.printed), printed.ours
        for number, text in zip(self._numbers, texts, strict=True):
            say(number, text)
        say(self._reason, printed.reason)
        symbol = ARTICLE.quantities[printed.name].spoken
        both = f"{_('article')} {texts[0]}, {_('ours, rounded')} {texts[1]}"
        self.setAccessibleName(f"{symbol}: {both}: {self._sign.accessibleName()}")
        self.setAccessibleDescription(aloud(printed.reason))


class PrintedHeader(QWidget):
    """The names of the columns."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 3, 8, 3)
        grid.setHorizontalSpacing(_GAP)
        _set_columns(self, grid)
        for place, text in enumerate(("", _("article"), _("ours, rounded"))):
            heading = check_label("checkReason", text)
            heading.setAlignment(_RIGHT)
            grid.addWidget(heading, 0, place)


def _set_columns(widget: QWidget, grid: QGridLayout) -> None:
    number = 2 + max(_width(widget, text) for text in ("0.5009298654", _("ours, rounded")))
    for place, width in enumerate((_width(widget, "∂outo/∂neto"), number, number, 16)):
        grid.setColumnMinimumWidth(place, width)
    grid.setColumnStretch(3, 1)


def _verdict(check: GradientCheck) -> str:
    digits = check.agreeing_digits
    if digits is None:
        return ""
    if digits == ALL_DIGITS:
        return _("✓ agree in all digits")
    sign = "✗" if check.is_wrong else "✓"
    if digits == 0:
        return _("{sign} agree in no digit").format(sign=sign)
    # By their relative difference: 0.9999 and 1.0001 agree in 4 digits and begin with none alike.
    sentence = ngettext(
        "{sign} agree in about {digits} digit", "{sign} agree in about {digits} digits", digits
    )
    return sentence.format(sign=sign, digits=digits)


def _state(check: GradientCheck) -> str:
    return "bad" if check.is_wrong else "good"


def _common(first: str, second: str) -> int:
    """Return how many characters at the front of two numbers say the same."""
    if first == second:
        return len(first)
    if _shape(first) != _shape(second):
        return 0
    pairs = enumerate(zip(first, second, strict=True))
    same = next(place for place, (a, b) in pairs if a != b)
    return same if first[:same].strip("−0.") else 0


def _shape(number: str) -> tuple[int, int, str]:
    """Return where the point is, how many characters there are, and the exponent."""
    mantissa, _ten, exponent = number.partition("·10")
    return mantissa.find("."), len(mantissa), exponent


def check_label(
    style: str, text: str = "", *, wraps: bool = False, is_rich: bool = False
) -> QLabel:
    """Return a label of the check, in one of its styles."""
    made = label(text, style, is_rich=is_rich)
    made.setWordWrap(wraps)
    return made


def _width(widget: QWidget, text: str) -> int:
    return QFontMetrics(widget.font()).horizontalAdvance(text)


def _set_property(part: QLabel, name: str, value: str) -> None:
    if part.property(name) != value:
        part.setProperty(name, value)
        part.style().polish(part)
