"""The dialog that asks which mistake is raced beside the right run."""

from collections import Counter

from PySide6.QtWidgets import QWidget

from backprop_gui.dialogs.asking import Asking
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.mistaken import Mistaken, all_mistaken
from backprop_gui.lesson.own_line import Marked, mistaken_line
from backprop_gui.lesson.written import as_text
from backprop_gui.paint.theme import Theme
from backprop_gui.system.texts import _
from backprop_gui.widgets import plain
from backprop_gui.widgets.own_formula import OwnFormula

_USUAL = "de_dw1"  # the line with the most factors, and its sign
_WIDTH = 34  # of the formulas, in units of the text


class RaceDialog(Asking):
    """Asks for a line and a mistake in it, and shows the mistaken formula above the right one."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(_("Race a mistake"), _("Race"), parent)
        self._theme = theme
        self._by_line: dict[str, dict[str, Mistaken]] = {name: {} for name in ARTICLE.step_of}
        for mistaken in all_mistaken():
            self._by_line[mistaken.name][mistaken.code] = mistaken
        # A list of choices is read aloud as it is written, so it has titles in place of symbols.
        self.line_choice = self.choice(
            _("&Line"),
            {name: ARTICLE.quantities[name].title for name in self._by_line},
            _("The line that is computed with a mistake; all others are right."),
        )
        self.mistake_choice = self.choice(
            _("&Mistake"), {}, _("What is done wrong in this line, the most common first.")
        )
        hints = (
            _("The formula with the mistake, which is marked."),
            _("The article's formula, with what the mistake leaves out or replaces."),
        )
        self._formulas = tuple(
            self._add_formula(label, hint)
            for label, hint in zip((_("Computed"), _("Right")), hints, strict=True)
        )
        self.line_choice.choose(_USUAL)
        self.line_choice.currentIndexChanged.connect(self._offer)
        self.mistake_choice.currentIndexChanged.connect(self._show_formulas)
        self._offer()

    def answer(self) -> Mistaken:
        """Return the mistake; of a line that was just chosen it is the most common one."""
        found = self._by_line[self.line_choice.chosen]
        return found.get(self.mistake_choice.chosen) or next(iter(found.values()))

    def _add_formula(self, text: str, hint: str) -> OwnFormula:
        made = OwnFormula()
        made.setFixedWidth(_WIDTH * self.fontInfo().pixelSize())
        made.setWhatsThis(hint)
        name = plain.label(text)
        name.setWhatsThis(hint)
        self.form.addRow(name, made)
        return made

    def _offer(self) -> None:
        """Offer the mistakes of the line; those that are called alike also by their formulas."""
        found = self._by_line[self.line_choice.chosen]
        texts = Counter(mistaken.mistake.text for mistaken in found.values())
        self.mistake_choice.offer(
            {
                code: mistaken.mistake.text
                if texts[mistaken.mistake.text] == 1
                else f"{mistaken.mistake.text}: {_right_side(mistaken)}"
                for code, mistaken in found.items()
            }
        )
        self._show_formulas()

    def _show_formulas(self) -> None:
        mistaken = self.answer()
        shown = mistaken_line(mistaken.name, mistaken.mistake.expression)
        for part, marked in zip(self._formulas, (shown.mistaken, shown.right), strict=True):
            if marked:
                part.show_formula(marked, self._theme)


def _right_side(mistaken: Mistaken) -> str:
    marked: Marked | None = mistaken_line(mistaken.name, mistaken.mistake.expression).mistaken
    right = marked.formula.rights[0][1:] if marked else ()
    return as_text(right).strip()
