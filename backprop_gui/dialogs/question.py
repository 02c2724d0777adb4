"""A question in a box, with answers in our own words."""

from collections.abc import Mapping

from PySide6.QtWidgets import QMessageBox, QWidget

from backprop_gui.system.texts import _
from backprop_gui.widgets.plain import message_box

_Role = QMessageBox.ButtonRole
CANCEL = "cancel"


def ask(
    parent: QWidget,
    title: str,
    question: str,
    answers: Mapping[str, str],
    detail: str = "",
    *,
    is_cancel_usual: bool = False,
) -> str:
    """Return the name of the answer that the person gave, or CANCEL.

    `answers` has what the buttons say, by name, the usual answer first, unless that cancels.
    """
    box = message_box(parent, title, question, detail)
    buttons = {
        box.addButton(text, _Role.DestructiveRole if number else _Role.AcceptRole): name
        for number, (name, text) in enumerate(answers.items())
    }
    cancel = box.addButton(_("Cancel"), _Role.RejectRole)
    box.setDefaultButton(cancel if is_cancel_usual else next(iter(buttons)))
    box.setEscapeButton(cancel)
    box.exec()
    box.deleteLater()
    return next((name for button, name in buttons.items() if button is box.clickedButton()), CANCEL)
