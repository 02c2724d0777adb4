"""The check panel: our gradients beside finite differences, and what the article prints."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.lesson.article import ARTICLE, TITLE
from backprop_gui.lesson.checks import (
    GradientCheck,
    gradient_checks,
    is_article,
    printed_in_article,
)
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import command_button
from backprop_gui.widgets.check_rows import (
    CheckRow,
    GradientRow,
    PrintedHeader,
    PrintedRow,
    check_label,
)
from backprop_gui.widgets.moment_view import MomentView
from backprop_gui.widgets.plain import say

_FEWEST_DIGITS = 10  # fewer would not show how far the gradients agree
_WIDEST = 640  # pixels, for a text of 10 points; a longer line is hard to read
_USUAL_POINTS, _GROWTH, _MOST_GROWTH = 10.0, 1.4, 2.0
_GAP = 8
_FORMULA = "(E(w + h) − E(w − h)) / 2h".replace(" ", "\N{NO-BREAK SPACE}")


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
        self._gradients = {name: GradientRow(name) for name in ARTICLE.gradients.values()}
        self._printed = tuple(PrintedRow(each) for each in printed_in_article())
        self._lit_rows: tuple[CheckRow, ...] = ()
        self._heading = check_label("checkHeading", wraps=True)
        self._method = check_label("checkNote", wraps=True)
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
    def _rows(self) -> tuple["CheckRow", ...]:
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
        column.addWidget(check_label("checkHeading", _("Printed in the article, iteration 1")))
        column.addWidget(check_label("checkNote", TITLE, wraps=True))
        column.addWidget(PrintedHeader())
        for row in self._printed:
            column.addWidget(row)
        return article

    def _make_elsewhere(self) -> QWidget:
        elsewhere = QWidget()
        column = _column(elsewhere)
        column.addSpacing(16)
        column.addWidget(check_label("checkHeading", _("Printed in the article")))
        column.addWidget(check_label("checkNote", TITLE, wraps=True))
        sentence = _("The article prints numbers for its own setup only, and yours is different.")
        column.addWidget(check_label("checkNote", sentence, wraps=True))
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


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
