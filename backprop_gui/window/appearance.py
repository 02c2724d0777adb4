"""How the window looks and moves, as the person has chosen: one owner of these choices."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from backprop_gui.lesson.numbers import Numerals
from backprop_gui.paint.theme import DARK, LIGHT, SMALL_POINTS, Theme, interface_font
from backprop_gui.storage.settings import THEMES, Settings
from backprop_gui.system.texts import _
from backprop_gui.window.gate import Gate
from backprop_gui.window.menus import fill_with_choices


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person can choose; the fields are those of `Settings`."""

    theme: str
    digits: int
    text_percent: int
    decimal_sign: str
    is_moving: bool

    @property
    def numerals(self) -> Numerals:
        """How numbers look."""
        return Numerals(self.digits, self.decimal_sign)

    @staticmethod
    def of(settings: Settings) -> "Choices":
        """Return the choices that are remembered."""
        return Choices(
            settings.theme,
            settings.digits,
            settings.text_percent,
            settings.decimal_sign,
            settings.is_moving,
        )


class Appearance(QObject):
    """The choices, and what follows from them for the application.

    Signals:
        theme_changed(Theme): paint in other colours.
        numerals_changed(Numerals): numbers look otherwise.
        text_changed(float): text is so many times as large as the desktop's.
        motion_changed(bool): steps move, or do not.
        chosen(): the person has chosen, and all of it has taken effect.
    """

    theme_changed = Signal(object)
    numerals_changed = Signal(object)
    text_changed = Signal(float)
    motion_changed = Signal(bool)
    chosen = Signal()

    def __init__(self, choices: Choices, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._choices = choices
        self._sheets: tuple[str, ...] = ()
        self._enlarged: float | None = None
        self.theme: Theme = LIGHT
        self.font: QFont = interface_font()
        if choices.text_percent != 100:
            self._scale_text()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply_theme)

    @property
    def choices(self) -> Choices:
        """What the person has chosen."""
        return self._choices

    @property
    def text_scale(self) -> float:
        """How many times as large as the desktop's text is."""
        return self._enlarged or self._choices.text_percent / 100

    def choose(self, choices: Choices) -> None:
        """Look like this from now on."""
        before, self._choices = self._choices, choices
        if choices.text_percent != before.text_percent:
            self._scale_text()
            self.text_changed.emit(self.text_scale)
        if choices.theme != before.theme or choices.text_percent != before.text_percent:
            self._apply_theme()
        if choices.numerals != before.numerals:
            self.numerals_changed.emit(choices.numerals)
        if choices.is_moving != before.is_moving:
            self.motion_changed.emit(choices.is_moving)
        self.chosen.emit()

    def enlarge(self, points: float | None) -> None:
        """Write nothing smaller than so many points; None is as the person has chosen."""
        smallest = min(SMALL_POINTS, interface_font().pointSizeF())
        self._enlarged = points / smallest if points else None
        self._scale_text()
        self.text_changed.emit(self.text_scale)
        self._apply_theme()

    def apply(self, *sheets: str) -> None:
        """Take the colours on, with these style sheets."""
        self._sheets = sheets
        self._apply_theme()

    def fill_menu(self, view: QMenu, gate: Gate) -> None:
        """Add the themes to the View menu."""
        self._themes = fill_with_choices(
            view.addMenu(_("&Theme")), gate, THEMES, self._on_theme_chosen
        )

    def reduce_motion(self) -> None:
        """Do as the desktop asks, for this time; what the person has chosen is remembered."""
        self.motion_changed.emit(False)

    def choose_motion(self, is_wanted: bool) -> None:
        """Animate the steps from now on, or not."""
        # What is shown may differ from what was chosen: see `reduce_motion`.
        self._choices = replace(self._choices, is_moving=is_wanted)
        self.motion_changed.emit(is_wanted)
        self.chosen.emit()

    def _on_theme_chosen(self, theme: str) -> None:
        self.choose(replace(self._choices, theme=theme))

    def _scale_text(self) -> None:
        self.font = interface_font()
        self.font.setPointSizeF(self.font.pointSizeF() * self.text_scale)
        QApplication.setFont(self.font)

    def _apply_theme(self) -> None:
        is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        by_choice = {"light": LIGHT, "dark": DARK}
        self.theme = by_choice.get(self._choices.theme, DARK if is_dark else LIGHT)
        self._themes[self._choices.theme].setChecked(True)
        QApplication.setPalette(self.theme.palette())
        self._window.setStyleSheet(self.theme.style_sheet(*self._sheets, scale=self.text_scale))
        self.theme_changed.emit(self.theme)
