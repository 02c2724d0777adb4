"""The dialog that asks for several positions as slides, pages, pictures or an animation."""

from functools import lru_cache

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QWidget

from backprop_gui.dialogs.export.sheet_rows import AS_IT_READS_BEST, SheetRows
from backprop_gui.dialogs.form import BACKGROUNDS, LETTERS, TEXTS, Form, look_of
from backprop_gui.export import contents, formats
from backprop_gui.export.contents import What
from backprop_gui.export.formats import LOOPS, PER_PAGE, Can
from backprop_gui.export.options import Plan, is_useful
from backprop_gui.export.orders import (
    ComparisonOrder,
    OrderError,
    PictureOrder,
    Pixels,
    SlidesOrder,
    seconds,
    whole,
)
from backprop_gui.export.pages import most_on_page, remark_on, sheet_name
from backprop_gui.export.paper import PaperSheet
from backprop_gui.export.picture import Look
from backprop_gui.lesson import positions
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.paint.theme import interface_font
from backprop_gui.system.texts import _
from backprop_gui.widgets import plain

_SELECTED = "1,2,10,100,last"
_OTHER = ""
_LINES = {"": _("None"), "lines": _("Beside or below each slide")}


class SlidesDialog(Form):
    """Asks which positions, and as what."""

    def __init__(self, moment: Moment, numerals: Numerals, parent: QWidget) -> None:
        super().__init__(_("Export slides"), formats.SLIDES, parent)
        self._numerals = numerals
        self.range_choice = self.choice(_("&Positions"), {})
        self.positions_text = self.text(_("&List of positions"))
        whats = {what.word: what.title for what in contents.SLIDES}
        self.what = self.choice(_("Pictures &of"), whats)
        self.shape = self.choice(_("S&hape"), {"wide": "16:9", "narrow": "4:3"})
        self.per_page = self.choice(_("Pa&ges"), {str(n): sheet_name(n) for n in PER_PAGE})
        self.held = plain.label(style="remark")
        self.held.setWordWrap(True)
        self.form.addRow("", self.held)
        self._sheet = SheetRows(self, AS_IT_READS_BEST)
        self.lines = self.choice(_("Lines to &write on"), _LINES)
        self.background = self.choice(_("&Background"), BACKGROUNDS)
        self.texts = self.choice(_("Te&xt"), TEXTS, "large")
        self.letters = self.choice(_("L&etters"), LETTERS)
        self.seconds = self.number(_("&Seconds for each"), "1")
        self.loops = self.number(_("Number of pla&ys"), "0", _("0 repeats forever"))
        self.loops.setToolTip(_("0 repeats forever"))
        self.title = self.text(_("T&itle"), hint=_("none"))
        self._what_native = plain.label(
            _("You can edit the shapes and the chart; the notes have all values."), "remark"
        )
        self._what_native.setWordWrap(True)
        self.form.addRow("", self._what_native)
        self.options = {
            "what": self.what,
            "per-page": self.per_page,
            "lines": self.lines,
            **self._sheet.options,
            "large": self.texts,
            "texts": self.letters,
            "seconds": self.seconds,
            "loops": self.loops,
        }
        self.range_choice.currentIndexChanged.connect(self._on_range_chosen)
        self._explain_rows(moment)
        self.prepare(moment, numerals)

    def _explain_rows(self, moment: Moment) -> None:
        self.explain(
            {
                self.range_choice: _("The steps that become slides."),
                self.positions_text: _(
                    "Write iterations and steps, such as {all}, 10, last."
                ).format(all=moment.lesson.all_steps()),
                self.what: _("What each slide shows."),
                self.shape: _("The shape of the slides; older projectors have 4:3."),
                self.per_page: _(
                    "How many slides each page has. A handout has fewer where they could not be "
                    "read: no text is smaller than 9 points."
                ),
                self.lines: _("Lines for handwriting, 18 points apart."),
                self.background: _("The background of the slides."),
                self.texts: _("Large text can be read from the last row of a lecture hall."),
                self.letters: _("Text can be edited; outlines look the same everywhere."),
                self.seconds: _("How long the animation shows each picture."),
                self.loops: _("How many times the animation plays. 0 repeats it forever."),
                self.title: _(
                    "The heading of each picture. PowerPoint slides have it on a slide of its own "
                    "and in the footer, a handout at the foot of each page."
                ),
            }
        )

    def prepare(self, moment: Moment, numerals: Numerals, *, has_runs: bool = False) -> None:
        """Begin with the moment that is shown now, and with kept runs to compare, or none."""
        self._has_runs = has_runs
        self._moment = moment
        self._numerals = numerals
        iteration, step = moment.position
        chosen = self.range_choice.currentIndex()
        self.range_choice.offer(
            {
                moment.lesson.all_steps(iteration): _("All steps of iteration {iteration}").format(
                    iteration=numerals.count(iteration)
                ),
                f"{iteration}:{step}": _("This step"),
                _SELECTED: _("Iterations 1, 2, 10, 100 and the last"),
                _OTHER: _("Others"),
            }
        )
        self.range_choice.setCurrentIndex(max(0, chosen))
        self._on_range_chosen()

    def order(self) -> SlidesOrder | ComparisonOrder:
        """Return the order. Raises OrderError with a sentence that names the field."""
        if self._shown is What.COMPARE:
            return ComparisonOrder(self._look(), self._pixels().logical)
        text = self.positions_text.text()
        try:
            positions.parse(text, self._numerals)
        except positions.PositionsError as error:
            raise OrderError(_("List: {problem}").format(problem=error)) from error
        pixels, outlines = self._pixels(), self.letters.chosen == "outlines"
        each = PictureOrder(
            self._shown, self._look(), pixels.logical, pixels.scale, pixels.exact, outlines
        )
        return SlidesOrder(
            each,
            text,
            seconds(self.seconds.text(), _("Seconds for each"), self._numerals)
            if self._has("seconds")
            else 1.0,
            whole(self.loops.text(), _("Number of plays"), LOOPS, self._numerals)
            if self._has("loops")
            else 0,
            self._per_page,
            is_offer=text == self.range_choice.chosen,
            sheet=self._sheet.sheet,
            has_lines=self._has_lines,
        )

    def _look(self) -> Look:
        return look_of(
            self.background.chosen,
            is_large=self.texts.chosen == "large",
            is_captioned=False,
            digits=self._numerals.digits,
            title=self.title.text(),
        )

    def _pixels(self) -> Pixels:
        kind = self.kind
        return Pixels(*(kind.narrow if self.shape.chosen == "narrow" else kind.wide))

    @property
    def _shown(self) -> What:
        return contents.named(self.what.chosen)

    def plan(self) -> Plan:
        """Return what is asked for."""
        try:
            spans = positions.parse(self.positions_text.text())
        except positions.PositionsError:
            spans = ()
        ends = [(span.until, span.end) for span in spans]
        is_one = [(span.first, span.step) for span in spans] == ends and len(spans) == 1
        is_one = is_one and Can.PER_PAGE not in self.kind.can
        return Plan(self.kind, self._shown, is_one, is_handout=self._per_page > 1)

    @property
    def _per_page(self) -> int:
        has_sheets = Can.PER_PAGE in self.kind.can & self._shown.can
        return int(self.per_page.chosen or 1) if has_sheets else 1

    @property
    def _has_lines(self) -> bool:
        return self._has("lines") and bool(self.lines.chosen)

    def _has(self, option: str) -> bool:
        return is_useful(option, self.plan())

    def _show_held(self) -> None:
        """Say how many the paper holds, where more are asked for."""
        held = most = self._per_page
        if most > 1:
            digits, sheet = self._numerals.digits, self._sheet.sheet
            held = _held(self._moment, self._shown, digits, most, sheet, has_lines=self._has_lines)
        self.held.setText(remark_on(held))
        self.show_row(self.held, is_shown=held < most)

    def _on_range_chosen(self) -> None:
        if self.range_choice.chosen != _OTHER:
            self.positions_text.setText(self.range_choice.chosen)
        else:
            self.positions_text.setFocus()

    def _show(self) -> None:
        """Show the rows that matter for the format."""
        is_native = self.kind is formats.PPTX
        whats = contents.NATIVE if is_native else contents.SLIDES
        if Can.COMPARED in self.kind.can and self._has_runs:
            whats = *whats, What.COMPARE
        self.what.offer({what.word: what.title for what in whats})
        super()._show()
        self.show_row(self._what_native, is_shown=is_native)
        has_positions = self._has("positions")
        for row in (self.range_choice, self.positions_text):
            self.show_row(row, is_shown=has_positions)
        self._show_held()
        self.show_row(self.shape, is_shown=self._per_page == 1)
        can_be_clear = self._has("transparent")
        names = tuple(BACKGROUNDS) if can_be_clear else ("light", "dark")
        self.background.offer({name: BACKGROUNDS[name] for name in names})


@lru_cache(maxsize=64)
def _held(
    moment: Moment, what: What, digits: int, most: int, sheet: PaperSheet, *, has_lines: bool
) -> int:
    """Return how many a page holds, of at most so many."""
    each = PictureOrder(what, Look(digits=digits), QSizeF(), 1.0)
    order = SlidesOrder(each, "", per_page=most, sheet=sheet, has_lines=has_lines)
    return most_on_page(moment, order, interface_font())
