"""The check panel: our gradients beside finite differences, and what the article prints."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.drawing.shapes import Ink
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.article import ARTICLE, TITLE
from backprop_gui.lesson.checks import (
    ALL_DIGITS,
    GradientCheck,
    Printed,
    gradient_checks,
    is_article,
    printed_in_article,
)
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.spoken import aloud
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.system.texts import _, ngettext
from backprop_gui.widgets.buttons import command_button
from backprop_gui.widgets.moment_view import MomentView
from backprop_gui.widgets.plain import label, say

_FEWEST_DIGITS = 10  # fewer would not show how far the gradients agree
_WIDEST = 640  # pixels, for a text of 10 points; a longer line is hard to read
_USUAL_POINTS, _GROWTH, _MOST_GROWTH = 10.0, 1.4, 2.0
_GAP = 8
_FORMULA = "(E(w + h) − E(w − h)) / 2h".replace(" ", "\N{NO-BREAK SPACE}")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CheckPanel(MomentView):
    """Both gradients by two methods, and the article's fifteen numbers beside ours.

    The gradients are those of the weights that the moment's iteration begins with, whichever
    steps of it are known. The article's numbers are shown for its own setup only.

    Signals:
        article_requested(): the person asks for the article's setup.
    """

    article_requested = Signal()

    def __init__(self, moment: Moment, parent: QWidget | None = None) -> None:
        super().__init__(moment, parent)
        self.setWhatsThis(
            _(
                "Compares the gradients with finite differences, and the numbers printed in the "
                "article with ours."
            )
        )
        self._theme = LIGHT
        self._gradients = {name: _GradientRow(name) for name in ARTICLE.gradients.values()}
        self._printed = tuple(_PrintedRow(each) for each in printed_in_article())
        self._lit_rows: tuple[_Row, ...] = ()
        self._heading = _label("checkHeading", wraps=True)
        self._method = _label("checkNote", wraps=True)
        self._article, self._elsewhere = self._make_article(), self._make_elsewhere()
        for row in self._rows:
            row.pointed.connect(self.quantity_pointed)
        for gradient in self._gradients.values():
            gradient.clicked.connect(self.number_clicked)
        self._content = QWidget()
        self._lay_out()
        self._grow()

    def set_theme(self, theme: Theme) -> None:
        """Mark agreeing digits in the colours of this theme from now on."""
        self._theme = theme
        if self.isVisible():
            self._refresh()

    @property
    def _rows(self) -> tuple["_Row", ...]:
        return (*self._gradients.values(), *self._printed)

    def _lay_out(self) -> None:
        content = self._content
        content.setObjectName("checkContent")
        column = _column(content)
        column.setContentsMargins(0, 8, 0, 8)
        parts = (self._heading, *self._gradients.values(), self._method)
        for part in (*parts, self._article, self._elsewhere):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("checkScroll")
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setAccessibleName(_("Checks; the arrow keys scroll"))
        scroll.setWidget(content)
        _column(self).addWidget(scroll)

    def _make_article(self) -> QWidget:
        article = QWidget()
        column = _column(article)
        column.addSpacing(16)
        column.addWidget(_label("checkHeading", _("Printed in the article, iteration 1")))
        column.addWidget(_label("checkNote", TITLE, wraps=True))
        column.addWidget(_PrintedHeader())
        for row in self._printed:
            column.addWidget(row)
        return article

    def _make_elsewhere(self) -> QWidget:
        elsewhere = QWidget()
        column = _column(elsewhere)
        column.addSpacing(16)
        column.addWidget(_label("checkHeading", _("Printed in the article")))
        column.addWidget(_label("checkNote", TITLE, wraps=True))
        sentence = _("The article prints numbers for its own setup only, and yours is different.")
        column.addWidget(_label("checkNote", sentence, wraps=True))
        reset = command_button("article")
        reset.clicked.connect(lambda: self.article_requested.emit())
        inset = QVBoxLayout()
        inset.setContentsMargins(8, 8, 8, 0)
        inset.addWidget(reset, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(inset)
        return elsewhere

    def show_numerals(self, numerals: Numerals) -> None:
        """Write numbers like this from now on, the printed ones too."""
        for row, printed in zip(self._printed, printed_in_article(numerals), strict=True):
            row.show_printed(printed, numerals)
        super().show_numerals(numerals)

    def _refresh(self) -> None:
        checks = gradient_checks(self._moment, self._numerals)
        iteration = self._numerals.count(self._moment.iteration)
        title = _("Gradients with the weights of iteration {iteration}")
        self._heading.setText(title.format(iteration=iteration))
        for check in checks:
            row = self._gradients[check.name]
            digits = max(self._numerals.digits, _FEWEST_DIGITS)
            row.show_check(check, self._numerals.with_digits(digits), self._theme)
        say(self._method, _method(self._numerals, *checks))
        is_printed = is_article(self._moment.setup)
        self._article.setVisible(is_printed)
        self._elsewhere.setVisible(not is_printed)

    def _grow(self) -> None:
        """Have lines of the same number of letters whatever the text's size."""
        usual = self.font().pointSizeF()
        widest = round(_WIDEST * usual / _USUAL_POINTS)
        self._content.setMaximumWidth(widest)
        self._content.setStyleSheet("")
        if not self._is_alone:
            return
        needed = self._content.heightForWidth(widest)
        room = self.height() - _GAP
        # Where it is too long, it is scrolled in a size that can be read from further off.
        scale = min(_MOST_GROWTH, self.width() / widest, max(_GROWTH, room / max(1, needed)))
        if scale > 1:
            self._content.setMaximumWidth(round(widest * scale))
            self._content.setStyleSheet(f"QLabel {{ font-size: {usual * scale:.1f}pt }}")

    def _show_lit(self) -> None:
        for row in self._lit_rows:
            row.set_lit(False)
        self._lit_rows = tuple(row for row in self._rows if row.quantity == self._lit)
        for row in self._lit_rows:
            row.set_lit(True)


class _Row(QFrame):
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
        self.symbol = _label(
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


class _GradientRow(_Row):
    """A gradient by both methods, one above the other so that the eye compares digit by digit.

    Signals:
        clicked(str): the person clicked the row; the exact gradient by back-propagation.
    """

    clicked = Signal(str)

    def __init__(self, quantity: str) -> None:
        super().__init__(quantity)
        self._value = 0.0
        self._ours, self._theirs = (_label("checkNumber", is_rich=True) for _each in range(2))
        self._verdict = _label("checkVerdict", wraps=True)
        self._remark = _label("checkNote", wraps=True)
        self.grid.addWidget(self._verdict, 0, 1)
        methods = (_("back-propagation"), self._ours), (_("finite difference"), self._theirs)
        for line, (method, number) in enumerate(methods, start=1):
            self.grid.addWidget(_label("checkNote", method), line, 0)
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


class _PrintedRow(_Row):
    """A number of the article, ours, whether they agree, and why not."""

    def __init__(self, printed: Printed) -> None:
        super().__init__(printed.name)
        _set_columns(self, self.grid)
        self._numbers = _label("checkNumber"), _label("checkNumber")
        for place, number in enumerate(self._numbers, start=1):
            number.setAlignment(_RIGHT)
            self.grid.addWidget(number, 0, place)
        self._sign = sign = _label("checkVerdict", "✓" if printed.agrees else "✗")
        sign.setProperty("state", "good" if printed.agrees else "other")
        sign.setAccessibleName(_("agrees") if printed.agrees else _("differs"))
        self.grid.addWidget(sign, 0, 3)
        self._reason = _label("checkReason", wraps=True)
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


class _PrintedHeader(QWidget):
    """The names of the columns."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 3, 8, 3)
        grid.setHorizontalSpacing(_GAP)
        _set_columns(self, grid)
        for place, text in enumerate(("", _("article"), _("ours, rounded"))):
            heading = _label("checkReason", text)
            heading.setAlignment(_RIGHT)
            grid.addWidget(heading, 0, place)


def _set_columns(widget: QWidget, grid: QGridLayout) -> None:
    number = 2 + max(_width(widget, text) for text in ("0.5009298654", _("ours, rounded")))
    for place, width in enumerate((_width(widget, "∂outo/∂neto"), number, number, 16)):
        grid.setColumnMinimumWidth(place, width)
    grid.setColumnStretch(3, 1)


def _method(numerals: Numerals, first: GradientCheck, second: GradientCheck) -> str:
    """Return what a central finite difference is, with the steps of both checks."""
    steps = [numerals.short(check.step, 3) for check in (first, second)]
    if steps[0] == steps[1]:
        step = _("h = {h}").format(h=steps[0])
    else:
        step = _("h = {h1} for w₁ and {h2} for w₂").format(h1=steps[0], h2=steps[1])
    return _(
        "A central finite difference needs no chain rule. It makes a weight a little larger and a "
        "little smaller, and divides the change of E by the change of the weight: {formula}, with "
        "{step}."
    ).format(formula=_FORMULA, step=step)


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


def _label(style: str, text: str = "", *, wraps: bool = False, is_rich: bool = False) -> QLabel:
    made = label(text, style, is_rich=is_rich)
    made.setWordWrap(wraps)
    return made


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def _width(widget: QWidget, text: str) -> int:
    return QFontMetrics(widget.font()).horizontalAdvance(text)


def _set_property(part: QLabel, name: str, value: str) -> None:
    if part.property(name) != value:
        part.setProperty(name, value)
        part.style().polish(part)
