"""The colours of rasters: cividis, which the colour-blind see as others do, in both themes.

resources/colours/cividis.txt has a colour a line, from that of the smallest number on; it is made
from matplotlib's map by Nuñez, Anderton and Renslow (2018), which is in the public domain (CC0).
"""

from functools import cache, lru_cache

from PySide6.QtGui import QColor, QImage

from backprop_gui.drawing.shapes import ColourField, Flat
from backprop_gui.system.resources import resource

# Each is named in the legend; none is on the colour map, and in grey they differ, too.
_FLAT = {
    Flat.LIMIT: "#8c2d04",
    Flat.SETTLED: "#d98cb3",
    Flat.NOT_FINITE: "#1a1a1a",
    Flat.OUT_OF_REACH: "#c8ccd2",
}


@cache
def colours() -> tuple[QColor, ...]:
    """Return the colour of each index of a raster, 256 of them."""
    lines = resource("colours/cividis.txt").read_text("ascii").split()
    return tuple(QColor(line) for line in (*lines, *(_FLAT[flat] for flat in Flat)))


@lru_cache(maxsize=4096)
def shaded(place: int, shade: float) -> QColor:
    """Return the colour of a place on the map, lighter or darker: see `Patch`."""
    colour, end = colours()[place], 255 if shade > 0 else 0
    share = min(abs(shade), 1.0)
    parts = colour.red(), colour.green(), colour.blue()
    return QColor(*(round(part + (end - part) * share) for part in parts))


@lru_cache(maxsize=4)
def pixels(field: ColourField, width: int, height: int) -> QImage:
    """Return a field as an image of this size in pixels."""
    indexed = QImage(
        field.indices(width, height), width, height, width, QImage.Format.Format_Indexed8
    )
    indexed.setColorTable([colour.rgb() for colour in colours()])
    # A copy, which outlives the bytes, and is painted faster.
    return indexed.convertToFormat(QImage.Format.Format_RGB32)
