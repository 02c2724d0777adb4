"""The light and the dark theme: what colour each meaning has."""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from backprop_gui.drawing.shapes import Ink, Tint
from backprop_gui.lesson.steps import Phase
from backprop_gui.system.resources import resource

SMALL_POINTS = 9  # of the smallest text of the window
_SOFT = 0.12  # of the colour of a mistake, behind one
TABULAR = QFont.Tag("tnum")  # figures of one width
SYMBOLS = "Backprop Symbols"  # the formula's letters; packaging/symbols_font.py makes the font
SERIFS = "STIX Two Text, Times New Roman, Liberation Serif, serif"  # where that is not there
# Where no desktop names a font, fontconfig falls back on these; Inter is easier on the eye.
_FALLBACK_FAMILIES = {"", "DejaVu Sans", "Bitstream Vera Sans", "Sans Serif", "Sans"}
ON_COLOURS = {Ink.CHALK: "#ffffff", Ink.COAL: "#04070a"}  # the colour map is that of both themes


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as #rrggbb. `inks` and `ground` are the canvas's, the others the window's."""

    is_dark: bool
    window: str
    ground: str
    field: str
    border: str
    accent: str
    bad: str
    board: tuple[str, str]  # behind what is transparent
    inks: dict[Ink, str]

    def colour(self, tint: Tint) -> QColor:
        """Return the colour of an ink mixed into the ground."""
        return QColor(_mixed(self.inks[tint.ink], self.ground, min(max(tint.depth, 0.0), 1.0)))

    @property
    def bad_soft(self) -> str:
        """The ground behind a mistake."""
        return _mixed(self.bad, self.ground, _SOFT).name()

    def ink(self, ink: Ink) -> QColor:
        """Return the colour of an ink alone."""
        return QColor(self.inks[ink])

    def palette(self) -> QPalette:
        """Return the Qt palette from which the Fusion style paints."""
        text, muted = QColor(self.inks[Ink.TEXT]), QColor(self.inks[Ink.MUTED])
        palette = QPalette(QColor(self.field), QColor(self.window))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
            palette.setColor(role, text)
        palette.setColor(QPalette.ColorRole.ButtonText, text)
        palette.setColor(QPalette.ColorRole.Window, QColor(self.window))
        palette.setColor(QPalette.ColorRole.Base, QColor(self.field))
        palette.setColor(QPalette.ColorRole.AlternateBase, QColor(self.window))
        palette.setColor(QPalette.ColorRole.ToolTipBase, QColor(self.ground))
        palette.setColor(QPalette.ColorRole.ToolTipText, text)
        palette.setColor(QPalette.ColorRole.PlaceholderText, muted)
        palette.setColor(QPalette.ColorRole.Highlight, QColor(self.accent))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#ffffff"))
        palette.setColor(QPalette.ColorRole.Link, QColor(self.accent))
        disabled = self.colour(Tint(Ink.TEXT, 0.4))
        for role in (
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.Text,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, disabled)
        return palette

    def css(self) -> str:
        """Return the colours of a page as variables of CSS."""
        colours = {
            "text": self.inks[Ink.TEXT],
            "muted": self.inks[Ink.MUTED],
            "ground": self.ground,
            "line": self.border,
            **{phase.value: self.inks[phase_ink(phase)] for phase in Phase},
        }
        return " ".join(f"--{name}: {colour};" for name, colour in colours.items())

    def style_sheet(self, *names: str, scale: float = 1.0) -> str:
        """Return the style sheets of these names, such as "window", in these colours.

        `scale` is how many times as large as the desktop's the text is.
        """
        shade = "dark" if self.is_dark else "light"
        paths = (resource(f"styles/{name}.qss") for name in names)
        template = Template("\n".join(path.read_text(encoding="utf-8") for path in paths))
        return template.substitute(
            small=f"{SMALL_POINTS * scale:g}pt",
            tall=f"{round(18 * scale)}px",
            row=f"{max(20, round(17.5 * scale))}px",  # a line of text; else layouts may cut it
            box=f"{round(14 * scale)}px",
            box_inside=f"{round(14 * scale) - 2}px",
            window=self.window,
            ground=self.ground,
            field=self.field,
            border=self.border,
            accent=self.accent,
            bad=self.bad,
            bad_soft=self.bad_soft,
            pressed=self.colour(Tint(Ink.TEXT, 0.16)).name(),
            hover=self.colour(Tint(Ink.TEXT, 0.07)).name(),
            off=self.colour(Tint(Ink.TEXT, 0.4)).name(),
            on_accent="#0b1117" if self.is_dark else "#ffffff",
            accent_hover=QColor(self.accent).darker(112).name(),
            arrow_up=_quoted(resource(f"icons/arrow-up-{shade}.svg")),
            arrow_down=_quoted(resource(f"icons/arrow-down-{shade}.svg")),
            check=_quoted(resource(f"icons/check-{shade}.svg")),
            **{ink.value: colour for ink, colour in self.inks.items()},
            **{f"{ink.value}_soft": self.colour(Tint(ink, 0.3)).name() for ink in self.inks},
        )


@lru_cache(maxsize=256)  # of each frame's; what an activation fills is new with each iteration
def _mixed(ink_name: str, ground_name: str, depth: float) -> QColor:
    ink, ground = QColor(ink_name), QColor(ground_name)
    return QColor.fromRgbF(
        ground.redF() + (ink.redF() - ground.redF()) * depth,
        ground.greenF() + (ink.greenF() - ground.greenF()) * depth,
        ground.blueF() + (ink.blueF() - ground.blueF()) * depth,
    )


def _quoted(path: Path) -> str:
    """Return a path as a string of a style sheet: the program's folder may have any name."""
    escaped = path.as_posix().replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


LIGHT = Theme(
    is_dark=False,
    window="#f3f5f8",
    ground="#ffffff",
    field="#ffffff",
    border="#d8dee6",
    accent="#0072b2",
    bad="#b3261e",
    board=("#ffffff", "#eceff3"),
    inks={
        Ink.TEXT: "#17202c",
        Ink.MUTED: "#566373",
        Ink.LINE: "#aab4c0",
        Ink.FORWARD: "#0072b2",
        Ink.BACKWARD: "#c24f00",
        Ink.UPDATE: "#00795a",
        **ON_COLOURS,
        Ink.RUN_1: "#c12676",
        Ink.RUN_2: "#b98021",
        Ink.RUN_3: "#a082ea",
        Ink.RUN_4: "#4c5f04",
        Ink.RUN_5: "#56150d",
        Ink.RUN_6: "#002d78",
    },
)

DARK = Theme(
    is_dark=True,
    window="#12161c",
    ground="#1b2129",
    field="#141920",
    border="#343d49",
    accent="#4aa8e0",
    bad="#ff8a80",
    board=("#3a424d", "#2f363f"),
    inks={
        Ink.TEXT: "#eaeff5",
        Ink.MUTED: "#a2aebc",
        Ink.LINE: "#566372",
        Ink.FORWARD: "#4aa8e0",
        Ink.BACKWARD: "#ff9a4d",
        Ink.UPDATE: "#3fcf9f",
        **ON_COLOURS,
        Ink.RUN_1: "#eb568b",
        Ink.RUN_2: "#b6ac3d",
        Ink.RUN_3: "#8f61e9",
        Ink.RUN_4: "#9bfe74",
        Ink.RUN_5: "#ac5f05",
        Ink.RUN_6: "#85eaf8",
    },
)


def phase_ink(phase: Phase) -> Ink:
    """Return the ink of a phase."""
    return Ink(phase.value)


def interface_font() -> QFont:
    """Return the desktop's own sans; Inter, if it is there, where no desktop names one.

    Figures are tabular, so that numbers do not dance.
    """
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if font.family() in _FALLBACK_FAMILIES:
        font = QFont(["Inter", "Noto Sans", font.family()], 10)
    font.setFeature(TABULAR, 1)
    return font


@cache
def symbol_family() -> str:
    """Return the family of the symbols' font, which is there from the first call on."""
    QFontDatabase.addApplicationFont(str(resource("fonts/symbols.ttf")))
    return SYMBOLS


def print_font(font: QFont) -> QFont:
    """Return the font with its usual figures, whose digits can be copied from a PDF."""
    usual = QFont(font)
    usual.unsetFeature(TABULAR)
    usual.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return usual
