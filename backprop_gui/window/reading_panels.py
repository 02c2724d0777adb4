"""The panels in which a moment is read: formula, values, program and check."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backprop_gui.export.contents import What
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.paint.theme import Theme
from backprop_gui.system.texts import _
from backprop_gui.views.check_panel import CheckPanel
from backprop_gui.views.formula_view import FormulaView
from backprop_gui.views.listing_view import ListingView
from backprop_gui.views.values_table import ValuesTable
from backprop_gui.widgets.card import Page

if TYPE_CHECKING:
    from backprop_gui.widgets.moment_view import MomentView


class ReadingPanels(QObject):
    """The panels, at one inlet and with one outlet.

    Signals:
        step_chosen(int): the person chose a step of the lesson.
        digits_chosen(int): the person chose how many significant digits are shown, 3 to 17.
        quantity_pointed(object): the pointer is on a quantity, a code name, or on None.
        number_clicked(str): the person clicked a number; its exact text.
        copied(str, str): a text for the clipboard, "" for none, and a note on it.
        article_requested(): the person asked for the article's setup.
    """

    step_chosen = Signal(int)
    digits_chosen = Signal(int)
    quantity_pointed = Signal(object)
    number_clicked = Signal(str)
    copied = Signal(str, str)
    article_requested = Signal()

    def __init__(self, moment: Moment, parent: QObject) -> None:
        super().__init__(parent)
        self.formula = FormulaView(moment)
        self.values = ValuesTable(moment)
        self.listing = ListingView(moment)
        self.check = CheckPanel(moment)
        self.views: dict[What, MomentView] = {
            What.FORMULA: self.formula,
            What.VALUES: self.values,
            What.PROGRAM: self.listing,
            What.CHECK: self.check,
        }
        self._connect()

    def pages(self) -> tuple[Page, ...]:
        """Return the panels as pages of cards, the formula first."""
        return (
            Page(
                What.FORMULA.card,
                self.formula,
                has_picture=True,
                yield_corner=self.formula.yield_corner,
            ),
            Page(
                What.VALUES.card,
                self.values,
                self.values.tools,
                has_picture=True,
                set_alone=self.values.set_alone,
            ),
            Page(
                What.PROGRAM.card,
                self.listing,
                self.listing.tools,
                set_alone=self.listing.set_alone,
            ),
            Page(What.CHECK.card, self.check, set_alone=self.check.set_alone),
        )

    def commit(self) -> None:
        """Take what is typed in the panels, if anything is."""
        self.values.commit()

    def show_moment(self, moment: Moment) -> None:
        """Show what is known at a moment."""
        for view in self.views.values():
            view.show_moment(moment)

    def show_numerals(self, numerals: Numerals) -> None:
        """Show numbers like this from now on."""
        for view in self.views.values():
            view.show_numerals(numerals)

    def show_lit(self, name: str | None) -> None:
        """Light the quantity with this code name, or none."""
        for view in self.views.values():
            view.show_lit(name)

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        for view in self.views.values():
            view.set_theme(theme)

    def _connect(self) -> None:
        self.values.step_chosen.connect(self.step_chosen)
        self.values.digits_chosen.connect(self.digits_chosen)
        self.values.copied.connect(self.copied)
        self.listing.step_chosen.connect(self.step_chosen)
        self.listing.copied.connect(self._on_program_copied)
        self.check.article_requested.connect(self.article_requested)
        for view in self.views.values():
            view.quantity_pointed.connect(self.quantity_pointed)
            view.number_clicked.connect(self.number_clicked)

    def _on_program_copied(self, program: str) -> None:
        self.copied.emit(program, _("Copied the program"))
