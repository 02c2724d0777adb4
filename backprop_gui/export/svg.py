"""What Qt's SVG lacks: lines that keep their width, texts as outlines, and metadata."""

import re
import xml.etree.ElementTree as ET

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath, QTransform

from backprop_gui.paint.theme import SERIFS, SYMBOLS, TABULAR
from backprop_gui.system.letters import one_line

_SVG = "http://www.w3.org/2000/svg"
_NAMESPACES = {"": _SVG, "xlink": "http://www.w3.org/1999/xlink"}
_PAIR = re.compile(r"(-?[\d.]+(?:e[-+]?\d+)?),(-?[\d.]+(?:e[-+]?\d+)?)")
_COPIED = ("fill", "fill-opacity", "opacity")  # from a text to its outline
_FAMILY_AFTER = "sans-serif"  # where the font is not there


def finished(
    svg: bytes, title: str, line: str, size: tuple[float, float], *, outlines: bool
) -> bytes:
    """Return Qt's SVG with its title and, as metadata, its restore line.

    Lines of constant width are put where they are seen instead of being marked as such, which
    not every program understands. With `outlines` no text is left that needs a font.
    """
    for prefix, address in _NAMESPACES.items():
        ET.register_namespace(prefix, address)
    root = ET.fromstring(svg)  # noqa: S314 - Qt wrote it a moment ago
    for group in root.iter(f"{{{_SVG}}}g"):
        _flatten(group)
    if outlines:
        _outline(root)
    else:
        _fix_texts(root)
    root.set("width", f"{size[0]:g}")
    root.set("height", f"{size[1]:g}")
    _describe(root, title, line)
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(root)


def _flatten(group: ET.Element) -> None:
    """Move the group's transform into its elements, and into the points of thin lines."""
    matrix = group.attrib.pop("transform", None)
    if matrix is None:
        return
    numbers = [float(n) for n in re.findall(r"-?[\d.]+(?:e[-+]?\d+)?", matrix)]
    transform = QTransform(*numbers)
    for child in group:
        if child.get("vector-effect") == "non-scaling-stroke":
            for name in ("points", "d"):
                if name in child.attrib:
                    child.set(name, _mapped(child.attrib[name], transform))
            del child.attrib["vector-effect"]
        else:
            own = child.get("transform")
            child.set("transform", f"{matrix} {own}" if own else matrix)


def _mapped(points: str, transform: QTransform) -> str:
    def moved(pair: re.Match[str]) -> str:
        point = transform.map(QPointF(float(pair[1]), float(pair[2])))
        return f"{point.x():.3f},{point.y():.3f}"

    return _PAIR.sub(moved, points)


def _outline(root: ET.Element) -> None:
    for parent in root.iter():
        for place, child in enumerate(parent):
            if child.tag == f"{{{_SVG}}}text":
                parent[place] = _as_path(child)


def _font(text: ET.Element) -> QFont:
    font = QFont(text.get("font-family", "").split(",")[0].strip("'\" "))
    font.setFeature(TABULAR, 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setPixelSize(max(1, round(float(text.get("font-size", "10")))))
    font.setWeight(QFont.Weight(int(text.get("font-weight", "400"))))
    font.setItalic(text.get("font-style") == "italic")
    return font


def _as_path(text: ET.Element) -> ET.Element:
    outline = QPainterPath()
    x, y = float(text.get("x", "0")), float(text.get("y", "0"))
    outline.addText(x, y, _font(text), text.text or "")
    path = ET.Element(f"{{{_SVG}}}path", {"d": _commands(outline), "stroke": "none"})
    for name in (*_COPIED, "transform"):
        if name in text.attrib:
            path.set(name, text.attrib[name])
    return path


def _commands(path: QPainterPath) -> str:
    letters = {
        QPainterPath.ElementType.MoveToElement: "M",
        QPainterPath.ElementType.LineToElement: "L",
        QPainterPath.ElementType.CurveToElement: "C",
        QPainterPath.ElementType.CurveToDataElement: " ",
    }
    elements = (path.elementAt(n) for n in range(path.elementCount()))
    return "".join(f"{letters[e.type]}{e.x:.3f} {e.y:.3f}" for e in elements)


def _fix_texts(root: ET.Element) -> None:
    """Have each text as wide as the painter has it, whatever font the viewer has."""
    root.set("style", "font-feature-settings: 'tnum'")
    for text in root.iter(f"{{{_SVG}}}text"):
        width = QFontMetricsF(_font(text)).horizontalAdvance(text.text or "")
        text.set("textLength", f"{width:.3f}")
        text.set("lengthAdjust", "spacingAndGlyphs")
    for element in root.iter():
        if family := element.get("font-family"):
            after = SERIFS if SYMBOLS in family else _FAMILY_AFTER
            element.set("font-family", f"{family}, {after}")


def _describe(root: ET.Element, title: str, line: str) -> None:
    for name in ("title", "desc"):
        for found in root.findall(f"{{{_SVG}}}{name}"):
            root.remove(found)
    parts = {"title": one_line(title), "metadata": line}
    for place, (name, text) in enumerate(parts.items()):
        element = ET.Element(f"{{{_SVG}}}{name}")
        element.text = text
        root.insert(place, element)
