"""Opens everything in a language that does not exist, and lists the texts that are not in it.

Run by test_texts.py in a process of its own: texts are translated when they are imported.
"""

import argparse
import gettext
import re
import sys
from collections.abc import Iterator
from pathlib import Path

OPENING, CLOSING = "⟦", "⟧"

# Names, notation and code, which are the same in every language.
SAME = re.compile(
    r"Backprop|backprop[-_ ]?gui|Python|Qt|PySide6|pyqtgraph|PowerPoint|Markdown|LaTeX|CSV|JSON"
    r"|Ctrl|Shift|Alt|Esc|Enter|Space|Home|End|PgUp|PgDown|PgDn|Left|Right|F\d+"
    r"|\b[a-z]+_[a-z_0-9]+\b|net.?[ho]|out.?[ho]|∂?(net|out)[ₕₒ]?|\bE\b|\bw[₁₂12]?\b|\b[iteRhoσ]\b"
    r"|\d+e[+-−]?\d+|×|\.[a-z0-9]{2,8}\b|\binf\b",
)


class PseudoLanguage(gettext.NullTranslations):
    """Puts every text that goes through gettext into brackets."""

    def gettext(self, message: str) -> str:
        return f"{OPENING}{message}{CLOSING}"

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return f"{OPENING}{singular if n == 1 else plural}{CLOSING}"


gettext.translation = lambda *_words, **_options: PseudoLanguage()  # type: ignore[assignment]

from PySide6.QtGui import QAction  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QTableWidget,
    QTextEdit,
    QWidget,
)

from backprop_gui.cli.main import _parser  # noqa: E402
from backprop_gui.core.network import Setup  # noqa: E402
from backprop_gui.dialogs.failure_dialog import FailureDialog  # noqa: E402
from backprop_gui.drawing.network import draw  # noqa: E402
from backprop_gui.lesson.article import ARTICLE  # noqa: E402
from backprop_gui.lesson.samples import SAMPLES  # noqa: E402
from backprop_gui.storage.settings import Settings  # noqa: E402
from backprop_gui.window.main_window import MainWindow  # noqa: E402
from tests.dialogs_of import openings  # noqa: E402


def outside(text: str) -> str:
    """Return the letters of a text that are in no brackets and are not the same everywhere."""
    depth, left = 0, []
    for character in re.sub(r"<style.*?</style>|<[^>]*>|&[a-z]+;", " ", text, flags=re.DOTALL):
        depth += (character == OPENING) - (character == CLOSING)
        if depth == 0 and character != CLOSING:
            left.append(character)
    rest = SAME.sub(" ", "".join(left).replace("&", ""))
    return rest if re.search(r"[A-Za-z]{2,}", rest) else ""


def texts(parent: QWidget) -> Iterator[str]:
    """Yield every text of a window that a person reads or hears."""
    for widget in (parent, *parent.findChildren(QWidget)):
        if widget.objectName().startswith("qt_"):
            continue
        yield from (widget.toolTip(), widget.whatsThis(), widget.accessibleName())
        yield widget.accessibleDescription()
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QMenu | QGroupBox):
            yield widget.title()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        if isinstance(widget, QTextEdit):
            yield from set(widget.toPlainText().split("\n")) - set(ARTICLE.quantities)
        if isinstance(widget, QTableWidget):
            yield from _cells(widget)
        if isinstance(widget, QDialog):
            yield widget.windowTitle()
    for action in parent.findChildren(QAction):
        if type(action.parent()).__module__.split(".")[0] != "pyqtgraph":  # never shown
            yield action.text()


def _cells(table: QTableWidget) -> Iterator[str]:
    for column in range(table.columnCount()):
        heading = table.horizontalHeaderItem(column)
        yield heading.text() if heading else ""
        if table.accessibleName() == f"{OPENING}Program{CLOSING}":
            continue  # code
        for row in range(table.rowCount()):
            item = table.item(row, column)
            yield from (item.text(), item.toolTip()) if item else ()


def everything(window: MainWindow) -> Iterator[str]:
    """Yield the texts of the window in each of its states, and of all that it opens."""
    window.help_menu.explain()
    yield from texts(window)
    for iteration, step in ((1, 1), (1, 9), (2, 15), (813, 5)):
        window.session.go_to_last()
        window.session.go_to_iteration(iteration)
        window.session.go_to_step(step)
        for view in (
            window.panels.values,
            window.panels.listing,
            window.panels.check,
        ):
            window.arrangement.enlarge(view)
            QApplication.processEvents()
            window.arrangement.restore()
        yield from texts(window)
        drawing = draw(window.session.moment, 1.6)
        yield from (text for shape in drawing.shapes for text in _written(shape))
    for sample in SAMPLES:
        window.documents.open_sample(sample)
        window.session.go_to_last()
        yield from texts(window)
    for setup in (Setup(eta=0.0), Setup(input=0.0), Setup(target=1e200), Setup(max_iterations=3)):
        window.session.set_setup(setup)
        window.session.go_to_last()
        yield from texts(window)
    for name, box in window.setup_panel.boxes.items():
        box.lineEdit().setText("nonsense" if name != "eta" else "-1")
        box.commit()
    yield from texts(window)
    window.documents.open(Path("/nowhere/mine.png"))
    yield from texts(window.outcome_panel)


def _written(shape: object) -> Iterator[str]:
    """Yield the text of a shape of the drawing, which is a string or runs of strings."""
    text = getattr(shape, "text", "")
    yield text if isinstance(text, str) else "".join(str(getattr(t, "text", t)) for t in text)


def dialogs(window: MainWindow) -> Iterator[str]:
    """Yield the texts of every dialog."""
    found: list[str] = []

    def look(dialog: QDialog) -> int:
        dialog.show()
        found.extend(texts(dialog))
        if isinstance(dialog, QMessageBox):
            found.extend((dialog.text(), dialog.informativeText()))
        dialog.hide()
        return 0

    QDialog.exec = look  # type: ignore[method-assign,assignment]
    QMessageBox.exec = look  # type: ignore[method-assign,assignment]
    for ask in openings(window):
        ask()
    window.session.set_setup(Setup(w1=0.75))
    window.documents.may_discard()
    window.help_menu.show_welcome()
    window.help_menu.show_help()
    failure = FailureDialog(CLOSING, CLOSING, "", Path(), window)
    failure.show_more(3)
    found.extend(texts(failure))
    yield from found
    yield from texts(window)
    from backprop_gui.views.about import about_text

    yield about_text()


def command_line() -> Iterator[str]:
    """Yield what the commands say of themselves and of each of their options."""
    parsers = [_parser()]
    for parser in parsers:
        yield parser.description or ""
        for action in parser._actions:
            yield action.help or ""
            if isinstance(action, argparse._SubParsersAction):
                yield from (choice.help or "" for choice in action._choices_actions)
                parsers += action.choices.values()


def main() -> int:
    """Print the texts that are not translated; return how many there are."""
    app = QApplication([])
    window = MainWindow(Settings())
    window.show()
    while not window._is_complete:
        app.processEvents()
    found = {*everything(window), *dialogs(window)}
    window.end()
    assert len([text for text in found if OPENING in text]) > 300, "too few texts are looked at"
    wrong = {text for text in (*found, *command_line()) if outside(text)}
    for text in sorted(wrong):
        sys.stdout.write(f"{text!r}\n    {outside(text).split()}\n")
    return min(len(wrong), 100)


if __name__ == "__main__":
    sys.exit(main())
