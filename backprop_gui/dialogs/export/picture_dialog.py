"""The dialog that asks for a picture of the moment, and shows it meanwhile."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRect, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPixmap, QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QLabel, QWidget

from backprop_gui.dialogs.form import BACKGROUNDS, LETTERS, TEXTS, Form, look_of
from backprop_gui.export import contents, formats, render
from backprop_gui.export.contents import What
from backprop_gui.export.options import Plan
from backprop_gui.export.orders import (
    LEAST_SIDE,
    MOST_SIDE,
    OrderError,
    PictureOrder,
    Pixels,
    whole,
)
from backprop_gui.export.picture import Picture
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.system.texts import _
from backprop_gui.widgets import plain

Maker = Callable[[PictureOrder], Picture]

_SCALES = (1, 2, 3, 4)
_SLIDES = (Pixels(1920, 1080), Pixels(3840, 2160), Pixels(1440, 1080), Pixels(2880, 2160))
_SCALE, _WIDTH = "2", "width"
_PREVIEW = QSize(560, 350)
_LEAST_PREVIEW = 240
_FRAME = QSize(2, 2)  # around the preview
_DESKTOP_FRAME = 16  # pixels that a desktop may put around a dialog


class PictureDialog(Form):
    """Asks what a picture shows and how it looks; `maker` makes the picture of an order.

    `sizes` has the size on the screen of all that can be shown.

    Signals:
        copy_asked(PictureOrder): the picture is wanted on the clipboard.
    """

    copy_asked = Signal(object)

    def __init__(
        self, maker: Maker, sizes: Mapping[What, QSizeF], numerals: Numerals, parent: QWidget
    ) -> None:
        super().__init__(_("Export picture"), formats.PICTURES, parent)
        self._maker = maker
        self._sizes = sizes
        self._numerals = numerals
        whats = {what.word: what.title for what in contents.PICTURES}
        self.what = self.choice(_("&Picture of"), whats)
        self.size_choice = self.choice(_("&Size"), self._size_names(), _SCALE)
        self.width_text = self.number(_("&Width in pixels"), "1600")
        self.background = self.choice(_("&Background"), BACKGROUNDS)
        self.texts = self.choice(_("Te&xt"), TEXTS)
        self.letters = self.choice(_("&Letters"), LETTERS)
        self.title = self.text(_("T&itle"), hint=_("none"))
        self.caption = QCheckBox(_("Print the &restore line below the picture"))
        self.caption.toggled.connect(self.changed)
        self.add("", self.caption)
        self.options = {
            "theme": self.background,
            "large": self.texts,
            "texts": self.letters,
            "title": self.title,
            "caption": self.caption,
        }
        self._sides = plain.label()
        self.add(_("Pixels"), self._sides)
        self._preview_size = _PREVIEW
        self._preview = self._made_preview()
        self.row.addWidget(self._preview)
        self.copy_button = self.buttons.addButton(
            _("&Copy"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.copy_button.clicked.connect(lambda: self._give(self.copy_asked.emit))
        self.kinds.currentIndexChanged.connect(self._on_kind_changed)
        self.explain(
            {
                self.what: _("What the picture shows; the preview follows."),
                self.size_choice: _("The size in pixels; choose a slide's size to fill a slide."),
                self.width_text: _("The width in pixels. Backprop chooses the height to fit."),
                self.background: _("The colour behind the picture; transparent shows the slide."),
                self.texts: _("Large text can be read from the last row of a lecture hall."),
                self.letters: _("Text can be edited; outlines look the same everywhere."),
                self.title: _("The heading above the picture."),
                self.caption: _("Backprop restores the picture's experiment from this line."),
                self.copy_button: _("Copies the picture to the clipboard instead of a file."),
            }
        )

    def _made_preview(self) -> QLabel:
        made = plain.label(style="preview")
        made.setAccessibleName(_("Preview"))
        made.setWhatsThis(_("The picture as Backprop will export it."))
        made.setFixedSize(_PREVIEW + _FRAME)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return made

    def prepare(self, sizes: Mapping[What, QSizeF], numerals: Numerals) -> None:
        """Begin with the screen as it is now."""
        self._sizes, self._numerals = sizes, numerals

    def showEvent(self, event: QShowEvent) -> None:
        """Leave the preview the width that the screen has beside the rows."""
        rows = self.sizeHint().width() - self._preview.width()
        room = self.screen().availableSize().width() - _DESKTOP_FRAME - rows
        width = max(_LEAST_PREVIEW, min(room, _PREVIEW.width()))
        self._preview_size = _PREVIEW.scaled(
            QSize(width, _PREVIEW.height()), Qt.AspectRatioMode.KeepAspectRatio
        )
        self._preview.setFixedSize(self._preview_size + _FRAME)
        super().showEvent(event)

    def order(self) -> PictureOrder:
        """Return the order. Raises OrderError where the width is no width."""
        what = self._shown
        look = look_of(
            self.background.chosen,
            is_large=self.texts.chosen == "large",
            is_captioned=self.caption.isChecked(),
            digits=self._numerals.digits,
            title=self.title.text(),
        )
        size, scale, pixels = self._measured(self._sizes[what])
        outlines = self.letters.chosen == "outlines"
        return PictureOrder(what, look, size, scale, pixels, outlines)

    def _size_names(self) -> dict[str, str]:
        """Return the sizes that differ: a vector has no pixels, so that each shape is one."""
        sizes = _sizes(is_window=self._shown is What.WINDOW)
        if not self.kind.is_vector:
            return {name: text for name, (_shape, text) in sizes.items()}
        names: dict[str, str] = {}
        for name, (shape, _text) in sizes.items():
            if shape not in names or name == self.size_choice.chosen:
                names[shape] = name
        return {name: shape for shape, name in names.items()}

    @property
    def _shown(self) -> What:
        return contents.named(self.what.chosen)

    def plan(self) -> Plan:
        """Return what is asked for."""
        return Plan(self.kind, self._shown, is_one=True)

    def _measured(self, size: QSizeF) -> tuple[QSizeF, float, QSize | None]:
        """The logical size, the scale, and the pixels where they are given."""
        chosen = self.size_choice.chosen
        if chosen in map(str, _SCALES):
            return size, float(chosen), None
        if chosen == _WIDTH:
            label = _("Width in pixels")
            width = whole(
                self.width_text.text(), label, range(LEAST_SIDE, MOST_SIDE + 1), self._numerals
            )
            pixels = Pixels(width, max(1, round(width * size.height() / size.width()))).checked(
                numerals=self._numerals
            )
            return size, width / size.width(), pixels.exact
        slide = _SLIDES[int(chosen.removeprefix("slide"))]
        return slide.logical, slide.scale, slide.exact

    def _on_kind_changed(self) -> None:
        self.letters.choose(self.kind.letters)

    def _show(self) -> None:
        """Show the rows that matter, the size, and the picture."""
        super()._show()
        is_vector = self.kind.is_vector
        self.size_choice.offer(self._size_names())
        self.show_row(self.width_text, is_shown=not is_vector and self.size_choice.chosen == _WIDTH)
        try:
            order = self.order()
        except OrderError:
            return
        sides = order.pixels or (order.size * order.scale).toSize()
        if is_vector:
            sides = order.size.toSize()
        text = _("{w} × {h}") if not is_vector else _("{w} × {h}, sharp at any size")
        self._sides.setText(text.format(w=sides.width(), h=sides.height()))
        self._preview.setAccessibleDescription(f"{self.what.currentText()}, {self._sides.text()}")
        self._preview.setPixmap(QPixmap.fromImage(self._previewed(order)))

    def _previewed(self, order: PictureOrder) -> QImage:
        picture = self._maker(order)
        size, ratio = picture.size, self.devicePixelRatioF()
        room = self._preview_size
        share = min(room.width() / size.width(), room.height() / size.height())
        made = render.image(picture, share * ratio, order.ground)
        made.setDevicePixelRatio(ratio)
        if order.ground:
            return made
        board = QImage(made.size(), QImage.Format.Format_RGB32)
        board.setDevicePixelRatio(ratio)
        ground, square = order.look.theme.board
        board.fill(QColor(ground))
        painter = QPainter(board)
        squares = QBrush(QColor(square), Qt.BrushStyle.Dense4Pattern)
        painter.fillRect(QRect(0, 0, board.width(), board.height()), squares)
        painter.drawImage(0, 0, made)
        painter.end()
        return board


def _sizes(*, is_window: bool) -> dict[str, tuple[str, str]]:
    """Return the shape and the text of each size that can be chosen; a window has its own shape."""
    screen = _("As on the screen")
    sizes = {str(n): (screen, _("As on the screen, {n}×").format(n=n)) for n in _SCALES}
    if is_window:
        return sizes
    for place, (width, height) in enumerate(_SLIDES):
        shape = "16:9" if width * 9 == height * 16 else "4:3"
        text = _("Slide {shape}, {w} × {h}").format(shape=shape, w=width, h=height)
        sizes[f"slide{place}"] = _("Slide {shape}").format(shape=shape), text
    return sizes | {_WIDTH: (screen, _("By width"))}
