"""What a person can ask to be exported, in the window and on the command line."""

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QSize, QSizeF

from backprop_gui.core.network import Method
from backprop_gui.export import formats
from backprop_gui.export.contents import What
from backprop_gui.export.formats import Format
from backprop_gui.export.paper import A4, PaperSheet
from backprop_gui.export.picture import Look
from backprop_gui.lesson import numbers
from backprop_gui.lesson.dialect import PROGRAMS, Dialect
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.system.texts import _

LONGEST_TITLE = 500  # letters
LEAST_SIDE, MOST_SIDE, MOST_PIXELS = 16, 20_000, 80_000_000
_USUAL = QSizeF(960, 540)  # logical pixels: smaller, a picture's texts would be crowded


class OrderError(ValueError):
    """An order that cannot be carried out; its text is a sentence for a person."""


class Pixels(NamedTuple):
    """The size of a picture in pixels. Raises OrderError where it is beyond what is sensible."""

    width: int
    height: int

    def checked(self, kind: Format | None = None, numerals: Numerals = FILES) -> "Pixels":
        """Return this size. Raises OrderError where it is too small or too large for the format."""
        most = (kind and kind.most_side) or MOST_SIDE
        for side in self:
            if not LEAST_SIDE <= side <= most:
                sentence = _("each side must be from {least} to {most} pixels, not {side}")
                raise OrderError(
                    sentence.format(
                        side=numerals.count(side), least=LEAST_SIDE, most=numerals.count(most)
                    )
                )
        if self.width * self.height > MOST_PIXELS:
            sentence = _("{width} × {height} pixels are more than {most} million")
            most = MOST_PIXELS // 1_000_000
            width, height = map(numerals.count, self)
            raise OrderError(sentence.format(width=width, height=height, most=most))
        return self

    @property
    def scale(self) -> float:
        """Pixels for each logical pixel, such that there is room for a usual picture."""
        return min(self.width / _USUAL.width(), self.height / _USUAL.height())

    def is_as_good_as(self, other: "Pixels", kind: Format, what: What) -> bool:
        """Say whether a format makes the same file of both sizes: vectors have but a shape.

        Slides, as which runs are compared in any format, have but two.
        """
        if kind is formats.PPTX or what is What.COMPARE:
            return is_wide(self.logical) == is_wide(other.logical)
        return kind.is_vector and self.logical == other.logical

    @property
    def exact(self) -> QSize:
        """The size as Qt has it."""
        return QSize(self.width, self.height)

    @property
    def logical(self) -> QSizeF:
        """The size in logical pixels."""
        return QSizeF(self.width / self.scale, self.height / self.scale)


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """A picture of one moment.

    `size` is in logical pixels and `scale` is pixels for each of them, which SVG and PDF do
    without. `pixels` is the exact size where it matters, else it follows.
    """

    what: What
    look: Look
    size: QSizeF
    scale: float
    pixels: QSize | None = None
    has_outlines: bool = False

    @property
    def ground(self) -> str | None:
        """The colour behind the picture, or None."""
        return None if self.look.is_transparent else self.look.theme.ground


@dataclass(frozen=True, slots=True)
class SlidesOrder:
    """Pictures of several positions, which `positions` names.

    `is_offer` says that no person wrote them, so they go as far as the run does. `seconds` is for
    each picture of an animation, which is shown `loops` times (0: without end);
    `per_page` is for PDF, where more than one are on a `sheet`, with lines to write on or without.
    """

    picture: PictureOrder
    positions: str
    seconds: float = 1.0
    loops: int = 0
    per_page: int = 1
    is_offer: bool = False
    sheet: PaperSheet = A4
    has_lines: bool = False


@dataclass(frozen=True, slots=True)
class ExampleOrder:
    """A whole iteration worked out, in full or with gaps.

    `has_yours` adds the person's own numbers beside ours. The run is computed by `method` from
    its start where there is one.
    """

    iteration: str
    digits: int
    is_blanked: bool = False
    title: str = ""
    sheet: PaperSheet = A4
    has_yours: bool = False
    method: Method | None = None


@dataclass(frozen=True, slots=True)
class DataOrder:
    """The iterations of a run up to `until`: every `stride`-th of them. None is up to its end.

    `dialect` is how the cells of a table are written.
    """

    stride: int = 1
    until: int | None = None
    dialect: Dialect = PROGRAMS


@dataclass(frozen=True, slots=True)
class RunsOrder:
    """The list of runs, with so many digits where it is a text, and such cells in a table."""

    digits: int = numbers.DIGITS
    dialect: Dialect = PROGRAMS


@dataclass(frozen=True, slots=True)
class ComparisonOrder:
    """Slides that compare the runs that are shown; `size` is in logical pixels, for its shape."""

    look: Look
    size: QSizeF


Order = PictureOrder | SlidesOrder | ExampleOrder | DataOrder | RunsOrder | ComparisonOrder


def is_wide(size: QSizeF) -> bool:
    """Say whether slides of this size are 16:9, and not 4:3."""
    return size.width() / size.height() > 1.5


def whole(text: str, label: str, range_: range, numerals: Numerals = FILES) -> int:
    """Return the whole number that a field or an option has. Raises OrderError, which names it."""
    try:
        number = numbers.parse_whole(text, numerals.decimal_sign)
    except numbers.NumberError as error:
        raise OrderError(f"{label}: {error}") from error
    if number not in range_:
        sentence = _("{label}: must be from {least} to {most}, not {n}")
        least, most = range_.start, numerals.count(range_.stop - 1)
        raise OrderError(
            sentence.format(label=label, least=least, most=most, n=numerals.count(number))
        )
    return number


def seconds(text: str, label: str, numerals: Numerals = FILES) -> float:
    """Return how long an animation shows a position. Raises OrderError, which names the field."""
    least, most = formats.SECONDS
    try:
        number = numbers.parse(text, numerals.decimal_sign)
    except numbers.NumberError as error:
        raise OrderError(f"{label}: {error}") from error
    if not least <= number <= most:
        sentence = _("{label}: must be from {least} to {most}, not {text}")
        given = numbers.quoted(text).replace("-", numbers.MINUS)
        raise OrderError(sentence.format(label=label, least=least, most=round(most), text=given))
    return number
