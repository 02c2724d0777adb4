"""The help: what is on the screen, the keys, the vocabulary and the formulas."""

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QKeySequence, QPainter, QShortcut, QTextDocument
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.shapes import Ink
from backprop_gui.lesson.article import ARTICLE, TITLE
from backprop_gui.lesson.formula import Formula, formula
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.notation import plain
from backprop_gui.lesson.steps import Phase, Step
from backprop_gui.paint.theme import Theme, phase_ink
from backprop_gui.paint.typesetting import fit
from backprop_gui.storage.experiment_file import SUFFIX
from backprop_gui.system.texts import _
from backprop_gui.widgets.commands import key_rows
from backprop_gui.widgets.plain import label

_SIZE = QSize(760, 680)
_EM = 17.0
_MARGIN = 14
_WIDEST = 640.0

_SECTIONS = {
    "seen": _("What you see"),
    "keys": _("Keys"),
    "vocabulary": _("Vocabulary"),
    "formulas": _("The formulas"),
    "files": _("Files"),
}
_SEEN = (
    _(
        "<b>The article.</b> Backprop begins with the numbers of the article {article}, which "
        "simplifies Matt Mazur's “A Step by Step Backpropagation Example”. “Reset to the article” "
        "brings them back."
    ).format(article=TITLE),
    _(
        "<b>Network.</b> The input enters at the left. It is multiplied by w₁, squeezed by the "
        "hidden neuron's sigmoid, multiplied by w₂ and squeezed again: that is the answer. Click "
        "a number to copy all of its digits; point at it to see it everywhere else."
    ),
    _(
        "<b>This step.</b> An iteration has {steps} steps: {forward} forward, {backward} backward, "
        "{update} updates. Below the network you see the formula of the current step, with symbols "
        "and with numbers. Values of later steps are not known yet, and are not shown."
    ).format(
        steps=len(ARTICLE.steps),
        **{phase.value: sum(step.phase is phase for step in ARTICLE.steps) for phase in Phase},
    ),
    _(
        "<b>Values, Program, Check.</b> The same numbers as a table, as a short program, and "
        "compared with finite differences, which do not use the chain rule."
    ),
    _(
        "<b>Exact numbers.</b> This button in Setup also computes as a pencil does: each line is "
        "rounded, or cut off, to some digits, and the run goes on with what is written. Below the "
        "numbers of this step you then see what rounding costs."
    ),
    _(
        "<b>Error.</b> E over the iterations. Click to go to an iteration. Kept runs stay as "
        "curves in colours of their own until you remove them."
    ),
    _(
        "<b>Landscape.</b> E over both weights, as colours and contours, with the run on it. Point "
        "to read E, both gradients and the length of a run from there; click or press Enter to "
        "start there. The green curve has all exact solutions; a run ends in the band around it. "
        "Slices show each gradient as the slope of a tangent. “iterations” and “ends” colour each "
        "start by its run."
    ),
    _(
        "<b>Yours.</b> Type or paste what you have worked out on paper. Backprop judges each line "
        "by your own numbers and the digits that you wrote, names the first wrong line, and helps "
        "in three steps, each when you ask for it."
    ),
    _(
        "<b>Runs.</b> This run and the kept ones, up to 24. Backprop keeps a run when you change a "
        "number; press K to keep it yourself. A run that you keep or rename stays until you remove "
        "it; the others make room for newer ones."
    ),
)
_FILES = (
    _(
        "An experiment file ({suffix}) is a text file that you can read. It holds the setup, the "
        "kept runs, your working, the position, the view and a note. Backprop computes everything "
        "else from the setup again, to the last bit."
    ),
    _(
        "Every picture, slide, worked example and table that Backprop exports has a restore line. "
        "Open the file, or drop it on the window, to return to its experiment."
    ),
    _(
        "Backprop keeps a copy of unsaved work every few seconds. If the program or the computer "
        "stops, Backprop offers the copy at the next start."
    ),
    _(
        "Backprop replaces a file completely or not at all. The new file keeps the access rights "
        "of the old file and, where the system allows it, its owner and group. Hard links keep "
        "the old content. Access lists are lost."
    ),
)
_TERMS = (
    (_("step"), _("one of the computations of an iteration; each gives one number")),
    (_("iteration"), _("all steps, once: forward, backward and both updates")),
    (_("tolerance"), _("the run ends when the error is below this number")),
    (_("kept run"), _("an earlier run whose curve stays in the error plot, for comparison")),
    (_("contour"), _("a curve over the weights on which E is the same")),
    (_("slice"), _("E along one weight, while the other one stays")),
    (_("restore line"), _("a line in each exported file, from which Backprop restores it")),
)


class HelpDialog(QDialog):
    """A page that can be read and searched while the window is used."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self.setModal(False)
        self.resize(_SIZE)
        self._page = QTextBrowser()
        self._page.setObjectName("help")
        self._page.document().setDocumentMargin(_MARGIN)
        self._page.setOpenLinks(False)
        self._page.setAccessibleName(_("Help"))
        self._page.setWhatsThis(_("The help page. Scroll it with the arrow keys."))
        self._page.anchorClicked.connect(self._on_link)
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("Find on this page"))
        self._search.setAccessibleName(_("Find on this page"))
        self._search.setWhatsThis(_("Type a word, then press Enter to find it again further down."))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._find_anew)
        self._search.returnPressed.connect(self._find_next)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._on_find)
        self._missed = label(style="missed")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._links(), 1)
        row.addWidget(self._missed)
        row.addWidget(self._search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(10)
        layout.addLayout(row)
        layout.addWidget(self._page, 1)
        self._run = Run(Setup())
        self._waiting: list[Step] = []
        # A formula takes some 26 ms to typeset: one at a time, so that the window goes on.
        self._typesetting = QTimer(self, interval=0)
        self._typesetting.timeout.connect(self._typeset_next)
        self.set_theme(theme)
        self._page.setFocus()

    def _links(self) -> QLabel:
        links = label(
            " · ".join(f'<a href="#{name}">{escape(text)}</a>' for name, text in _SECTIONS.items()),
            is_rich=True,
        )
        flags = Qt.TextInteractionFlag
        links.setTextInteractionFlags(
            flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard
        )
        links.setWordWrap(True)
        links.setAccessibleName(f"{_('Sections')}: {', '.join(_SECTIONS.values())}")
        links.setWhatsThis(_("Each link goes to a section of the page."))
        links.linkActivated.connect(lambda link: self._page.scrollToAnchor(link[1:]))
        return links

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        self._page.document().setDefaultStyleSheet(
            f"h2 {{ color: {theme.inks[Ink.TEXT]}; }} td {{ padding: 3px 14px 3px 0; }} "
            f"a {{ color: {theme.accent}; }} .key {{ font-weight: 600; white-space: nowrap; }} "
            f".muted {{ color: {theme.inks[Ink.MUTED]}; }}"
        )
        self._waiting = list(ARTICLE.steps)
        self._typesetting.start()
        self._show()

    def _show(self) -> None:
        place = self._page.verticalScrollBar().value()
        self._page.setHtml("".join(self._html()))
        self._page.verticalScrollBar().setValue(place)

    def _html(self) -> Iterable[str]:
        yield _section("seen")
        yield from (f"<p>{text}</p>" for text in _SEEN)
        yield _section("keys")
        yield _table(
            f'<td class="key">{escape(key)}</td><td>{escape(text)}</td>' for key, text in key_rows()
        )
        yield _section("vocabulary")
        yield _table(
            f'<td class="key">{plain(quantity.symbol)}</td><td>{escape(quantity.title)}</td>'
            f'<td class="muted">{quantity.name}</td>'
            for quantity in ARTICLE.quantities.values()
        )
        yield _table(
            f'<td class="key">{escape(name)}</td><td>{escape(text)}</td>' for name, text in _TERMS
        )
        yield _section("formulas")
        for step in ARTICLE.steps:
            colour = self._theme.inks[phase_ink(step.phase)]
            place = f"{step.phase.title} · {step.number}"
            yield (
                f'<p><b style="color:{colour}">{escape(place)}</b>&ensp;{escape(step.why)}<br>'
                f'<img src="step:{step.number}"></p>'
            )
        yield _section("files")
        yield from (f"<p>{text.format(suffix=SUFFIX)}</p>" for text in _FILES)

    def _typeset_next(self) -> None:
        if not self._waiting:
            self._typesetting.stop()
            self._show()
            return
        step = self._waiting.pop(0)
        made = formula(moment_at(self._run, Position(1, step.number)))
        image = self._picture(Formula(made.left, made.rights[:1]), step)
        kind = QTextDocument.ResourceType.ImageResource.value
        self._page.document().addResource(kind, QUrl(f"step:{step.number}"), image)

    def _picture(self, made: Formula, step: Step) -> QImage:
        setting = fit(made, _WIDEST, 200.0, _EM, _EM / 2)
        ink = self._theme.inks[phase_ink(step.phase)]
        colours = {None: self._theme.inks[Ink.TEXT], step.quantity.name: ink}
        ratio = self.devicePixelRatioF()
        size = QSize(round(setting.width * ratio), round(setting.height * ratio))
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(setting.svg(colours, self._theme.ground)).render(painter)
        painter.end()
        image.setDevicePixelRatio(ratio)
        return image

    def _on_link(self, link: QUrl) -> None:
        self._page.scrollToAnchor(link.fragment())

    def _find_anew(self, text: str) -> None:
        self._find(text, self._page.textCursor().selectionStart())

    def _find_next(self) -> None:
        self._find(self._search.text(), self._page.textCursor().selectionEnd())

    def _find(self, text: str, start: int) -> None:
        """Select the next place with the text; after the last one comes the first again.

        Where there is none the page stays as it is, and that is said.
        """
        document = self._page.document()
        found = document.find(text, start)
        if found.isNull():
            found = document.find(text, 0)
        if not found.isNull():
            self._page.setTextCursor(found)
        self._missed.setText(_("Not found") if text and found.isNull() else "")

    def _on_find(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()


def _section(name: str) -> str:
    return f'<h2><a name="{name}"></a>{escape(_SECTIONS[name])}</h2>'


def _table(rows: Iterable[str]) -> str:
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
