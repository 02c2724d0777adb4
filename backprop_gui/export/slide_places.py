"""Where things stand on a slide, 16:9 or 4:3."""

from typing import NamedTuple

from PySide6.QtCore import QRectF


class Places(NamedTuple):
    """Where things stand on a slide, in pixels, 96 to an inch.

    Without a chart, the network and the formula are `alone` in their rows.
    """

    width: int
    height: int
    title: QRectF
    sentence: QRectF
    network: QRectF
    formula: QRectF
    chart: QRectF
    foot: QRectF

    def alone(self, area: QRectF) -> QRectF:
        """Return an area as wide as the slide allows."""
        left, right = self.title.left(), self.title.right()
        return QRectF(left, area.y(), right - left, area.height())

    @property
    def whole(self) -> QRectF:
        """The area between the title and the foot."""
        top, bottom = self.network.top(), self.formula.bottom()
        return self.alone(QRectF(0, top, 0, bottom - top))


WIDE = Places(
    1280,
    720,
    QRectF(40, 14, 1200, 46),
    QRectF(40, 60, 1200, 32),
    QRectF(32, 100, 912, 456),
    QRectF(40, 566, 1200, 120),
    QRectF(952, 112, 304, 436),
    QRectF(40, 692, 1200, 20),
)
NARROW = Places(
    960,
    720,
    QRectF(24, 12, 912, 46),
    QRectF(24, 58, 912, 32),
    QRectF(16, 98, 928, 420),
    QRectF(24, 524, 560, 164),
    QRectF(592, 520, 352, 172),
    QRectF(24, 692, 912, 20),
)
