"""The foot of a slide: the deck's title, and the slide's number, which PowerPoint counts."""

from typing import Any

from lxml import etree
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt
from PySide6.QtCore import QRectF

from backprop_gui.drawing.shapes import Ink
from backprop_gui.export.powerpoint.shapes import PIXEL, colour_of
from backprop_gui.paint.theme import Theme
from backprop_gui.system.texts import _

_POINTS = 12
_NUMBER_SHARE = 0.1  # of the foot's width
_LONGEST = 110  # letters of a title


def add_foot(slide: Any, area: QRectF, title: str, number: int, theme: Theme) -> None:
    """Add a deck's title and the slide's number, as the parts of a footer that they are.

    `area` is in pixels of the slide.
    """
    said = title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…"
    split = area.width() * (1 - _NUMBER_SHARE)
    left = QRectF(area.x(), area.y(), split, area.height())
    right = QRectF(area.x() + split, area.y(), area.width() - split, area.height())
    for kind, name, place, side in (
        ("ftr", _("Footer"), left, PP_ALIGN.LEFT),
        ("sldNum", _("Slide number"), right, PP_ALIGN.RIGHT),
    ):
        sides = (place.x(), place.y(), place.width(), place.height())
        shape = slide.shapes.add_textbox(*(Emu(round(each * PIXEL)) for each in sides))
        shape.name = name
        marks = shape._element.nvSpPr
        marks.cNvSpPr.attrib.pop("txBox", None)
        attributes = {"type": kind, "sz": "quarter", "idx": "11" if kind == "ftr" else "12"}
        etree.SubElement(marks.nvPr, qn("p:ph"), attributes)
        tidy(shape.text_frame)
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = side
        run = paragraph.add_run()
        run.text = said if kind == "ftr" else str(number)
        run.font.size = Pt(_POINTS)
        run.font.color.rgb = colour_of(theme.inks[Ink.MUTED])
        if kind == "sldNum":
            _make_field(run)


def tidy(frame: Any) -> None:
    """Have a text stand in the middle of its shape's height, at the left, without margins."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT


def _make_field(run: Any) -> None:
    """Have a text follow the number of its slide."""
    element = run._r
    element.tag = qn("a:fld")
    element.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    element.set("type", "slidenum")
