"""The panels in which a moment is read: formula, values, program, check, and one's own numbers."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backprop_gui.export.contents import What
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.own_working import OwnWorking
from backprop_gui.paint.theme import Theme
from backprop_gui.system.texts import _
from backprop_gui.views.check_panel import CheckPanel
from backprop_gui.views.formula_view import FormulaView
from backprop_gui.views.listing_view import ListingView
from backprop_gui.views.values_table import ValuesTable
from backprop_gui.views.working_panel import WorkingPanel
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
        working_text_edited(str, str): the person typed a number of a working, by its code name.
        working_pasted(str, str): the person put a text into the line of this code name.
    """

    step_chosen = Signal(int)
    digits_chosen = Signal(int)
    quantity_pointed = Signal(object)
    number_clicked = Signal(str)
    copied = Signal(str, str)
    article_requested = Signal()
    working_text_edited = Signal(str, str)
    working_pasted = Signal(str, str)

    def __init__(self, moment: Moment, parent: QObject) -> None:
        super().__init__(parent)
        self.formula = FormulaView(moment)
        self.values = ValuesTable(moment)
        self.listing = ListingView(moment)
        self.check = CheckPanel(moment)
        self.working = WorkingPanel(moment)
        self.views: dict[What, MomentView] = {
            What.FORMULA: self.formula,
            What.VALUES: self.values,
            What.PROGRAM: self.listing,
            What.CHECK: self.check,
            What.WORKING: self.working,
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
            Page(
                What.WORKING.card,
                self.working,
                self.working.tools,
                set_alone=self.working.set_alone,
            ),
        )

    def commit(self) -> None:
        """Take what is typed in the panels, if anything is."""
        for panel in (self.values, self.working, self.formula):
            panel.commit()

    def typed_texts(self) -> dict[str, str]:
        """Return what is typed into a working and not taken yet, by code name."""
        return self.values.typed_texts | self.working.typed_texts

    def show_working(self, working: OwnWorking) -> None:
        """Show the person's own numbers."""
        self.values.show_working(working)
        self.working.show_working(working)

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
        self.working.step_chosen.connect(self.step_chosen)
        for own in (self.values, self.working):
            own.text_edited.connect(self.working_text_edited)
            own.pasted.connect(self.working_pasted)
        for view in self.views.values():
            view.quantity_pointed.connect(self.quantity_pointed)
            view.number_clicked.connect(self.number_clicked)

    def _on_program_copied(self, program: str) -> None:
        self.copied.emit(program, _("Copied the program"))
