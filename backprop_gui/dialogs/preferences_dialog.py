"""The dialog with the person's preferences; each is taken at once."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.dialogs.form import Choice
from backprop_gui.lesson import numbers
from backprop_gui.storage.settings import THEMES
from backprop_gui.system.texts import _
from backprop_gui.widgets import plain

_TEXTS = {100: _("Same as desktop"), 120: _("Larger (120 %)"), 150: _("Large (150 %)")}
_SIGNS = {numbers.POINT: _("Point: 0.5"), numbers.COMMA: _("Comma: 0,5")}
_OPENING = {False: _("In the window that is open"), True: _("In a new window")}


@dataclass(frozen=True, slots=True)
class Preferences:
    """What can be preferred; the fields are those of the settings."""

    theme: str
    text_percent: int
    digits: int
    decimal_sign: str
    is_moving: bool
    opens_new_windows: bool
    is_welcome_wanted: bool


class PreferencesDialog(QDialog):
    """Asks for the preferences.

    Signals:
        chosen(Preferences): the person chose, by any of the rows.
    """

    chosen = Signal(object)

    def __init__(self, now: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Preferences"))
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(8)
        self._add_rows(now)
        buttons = QDialogButtonBox()
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setWhatsThis(_("Closes the preferences. Each change takes effect at once."))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(14)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)  # as large as its rows
        layout.addLayout(self._form)
        layout.addWidget(buttons)

    def _add_rows(self, now: Preferences) -> None:
        self.theme = self._choice(
            _("&Theme"),
            {name: text.replace("&", "") for name, text in THEMES.items()},
            now.theme,
            _("The colours of the window. The system may choose them."),
        )
        self.text = self._choice(
            _("&Size of text"),
            {str(percent): text for percent, text in _TEXTS.items()},
            str(now.text_percent),
            _("The size of the text in the window, compared with your desktop's text."),
        )
        self.digits = self._choice(
            _("&Digits"),
            {str(n): _("{n} significant digits").format(n=n) for n in numbers.DIGITS_RANGE},
            str(now.digits),
            _(
                "How many significant digits the numbers have; fewer where the drawing has no room "
                "for them. Calculations always use full double precision."
            ),
        )
        self.sign = self._choice(
            _("Decimal si&gn"),
            _SIGNS,
            now.decimal_sign,
            _("The decimal sign on the screen and in rows that you copy. Files have the point."),
        )
        self.opening = self._choice(
            _("&Open files"),
            {str(is_new): text for is_new, text in _OPENING.items()},
            str(now.opens_new_windows),
            _("Where a file opens when you double-click it and a window is already open."),
        )
        self.motion = self._check(
            _("&Animate steps"),
            now.is_moving,
            _("Numbers move along the network at each step."),
        )
        self.welcome = self._check(
            _("Show the &welcome again at the next start"),
            now.is_welcome_wanted,
            _("A small window with three things to try."),
        )

    def preferences(self) -> Preferences:
        """Return what is chosen."""
        return Preferences(
            theme=self.theme.chosen,
            text_percent=int(self.text.chosen),
            digits=int(self.digits.chosen),
            decimal_sign=self.sign.chosen,
            is_moving=self.motion.isChecked(),
            opens_new_windows=self.opening.chosen == str(True),
            is_welcome_wanted=self.welcome.isChecked(),
        )

    def _choice(self, label: str, choices: dict[str, str], chosen: str, hint: str) -> Choice:
        made = Choice(choices, label.replace("&", ""))
        made.choose(chosen)
        made.currentIndexChanged.connect(self._on_chosen)
        name = plain.label(label)
        name.setBuddy(made)
        for part in (name, made):
            _explain(part, hint)
        self._form.addRow(name, made)
        return made

    def _check(self, label: str, is_checked: bool, hint: str) -> QCheckBox:
        made = QCheckBox(label)
        made.setAccessibleName(label.replace("&", ""))
        made.setChecked(is_checked)
        made.toggled.connect(self._on_chosen)
        _explain(made, hint)
        self._form.addRow("", made)
        return made

    def _on_chosen(self) -> None:
        self.chosen.emit(self.preferences())


def _explain(control: QWidget, hint: str) -> None:
    control.setToolTip(hint)
    control.setWhatsThis(hint)
