"""The dialog that asks for several positions as slides, pages, pictures or an animation."""

from PySide6.QtWidgets import QWidget

from backprop_gui.dialogs.form import BACKGROUNDS, LETTERS, TEXTS, Form, look_of, whole
from backprop_gui.export import formats
from backprop_gui.export.orders import (
    LOOPS,
    SECONDS,
    OrderError,
    PictureOrder,
    Pixels,
    SlidesOrder,
)
from backprop_gui.export.pages import PER_PAGE, sheet_name
from backprop_gui.export.picture import What
from backprop_gui.lesson import numbers, positions
from backprop_gui.lesson.moment import Moment
from backprop_gui.system.texts import _
from backprop_gui.widgets import plain

_WHATS = {
    What.BOTH.value: _("Network and formula"),
    What.NETWORK.value: _("Network"),
    What.FORMULA.value: _("Formula of the step"),
    What.VALUES.value: _("Table of values"),
}
_SIZES = {
    ".gif": (Pixels(960, 540), Pixels(960, 720)),
    ".webp": (Pixels(960, 540), Pixels(960, 720)),
    ".apng": (Pixels(960, 540), Pixels(960, 720)),
    ".mp4": (Pixels(1280, 720), Pixels(960, 720)),
}
_SIZE = (Pixels(1920, 1080), Pixels(1440, 1080))
_SELECTED = "1,2,10,100,last"
_OTHER = ""


class SlidesDialog(Form):
    """Asks which positions, and as what."""

    def __init__(self, moment: Moment, digits: int, parent: QWidget) -> None:
        super().__init__(_("Export slides"), formats.SLIDES, parent)
        self._digits = digits
        self.range_choice = self.choice(_("&Positions"), {})
        self.positions_text = self.text(_("&List of positions"))
        self.what = self.choice(_("Pictures &of"), _WHATS)
        self.shape = self.choice(_("S&hape"), {"wide": "16:9", "narrow": "4:3"})
        self.per_page = self.choice(_("Pa&ges"), {str(n): sheet_name(n) for n in PER_PAGE})
        self.background = self.choice(_("&Background"), BACKGROUNDS)
        self.texts = self.choice(_("Te&xt"), TEXTS, "large")
        self.letters = self.choice(_("L&etters"), LETTERS)
        self.seconds = self.text(_("&Seconds for each"), "1")
        self.loops = self.text(_("&Times shown"), "0", _("0 repeats forever"))
        self.loops.setToolTip(_("0 repeats forever"))
        self.title = self.text(_("T&itle"), hint=_("none"))
        self._what_native = plain.label(
            _("You can edit the shapes and the chart; the notes have all values."), "remark"
        )
        self._what_native.setWordWrap(True)
        self.form.addRow("", self._what_native)
        self.range_choice.currentIndexChanged.connect(self._on_range_chosen)
        self.explain(
            {
                self.range_choice: _("The steps that become slides."),
                self.positions_text: _(
                    "Write iterations and steps, such as {all}, 10, last."
                ).format(all=moment.lesson.all_steps()),
                self.what: _("What each slide shows."),
                self.shape: _("The shape of the slides; older projectors have 4:3."),
                self.per_page: _("How many slides each page has."),
                self.background: _("The background of the slides."),
                self.texts: _("Large text can be read from the last row of a lecture hall."),
                self.letters: _("Text can be edited; outlines look the same everywhere."),
                self.seconds: _("How long the animation shows each picture."),
                self.loops: _("How many times the animation plays. 0 repeats it forever."),
                self.title: _("The heading above each slide."),
            }
        )
        self.prepare(moment, digits)

    def prepare(self, moment: Moment, digits: int) -> None:
        """Begin with the moment that is shown now."""
        self._digits = digits
        iteration, step = moment.position
        chosen = self.range_choice.currentIndex()
        self.range_choice.offer(
            {
                moment.lesson.all_steps(iteration): _("All steps of iteration {iteration}").format(
                    iteration=numbers.count(iteration)
                ),
                f"{iteration}:{step}": _("This step"),
                _SELECTED: _("Iterations 1, 2, 10, 100 and the last"),
                _OTHER: _("Others"),
            }
        )
        self.range_choice.setCurrentIndex(max(0, chosen))
        self._on_range_chosen()

    def order(self) -> SlidesOrder:
        """Return the order. Raises OrderError with a sentence that names the field."""
        text = self.positions_text.text()
        try:
            positions.parse(text)
        except positions.PositionsError as error:
            raise OrderError(_("List: {problem}").format(problem=error)) from error
        look = look_of(
            self.background.chosen,
            is_large=self.texts.chosen == "large",
            is_captioned=False,
            digits=self._digits,
            title=self.title.text(),
        )
        is_narrow = self.shape.chosen == "narrow"
        pixels = _SIZES.get(self.kind.suffix, _SIZE)[is_narrow]
        what = What(self.what.chosen)
        outlines = self.letters.chosen == "outlines"
        each = PictureOrder(what, look, pixels.logical, pixels.scale, pixels.exact, outlines)
        return SlidesOrder(
            each,
            text,
            self._seconds(),
            self._loops(),
            int(self.per_page.chosen or 1),
            is_offer=text == self.range_choice.chosen,
        )

    def _seconds(self) -> float:
        label, (least, most) = _("Seconds for each"), SECONDS
        try:
            seconds = numbers.parse(self.seconds.text())
        except numbers.NumberError as error:
            raise OrderError(f"{label}: {error}") from error
        if not least <= seconds <= most:
            sentence = _("{label}: must be from {least} to {most}")
            raise OrderError(sentence.format(label=label, least=least, most=round(most)))
        return seconds

    def _loops(self) -> int:
        return whole(self.loops.text(), _("Times shown"), LOOPS)

    def _on_range_chosen(self) -> None:
        if self.range_choice.chosen != _OTHER:
            self.positions_text.setText(self.range_choice.chosen)
        else:
            self.positions_text.setFocus()

    def _show(self) -> None:
        """Show the rows that matter for the format."""
        kind = self.kind
        is_native, is_moving = kind is formats.PPTX, kind in formats.ANIMATIONS
        is_vector = kind in (formats.SVG, formats.PDF)
        self.show_row(self.what, is_shown=not is_native)
        self.show_row(self._what_native, is_shown=is_native)
        self.show_row(self.per_page, is_shown=kind is formats.PDF)
        self.show_row(self.letters, is_shown=is_vector and kind is not formats.PDF)
        self.show_row(self.seconds, is_shown=is_moving)
        self.show_row(self.loops, is_shown=is_moving and kind is not formats.MP4)
        is_solid = kind in (formats.PPTX, formats.GIF, formats.MP4)
        names = ("light", "dark") if is_solid else tuple(BACKGROUNDS)
        if self.background.count() != len(names):
            self.background.offer({name: BACKGROUNDS[name] for name in names})
